"""The sheets of the kind "đảng viên", and their records in cells."""

from dataclasses import dataclass
from datetime import date

from common.sheets import day as rough_day
from common.sheets import full_day, yes_no
from intake.kinds.base import Column, SheetSpec
from intake.kinds.fields import (
    ORGANIZATION_COLUMN,
    PERSON_COLUMNS,
    choice_of,
    cited_columns,
    day_cell,
    labels,
    person_cells,
    text_of,
)
from intake.papers import CitedIn
from personnel.models import Discipline, Education, Gender, Membership, Person, PoliticalTheory

ROUGHLY = "Ghi như 05/3/2017; chỉ biết đến đâu ghi đến đó: 3/2017 hoặc 2017."
DECIDED = CitedIn.called("decision")
# Columns that are fields of a person as they stand, with the longest text each takes.
TEXTS = {
    "other_name": ("Tên gọi khác", 16, 120),
    "ethnic_group": ("Dân tộc", 10, 40),
    "religion": ("Tôn giáo", 10, 40),
    "birthplace": ("Nơi sinh", 20, 255),
    "hometown": ("Quê quán", 24, 255),
    "residence": ("Nơi ở hiện nay", 24, 255),
    "general_education": ("Giáo dục phổ thông", 10, 20),
    "field_of_study": ("Ngành", 18, 120),
    "state_management": ("Quản lý nhà nước", 14, 80),
    "foreign_languages": ("Ngoại ngữ", 14, 120),
    "computer_skills": ("Tin học", 12, 80),
    "present_post": ("Chức vụ hiện nay", 28, 255),
    "retires_on_source": ("Căn cứ của ngày nghỉ hưu", 20, 255),
}
CHOICES = {
    "gender": ("Nam/nữ", 8, Gender.choices),
    "education": ("Trình độ chuyên môn", 12, Education.choices),
    "political_theory": ("Lý luận chính trị", 12, PoliticalTheory.choices),
}
ROUGH_DAYS = {
    "joined_party_on": ("Ngày vào Đảng", "joined_party_precision"),
    "official_on": ("Ngày chính thức", "official_precision"),
}


def _text(key: str, *spellings: str) -> Column:
    heading, width, longest = TEXTS[key]
    return Column(key, heading, spellings, width, reader=text_of(longest))


def _choice(key: str, *spellings: str, must: bool = False) -> Column:
    heading, width, choices = CHOICES[key]
    return Column(key, heading, spellings, width, choices=labels(choices), must=must, reader=choice_of(choices))


def _rough(key: str, *spellings: str) -> Column:
    return Column(key, ROUGH_DAYS[key][0], spellings, 12, note=ROUGHLY, as_typed=True, reader=rough_day)


