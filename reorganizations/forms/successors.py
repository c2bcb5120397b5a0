"""One successor in the form of a reorganisation: a new organisation or one that stands, its members, term and seats."""

from collections.abc import Mapping

from django import forms

from organizations.models import BodyKind, OrganizationKind, Position
from personnel.forms.choices import Choices, describe
from personnel.forms.fields import CountField, DayField, OfferedField
from personnel.models import Person
from reorganizations.drafts import ENDING, Kind, Successor, TermDraft
from reorganizations.forms.places import Places

NEW, STANDING = "new", "standing"
SIZES = {
    BodyKind.COMMITTEE: "committee_size",
    BodyKind.STANDING: "standing_size",
    BodyKind.INSPECTION: "inspection_size",
}
NOT_FOUND = "Không tìm thấy đồng chí này trong phạm vi của bạn. Hãy ghi đúng họ tên đầy đủ hoặc số thẻ."
SEVERAL = "Có nhiều đồng chí cùng tên. Hãy ghi số thẻ đảng viên."


class SuccessorForm(forms.Form):
    """Fields that the kind does not ask for are left out."""

    mode = forms.ChoiceField(
        label="Tổ chức sau sắp xếp",
        choices=[(NEW, "Lập tổ chức mới"), (STANDING, "Tổ chức đang có")],
        widget=forms.RadioSelect,
        initial=NEW,
    )
    organization = OfferedField(label="Tổ chức tiếp nhận", widget=forms.Select({"data-search": ""}))
    code = forms.CharField(label="Mã tổ chức mới", max_length=20, required=False, help_text="Ví dụ CS-75.")
    name = forms.CharField(label="Tên đầy đủ", max_length=255, required=False)
    short_name = forms.CharField(label="Tên viết tắt", max_length=80, required=False)
    kind = OfferedField(OrganizationKind.choices, label="Loại hình")
    parent = OfferedField(
        label="Cấp trên trực tiếp", empty="– Không có (đứng đầu hệ thống) –", widget=forms.Select({"data-search": ""})
    )
    official = CountField(label="Đảng viên chính thức chuyển đến", most=1_000_000)
    probationary = CountField(label="Đảng viên dự bị chuyển đến", most=1_000_000)
    label = forms.CharField(label="Nhiệm kỳ", max_length=9, required=False, help_text="Ví dụ 2025-2030.")
    ordinal = CountField(label="Lần thứ", least=1, most=99)
    planned_end = DayField(label="Dự kiến kết thúc")
    committee_size = CountField(label="Số lượng Ban Chấp hành", least=1, most=99)
    standing_size = CountField(label="Số lượng Ban Thường vụ", least=1, most=99)
    inspection_size = CountField(label="Số lượng Ủy ban Kiểm tra", least=1, most=99)

    def __init__(self, *args, of_kind: str, places: Places, sources, may_be_empty: bool, **options) -> None:
        super().__init__(*args, **options)
        self.of_kind, self.places, self.may_be_empty = of_kind, places, may_be_empty
        left_out = {"mode"} if of_kind != Kind.MERGED else set()
        left_out |= {"organization"} if of_kind in (Kind.ESTABLISHED, Kind.SPLIT) else set()
        left_out |= {"official", "probationary"} if of_kind not in ENDING else set()
        if of_kind == Kind.DISSOLVED:
            left_out |= {"code", "name", "short_name", "kind", "parent", *self.term_names}
        for name in left_out:
            del self.fields[name]
        if "organization" in self.fields:
            self.fields["organization"].choices = [("", "– Chọn –"), *places.options(without=sources)]
        if "parent" in self.fields:
            self.fields["parent"].choices = [self.fields["parent"].choices[0], *places.options()]
            self.initial.setdefault("ordinal", 1)

    term_names = ("label", "ordinal", "planned_end", *SIZES.values())

    @property
    def is_new(self) -> bool:
        """Whether it is to be established."""
        if "mode" in self.fields:
            return self["mode"].value() != STANDING
        return "code" in self.fields

    @property
    def is_left_empty(self) -> bool:
        """Whether nothing is asked for in the only row, and nothing need be."""
        return self.may_be_empty and not any(self.cleaned_data.values()) and not self.errors

    def clean(self) -> dict[str, object]:
        given = self.cleaned_data
        if self.is_left_empty:
            return given
        if not self.is_new:
            self._require({"organization": "Hãy chọn tổ chức tiếp nhận."})
            return given
        self._require(
            {
                "code": "Hãy ghi mã của tổ chức mới.",
                "name": "Hãy ghi tên của tổ chức mới.",
                "kind": "Hãy chọn loại hình.",
            }
        )
        if any(given.get(name) for name in self.term_names if name != "ordinal"):
            self._require(
                {
                    "label": "Hãy ghi nhiệm kỳ, ví dụ 2025-2030.",
                    "planned_end": "Hãy ghi ngày dự kiến kết thúc nhiệm kỳ.",
                    "committee_size": "Hãy ghi số lượng Ban Chấp hành.",
                }
            )
        return given

    def _require(self, sentences: Mapping[str, str]) -> None:
        for name, sentence in sentences.items():
            if name not in self.errors and not self.cleaned_data.get(name):
                self.add_error(name, sentence)

    def successor(self, seats: tuple[tuple[Person, Position], ...]) -> Successor:
        """Return what is asked for, of a valid form."""
        given = self.cleaned_data
        members = {"official": given.get("official"), "probationary": given.get("probationary")}
        if given.get("probationary") is not None and given.get("official") is None:
            members["official"] = 0
        if not self.is_new:
            return Successor(self.places.by_code[given["organization"]], seats=seats, **members)
        named = {name: given[name].strip() for name in ("code", "name", "short_name", "kind")}
        parent = self.places.by_code.get(given["parent"])
        return Successor(None, **named, parent=parent, term=self._term(), seats=seats, **members)

    def _term(self) -> TermDraft | None:
        given = self.cleaned_data
        if not given["label"]:
            return None
        sizes = {kind: given[name] for kind, name in SIZES.items() if given[name]}
        return TermDraft(given["label"].strip(), given["planned_end"], sizes, given["ordinal"] or 1)


