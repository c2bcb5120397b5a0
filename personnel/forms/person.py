"""The form in which a person is entered and amended: the particulars of form 2C that committee work needs."""

from collections.abc import Iterator, Mapping, Sequence

from django import forms
from django.forms.boundfield import BoundField

from common.dated import Precision
from common.vietnamese import normalize
from personnel.doubles import Double
from personnel.forms.choices import Choices
from personnel.forms.fields import BirthField, DayField, OfferedField
from personnel.forms.papers import ActForm
from personnel.forms.rough_days import RoughDayField
from personnel.models import Education, Gender, Person, PoliticalTheory
from personnel.particulars import SECTIONS, contradictions, edition_of, not_before, values_of

UNKNOWN_DAY = (None, Precision.DAY)
# Where a contradiction between particulars is mended on the form.
PLACES = {"joined": "joined", "official": "official", "retirement": "retires_on_source"}


def _words(label: str, most: int, *, help_text: str = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=False, help_text=help_text)


class PersonForm(ActForm):
    """The particulars of a person, each as far as it is known."""

    full_name = forms.CharField(
        label="Họ và tên", max_length=120, error_messages={"required": "Hãy nhập đủ họ và tên."}
    )
    other_name = _words("Tên gọi khác", 120)
    birth = BirthField(label="Ngày sinh")
    gender = OfferedField(Gender.choices, label="Giới tính")
    ethnic_group = forms.CharField(label="Dân tộc", max_length=40, required=False, initial="Kinh")
    religion = _words("Tôn giáo", 40)
    birthplace = _words("Nơi sinh", 255)
    hometown = _words("Quê quán", 255)
    residence = _words("Nơi ở hiện nay", 255)
    joined = RoughDayField(label="Ngày vào Đảng")
    official = RoughDayField(label="Ngày chính thức")
    card_number = _words("Số thẻ đảng viên", 20)
    present_post = _words("Chức vụ hiện nay", 255, help_text="Chức vụ chính quyền, đoàn thể; chức danh cấp ủy đã có.")
    retires_on = DayField(label="Ngày nghỉ hưu theo quyết định", help_text="Để trống: tính theo tuổi.")
    retires_on_source = _words("Căn cứ của ngày nghỉ hưu", 255)
    general_education = _words("Giáo dục phổ thông", 20, help_text="Ví dụ 12/12.")
    education = OfferedField(Education.choices, label="Chuyên môn", empty="– Chưa có số liệu –")
    field_of_study = _words("Ngành", 120)
    political_theory = OfferedField(PoliticalTheory.choices, label="Lý luận chính trị", empty="– Chưa có số liệu –")
    state_management = _words("Quản lý nhà nước", 80)
    foreign_languages = _words("Ngoại ngữ", 120)
    computer_skills = _words("Tin học", 80)

    @property
    def sections(self) -> Iterator[tuple[str, Sequence[BoundField]]]:
        """The fields under the headings of the profile."""
        for section in SECTIONS:
            names = [name for each in section.particulars for name in _names(each.key)]
            yield section.title, [self[name] for name in names]

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        if "full_name" in cleaned and len(cleaned["full_name"].split()) < 2:
            self.add_error("full_name", "Hãy nhập đủ họ và tên.")
        if "birth" in cleaned and not cleaned["birth"]:
            self.add_error("birth", "Hãy nhập ngày sinh.")
        if "gender" in cleaned and not cleaned["gender"]:
            self.add_error("gender", "Hãy chọn giới tính.")
        if not self.errors:
            for key, sentence in contradictions(Person(**self.values)):
                self.add_error(PLACES[key], sentence)
        return cleaned

    @property
    def values(self) -> dict[str, object]:
        """The fields of Person, as typed."""
        typed = self.cleaned_data
        born, birth_precision = typed["birth"]
        joined, joined_precision = typed["joined"] or UNKNOWN_DAY
        official, official_precision = typed["official"] or UNKNOWN_DAY
        words = {name: normalize(typed[name]) for name in WORDS}
        return words | {
            "ethnic_group": normalize(typed["ethnic_group"]) or "Kinh",
            "birth_date": born,
            "birth_precision": birth_precision,
            "joined_party_on": joined,
            "joined_party_precision": joined_precision,
            "official_on": not_before(official, official_precision, joined),
            "official_precision": official_precision,
            "gender": typed["gender"],
            "education": typed["education"],
            "political_theory": typed["political_theory"],
            "retires_on": typed["retires_on"],
        }


WORDS = tuple(name for name, each in PersonForm.base_fields.items() if type(each) is forms.CharField)


def _names(key: str) -> tuple[str, ...]:
    return ("retires_on", "retires_on_source") if key == "retirement" else (key,)


class NewPersonForm(PersonForm):
    """Somebody who is not in the register: also where and since when a member; and whether not one of those alike."""

    organization = OfferedField(label="Nơi sinh hoạt đảng", widget=forms.Select({"data-search": ""}))
    member_from = RoughDayField(
        label="Sinh hoạt ở đây từ", required=True, missing="Hãy nhập ngày bắt đầu sinh hoạt ở đây."
    )
    is_other = forms.BooleanField(label="Đã xem các hồ sơ trên: đây là người khác", required=False)
    seen = forms.CharField(max_length=4000, required=False, widget=forms.HiddenInput)  # keys of the records alike shown

    def __init__(self, choices: Choices, sent: Mapping | None = None, **options) -> None:
        super().__init__(sent, **options)
        self.offer = choices
        offered = [(each.code, each.name) for each in choices.organizations]
        self.fields["organization"].choices = [("", "– Chọn –"), *offered]
        self.doubles: Sequence[Double] = ()  # whom it seems to be

    def clean_organization(self) -> str:
        code = self.cleaned_data["organization"]
        if not code:
            raise forms.ValidationError("Hãy chọn nơi sinh hoạt đảng.")
        return code

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        since, born = cleaned.get("member_from"), cleaned.get("birth")
        if since and born and since[0] <= born[0]:
            self.add_error("member_from", "Ngày bắt đầu sinh hoạt phải sau ngày sinh.")
        return cleaned

    @property
    def told_apart(self) -> set[int]:
        """The keys of the records alike that the writer has looked at, and says that they are of others."""
        keys = self.cleaned_data["seen"].split(",") if self.cleaned_data["is_other"] else []
        return {int(key) for key in keys if key.isascii() and key.isdecimal() and len(key) < 18}

    @property
    def unseen(self) -> list[Person]:
        """The records alike that the writer has not told apart."""
        return [double.person for double in self.doubles if double.person.pk not in self.told_apart]

    def sent_before(self) -> Person | None:
        """Return the record that this very form has made: everything is as typed."""
        since, precision = self.cleaned_data["member_from"]
        place = {"organization__code": self.cleaned_data["organization"], "valid_from": since}
        for person in self.unseen:
            as_typed = all(getattr(person, name) == value for name, value in self.values.items())
            if as_typed and person.memberships.filter(from_precision=precision, **place).exists():
                return person
        return None


class AmendForm(PersonForm):
    """Particulars that are in the register, and the edition that the writer began from."""

    edition = forms.CharField(max_length=16, widget=forms.HiddenInput)


def typed_of(person: Person) -> dict[str, object]:
    """Return the record as it would have been typed, for AmendForm."""
    values = values_of(person)
    typed = {name: values.get(name) for name in PersonForm.base_fields if name in values}
    return typed | {
        "birth": person.birth_display,
        "joined": (person.joined_party_on, person.joined_party_precision),
        "official": (person.official_on, person.official_precision),
        "edition": edition_of(person),
    }