PEOPLE_SHEET = SheetSpec(
    name="Đảng viên",
    columns=(
        *PERSON_COLUMNS[:2],
        Column(
            "born",
            PERSON_COLUMNS[2].heading,
            PERSON_COLUMNS[2].spellings,
            12,
            PERSON_COLUMNS[2].note,
            must=True,
            as_typed=True,
            reader=rough_day,
        ),
        _choice("gender", "Giới tính", "Phái", must=True),
        _text("ethnic_group"),
        _text("religion"),
        _text("other_name"),
        _text("birthplace"),
        _text("hometown", "Nguyên quán"),
        _text("residence", "Chỗ ở hiện nay"),
        _rough("joined_party_on", "Ngày kết nạp"),
        _rough("official_on", "Ngày công nhận chính thức"),
        _text("general_education", "Trình độ phổ thông", "Văn hóa"),
        _choice("education", "Chuyên môn"),
        _text("field_of_study", "Chuyên ngành"),
        _choice("political_theory", "Trình độ lý luận chính trị"),
        _text("state_management"),
        _text("foreign_languages"),
        _text("computer_skills"),
        _text("present_post", "Chức vụ", "Chức vụ, đơn vị công tác"),
        Column("retires_on", "Nghỉ hưu theo quyết định từ", ("Ngày nghỉ hưu",), 12, reader=full_day),
        _text("retires_on_source"),
        Column(
            "organization",
            "Mã nơi sinh hoạt đảng",
            ("Nơi sinh hoạt", "Mã tổ chức đảng", "Mã tổ chức"),
            14,
            note="Mã của tổ chức trong sổ, như CS-04. Cần ghi khi là người mới.",
            as_typed=True,
            reader=text_of(20),
        ),
        Column("begins", "Sinh hoạt từ ngày", ("Từ ngày",), 12, note=ROUGHLY, as_typed=True, reader=rough_day),
        Column(
            "is_new",
            "Người mới",
            (),
            8,
            note="Ghi x khi trong sổ có người trùng họ tên mà đây là người khác.",
            reader=yes_no,
        ),
    ),
    example={
        "name": "Nguyễn Văn A",
        "born": "05/3/1980",
        "gender": "Nam",
        "ethnic_group": "Kinh",
        "joined_party_on": "2005",
        "education": "Đại học",
        "political_theory": "Cao cấp",
        "organization": "CS-04",
        "begins": "01/01/2015",
    },
    notes=(
        "Mỗi dòng là một đảng viên. Người đã có trong sổ (theo số thẻ, hoặc họ tên và ngày sinh) thì dòng này bổ sung, "
        "sửa thông tin; ô để trống không xóa gì.",
    ),
)
MEMBERSHIPS = SheetSpec(
    name="Nơi sinh hoạt",
    columns=(
        *PERSON_COLUMNS,
        ORGANIZATION_COLUMN,
        Column("begins", "Từ ngày", (), 12, note=ROUGHLY, must=True, as_typed=True, reader=rough_day),
        Column(
            "ends",
            "Đến trước ngày",
            ("Đến ngày",),
            12,
            note=f"Ngày đầu tiên không còn sinh hoạt ở đó; còn thì để trống. {ROUGHLY}",
            as_typed=True,
            reader=rough_day,
        ),
    ),
    example={"name": "Nguyễn Văn A", "born": "05/3/1980", "organization": "CS-04", "begins": "01/01/2015"},
    notes=(
        "Nơi sinh hoạt đảng qua các thời kỳ, mỗi dòng một nơi.",
        "Chuyển sinh hoạt: ghi ngày thôi ở dòng của nơi cũ, thêm một dòng cho nơi mới.",
    ),
    required=False,
)
MEASURES = SheetSpec(
    name="Kỷ luật",
    columns=(
        *PERSON_COLUMNS,
        Column(
            "kind",
            "Hình thức",
            ("Hình thức kỷ luật",),
            14,
            choices=labels(Discipline.Kind.choices),
            must=True,
            reader=choice_of(Discipline.Kind.choices),
        ),
        Column("begins", "Từ ngày", ("Có hiệu lực từ",), 12, must=True, reader=full_day),
        Column("ends", "Hết hiệu lực từ ngày", ("Đến trước ngày",), 12, reader=full_day),
        *cited_columns(DECIDED, "quyết định"),
    ),
    example={"name": "Nguyễn Văn A", "born": "05/3/1980", "kind": "Khiển trách", "begins": date(2021, 3, 5)},
    required=False,
)


@dataclass
class MeantPerson:
    """Somebody whom a row is about, with the membership that it begins."""

    person: Person
    membership: Membership | None = None


def people_cells(person: Person, membership: Membership | None) -> dict[str, object]:
    """Return the cells of a person, with where they are members now."""
    cells = person_cells(person) | {key: getattr(person, key) for key in TEXTS}
    cells |= {key: dict(choices).get(getattr(person, key), "") for key, (_, _, choices) in CHOICES.items()}
    cells |= {key: day_cell(getattr(person, key), getattr(person, known)) for key, (_, known) in ROUGH_DAYS.items()}
    cells["retires_on"] = person.retires_on
    if membership:
        cells |= {
            "organization": membership.organization.code,
            "begins": day_cell(membership.valid_from, membership.from_precision),
        }
    return cells


def membership_cells(membership: Membership) -> dict[str, object]:
    return person_cells(membership.person) | {
        "organization": membership.organization.code,
        "begins": day_cell(membership.valid_from, membership.from_precision),
        "ends": day_cell(membership.valid_to, membership.to_precision),
    }


def measure_cells(measure: Discipline) -> dict[str, object]:
    cells = {"kind": measure.get_kind_display(), "begins": measure.valid_from, "ends": measure.valid_to}
    return person_cells(measure.person) | cells | DECIDED.written(measure.document)