class SeatForm(forms.Form):
    """Somebody designated for a position."""

    person = forms.CharField(label="Đồng chí", required=False, widget=forms.Select({"data-person": ""}))
    words = forms.CharField(
        label="Họ tên đầy đủ hoặc số thẻ đảng viên",
        max_length=120,
        required=False,
        widget=forms.TextInput({"class": "form-control", "autocomplete": "off"}),
    )
    position = OfferedField(label="Chức danh", widget=forms.Select({"class": "form-select"}))

    def __init__(self, *args, choices: Choices, where: str, **options) -> None:
        super().__init__(*args, **options)
        self.choices = choices
        person = choices.person(str(self["person"].value() or ""))
        chosen = [(str(person.pk), describe(person))] if person else []
        self.fields["person"].widget.choices = [("", ""), *chosen]
        self.fields["position"].choices = [("", "– Chọn –"), *((each.pk, each.name) for each in _offered(choices))]
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{field.label}, {where}"

    def clean(self) -> dict[str, object]:
        given = self.cleaned_data
        person = self.choices.person(given.get("person", ""))
        if not person and given.get("words"):
            named = self.choices.people_named(given["words"])
            if len(named) != 1:
                self.add_error("words", SEVERAL if named else NOT_FOUND)
            else:
                person = named[0]
        elif not person and given.get("person"):
            self.add_error("person", NOT_FOUND)
        given["somebody"] = person
        if person and not given.get("position"):
            self.add_error("position", "Hãy chọn chức danh.")
        if given.get("position") and not person and not self.errors:
            self.add_error("words" if given.get("words") else "person", "Hãy chọn đồng chí.")
        return given

    @property
    def seat(self) -> tuple[Person, Position] | None:
        """Who for what, of a valid form; None of an empty row."""
        person = self.cleaned_data.get("somebody")
        return (person, self.choices.positions[self.cleaned_data["position"]]) if person else None


def _offered(choices: Choices) -> list[Position]:
    return sorted(choices.positions.values(), key=lambda each: each.rank)
