"""Who sat in each seat through the terms: the seats of the picture, its bars, and the table that says the same."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.dated import Precision
from organizations.models import Body, BodyKind, Organization, Position, Term
from organizations.scope import Scope
from personnel.models import Holding, Person
from personnel.pictures.seat_timeline import LABELS, Axis, Picture, seat_timeline
from personnel.pictures.seating import BodySeating, seating
from tests import factories

SECRETARY = Position("secretary", "Bí thư", "BT", BodyKind.COMMITTEE, 1, True, 1)
MEMBER = Position("committee_member", "Ủy viên Ban Chấp hành", "UVBCH", BodyKind.COMMITTEE, 4, False, None)
POSITIONS = [SECRETARY, MEMBER]
FIRST = date(2015, 6, 1)
DAY = date(2026, 1, 1)
PEOPLE = [Person(pk=number, full_name=f"Lê Văn {number}", sort_key=f"{number:03d}") for number in range(1, 9)]


def a_term(number: int, size: int | None = 3, ends: date | None = None) -> Term:
    """Return the term, with its committee, that begins in 2015 + 5 × number."""
    begins = FIRST.replace(year=2015 + 5 * number)
    end = begins.replace(year=begins.year + 5)
    term = Term(pk=number + 1, label=f"{begins.year}-{end.year}", valid_from=begins, valid_to=ends, planned_end=end)
    term._prefetched_objects_cache = {
        "bodies": [Body(pk=number + 1, term=term, kind=BodyKind.COMMITTEE, authorized_size=size)]
    }
    return term


def held(term: Term, person: int, first: date, end: date | None = None, position: Position = MEMBER) -> Holding:
    [body] = term.bodies.all()
    return Holding(
        person=PEOPLE[person], body=body, position=position, valid_from=first, valid_to=end, method="congress"
    )


def seated(terms: list[Term], *holdings: Holding, day: date = DAY) -> BodySeating:
    return seating(BodyKind.COMMITTEE, terms, list(holdings), POSITIONS, day)


def rows(seats: BodySeating, position: Position = MEMBER) -> dict[tuple[int, date], int]:
    """Return the row of each holding of the position, by person and first day."""
    return {(e.holding.person_id, e.first): e.row for e in seats.stretches if e.holding and e.position == position}


def gaps(seats: BodySeating, position: Position = MEMBER) -> list[tuple[int, date, date | None]]:
    return [(e.row, e.first, e.end) for e in seats.stretches if e.holding is None and e.position == position]


class TestSeating:
    def test_officers_come_first_and_a_person_keeps_the_row_into_the_next_term(self):
        one, two = a_term(0, ends=date(2020, 6, 1)), a_term(1)
        secretary = held(one, 2, FIRST, date(2020, 6, 1), SECRETARY)
        before = [held(one, each, FIRST, date(2020, 6, 1)) for each in (0, 1, 2)]
        after = [held(two, each, two.valid_from) for each in (0, 1, 3)]
        made = rows(seated([one, two], secretary, *before, *after))
        assert made[3, FIRST] == 0  # the secretary
        assert made[1, FIRST] == made[1, two.valid_from] == 1
        assert made[2, FIRST] == made[2, two.valid_from] == 2
        assert made[4, two.valid_from] == 0

    def test_a_successor_continues_the_row_and_the_longest_vacant_is_filled_first(self):
        term = a_term(1)
        leave = [held(term, 0, term.valid_from, date(2022, 1, 1)), held(term, 1, term.valid_from, date(2021, 1, 1))]
        seats = seated([term], *leave, held(term, 2, term.valid_from), held(term, 3, date(2023, 1, 1)))
        made = rows(seats)
        assert made[4, date(2023, 1, 1)] == made[2, term.valid_from] == 1
        assert gaps(seats) == [(0, date(2022, 1, 1), None), (1, date(2021, 1, 1), date(2023, 1, 1))]

    def test_whoever_comes_back_gets_the_old_row(self):
        term = a_term(1)
        once, again = held(term, 0, term.valid_from, date(2021, 1, 1)), held(term, 0, date(2023, 1, 1))
        made = rows(seated([term], once, held(term, 1, term.valid_from, date(2020, 12, 1)), again))
        assert made[1, term.valid_from] == made[1, date(2023, 1, 1)]

    def test_vacancies_are_counted_by_people_in_the_body_not_by_one_position(self):
        term = a_term(1, size=2)
        seats = seated([term], held(term, 0, term.valid_from, position=SECRETARY), held(term, 1, term.valid_from))
        assert gaps(seats) == []
        assert gaps(seats, SECRETARY) == []

    def test_a_missing_secretary_is_a_vacancy(self):
        term = a_term(1)
        seats = seated([term], held(term, 0, date(2021, 1, 1), date(2022, 1, 1), SECRETARY))
        assert gaps(seats, SECRETARY) == [(0, term.valid_from, date(2021, 1, 1)), (0, date(2022, 1, 1), None)]

    def test_over_size_has_rows_of_its_own_and_no_vacancy(self):
        term = a_term(1, size=2)
        seats = seated([term], *(held(term, each, term.valid_from) for each in range(4)))
        assert seats.rows_of(MEMBER) == 4
        assert gaps(seats) == []

    def test_what_ends_after_the_day_lasts(self):
        term = a_term(1, ends=date(2025, 6, 1))
        seats = seated([term], held(term, 0, term.valid_from, date(2025, 6, 1)), day=date(2022, 1, 1))
        assert [each.end for each in seats.stretches if each.holding] == [None]
        assert {end for _, _, end in gaps(seats)} == {None}

    def test_a_term_of_which_nothing_is_known_is_not_taken_for_vacant(self):
        one, two = a_term(0, ends=date(2020, 6, 1)), a_term(1, size=1)
        seats = seated([one, two], held(two, 0, two.valid_from))
        assert seats.untold == [one]
        assert gaps(seats) == []

    def test_an_unknown_size_has_no_vacancies(self):
        term = a_term(1, size=None)
        assert gaps(seated([term], held(term, 0, date(2021, 1, 1)))) == []


@st.composite
def any_seats(draw) -> tuple[list[Term], list[Holding]]:
    """Draw two terms and holdings in them; nobody holds the same position twice at a time."""
    sizes = draw(st.tuples(*[st.none() | st.integers(0, 5)] * 2))
    terms = [a_term(0, sizes[0], date(2020, 6, 1)), a_term(1, sizes[1], draw(st.none() | st.just(date(2025, 6, 1))))]
    holdings = []
    for term in terms:
        last = (term.valid_to or term.planned_end) - timedelta(days=1)
        for person in range(len(PEOPLE)):
            days = st.dates(term.valid_from, last)
            for position in POSITIONS[1:] if person else POSITIONS:
                marks = sorted(draw(st.sets(days, max_size=4)))
                ends = [*marks[1:], term.valid_to]
                spans = list(zip(marks, ends, strict=False))[:: draw(st.integers(1, 2))]
                holdings += [held(term, person, first, end, position) for first, end in spans]
    return terms, holdings


@settings(max_examples=80, deadline=None)
@given(any_seats(), st.dates(date(2015, 6, 2), DAY))
def test_any_seats(drawn, day):
    terms, holdings = drawn
    terms = [term for term in terms if term.valid_from <= day]
    known = [holding for holding in holdings if holding.valid_from <= day]
    seats = seating(BodyKind.COMMITTEE, terms, known, POSITIONS, day)

    shown = [each.holding for each in seats.stretches if each.holding]
    assert sorted(map(id, shown)) == sorted(map(id, known))
    _never_two_in_a_row(seats)
    _as_many_vacant_as_lack(seats, terms, known, day)
    if seats.stretches:
        _the_table_says_the_same(Picture(Axis(terms, day), seats))


def _never_two_in_a_row(seats: BodySeating) -> None:
    last: dict[tuple[str, int], date | None] = {}
    for each in sorted(seats.stretches, key=lambda each: each.first):
        place = (each.position.pk, each.row)
        assert place not in last or (last[place] and last[place] <= each.first), each
        last[place] = each.end


def _as_many_vacant_as_lack(seats: BodySeating, terms: list[Term], known: list[Holding], day: date) -> None:
    for term in terms:
        [body] = term.bodies.all()
        there = [holding for holding in known if holding.body is body]
        days = {term.valid_from, day, *(each.valid_from for each in there), *(each.valid_to or day for each in there)}
        for looked in (each for each in days if each <= day and term.is_in_force(each) and there):
            people = {each.person_id for each in there if each.is_in_force(looked)}
            vacant = [e for e in seats.stretches if e.holding is None and e.position == MEMBER and e.term is term]
            vacant = [e for e in vacant if e.first <= looked and (e.end is None or looked < e.end)]
            assert len(vacant) == max(0, (body.authorized_size or 0) - len(people)), looked


def _the_table_says_the_same(picture: Picture) -> None:
    drawn = sorted(each.in_words for each in (*picture.bars, *picture.gaps))
    assert drawn == sorted(each.in_words for each in picture.told)
    for bar in picture.bars:
        assert bar.x >= LABELS
        assert bar.x + bar.width <= picture.axis.width
        assert bar.y + bar.height <= picture.bottom


class TestPicture:
    def picture(self, *holdings: Holding, term: Term, day: date = DAY) -> Picture:
        return Picture(Axis([term], day), seated([term], *holdings, day=day))

    def test_a_bar_says_who_sat_where_from_when_to_when_and_why(self):
        term = a_term(1)
        holding = held(term, 0, date(2021, 3, 5), date(2022, 5, 1))
        holding.end_reason = "retirement"
        [bar] = self.picture(holding, term=term).bars
        assert bar.in_words == (
            "Lê Văn 1: Ủy viên Ban Chấp hành, nhiệm kỳ 2020-2025, từ 05/3/2021 (Đại hội bầu), đến 01/5/2022 (Nghỉ hưu)"
        )
        assert not bar.is_rough

    def test_a_rough_day_is_told_as_far_as_it_is_known(self):
        term = a_term(1)
        holding = held(term, 0, date(2021, 1, 1))
        holding.from_precision = Precision.YEAR
        [bar] = self.picture(holding, term=term).bars
        assert "từ năm 2021 (Đại hội bầu), đang giữ" in bar.in_words
        assert bar.is_rough

    def test_a_name_is_shortened_to_what_fits_the_bar(self):
        term = a_term(1)
        holding = held(term, 0, term.valid_from, date(2021, 1, 1))
        holding.person = Person(pk=99, full_name="Công Tằng Tôn Nữ Thị Ngọc Huyền Trân", sort_key="x")
        [bar] = self.picture(holding, term=term).bars
        assert bar.label in ("", "Trân", "Huyền Trân", "Ngọc Huyền Trân")
        holding.valid_to = term.valid_from + timedelta(days=1)
        [bar] = self.picture(holding, term=term).bars
        assert bar.label == ""
        assert bar.width >= 4

    def test_each_position_is_named_once(self):
        term = a_term(1)
        picture = self.picture(held(term, 0, term.valid_from, position=SECRETARY), term=term)
        assert [row.name or row.number for row in picture.rows] == ["Bí thư", "Ủy viên Ban Chấp hành", "2", "3"]


@pytest.mark.django_db
class TestFromTheRegister:
    def pictures(self, organization: Organization, day: date = date(2022, 12, 31)) -> list[Picture]:
        terms = list(Term.objects.of_organization(organization).begun_by(day).prefetch_related("bodies"))
        return seat_timeline(organization, terms[::-1], list(Position.objects.all()), Scope.everything(), day)

    def test_bars_are_the_holdings_of_each_body(self):
        place = factories.organization(factories.organization())
        people = [factories.person(place) for _ in range(4)]
        factories.congress(place, *((each, "committee_member") for each in people), (people[0], "standing_member"))
        factories.seated(people[0], place, "secretary")
        made = self.pictures(place)
        assert [picture.title for picture in made] == ["Ban Chấp hành", "Ban Thường vụ"]
        shown = {bar.stretch.holding.pk for picture in made for bar in picture.bars}
        assert shown == set(Holding.objects.values_list("pk", flat=True))

    def test_nothing_is_drawn_while_nobody_sat(self):
        place = factories.organization(factories.organization())
        factories.term(place)
        assert self.pictures(place) == []
