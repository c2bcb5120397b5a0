"""What an extract list says of a person, as the register knew them on a day."""

from datetime import date

from django.db.models import Prefetch

from common.formats import short_day
from organizations.models import BodyKind
from organizations.scope import Scope
from personnel.models import Discipline, Holding, Person
from personnel.papers.frame import UNKNOWN
from personnel.particulars import known_day


def seats_and_measures(day: date, scope: Scope) -> list[Prefetch]:
    """Return what to prefetch of rows with a `person`, for `line_of`: seats that `scope` may see, and measures."""
    seats = Holding.objects.visible_to(scope).as_of(day).with_organization_name(day).with_names()
    return [
        Prefetch("person__holdings", seats.order_by("position__rank", "pk"), to_attr="seats_on_day"),
        Prefetch("person__disciplines", Discipline.objects.as_of(day), to_attr="disciplines_on_day"),
    ]


def line_of(person: Person) -> dict[str, str]:
    """Return the columns of an extract list that are about the person alone."""
    studied = filter(None, [person.get_education_display(), person.field_of_study])
    return {
        "ho_ten": person.full_name,
        "gioi_tinh": person.get_gender_display(),
        "ngay_sinh": person.birth_display,
        "dan_toc": person.ethnic_group or UNKNOWN,
        "que_quan": person.hometown or UNKNOWN,
        "vao_dang": known_day(person.joined_party_on, person.joined_party_precision) or UNKNOWN,
        "chinh_thuc": known_day(person.official_on, person.official_precision) or UNKNOWN,
        "chuyen_mon": ", ".join(studied) or UNKNOWN,
        "ly_luan": person.get_political_theory_display() or UNKNOWN,
        "chuc_vu": "; ".join(filter(None, [*_seats(person), person.present_post])) or UNKNOWN,
    }


def measures_in_words(person: Person) -> str:
    """Return the measures in force, "Khiển trách từ 01/3/2023"; empty when there is none."""
    return "; ".join(f"{each.get_kind_display()} từ {short_day(each.valid_from)}" for each in person.disciplines_on_day)


def _seats(person: Person) -> list[str]:
    """Return the highest seat in the committee of each organisation, and in its inspection committee: it says all."""
    highest = {}
    for seat in person.seats_on_day:
        in_inspection = seat.position.body_kind == BodyKind.INSPECTION
        highest.setdefault((seat.organization_name, in_inspection), f"{seat.position.name} {seat.organization_name}")
    return list(highest.values())
