"""Merging two records of one person: everything moves, nothing is lost, nobody is told what they may not see."""

from datetime import date

import pytest
from django.apps import apps
from django.db import models
from django.db.models.deletion import Collector
from django.urls import reverse

from common.errors import NotAllowed, Outdated, Refused, WrongState
from common.journal import LogEntry
from organizations.models import Organization
from organizations.scope import Right
from personnel.actions import conclude_politically, discipline, merge_people, tell_apart, transfer_membership
from personnel.merging import UNSEEN, join_memberships, merging, preview, references
from personnel.models import ChangeItem, Discipline, DistinctPeople, Holding, Membership, Person, PoliticalConclusion
from planning.models import PlanEntry
from tests import factories
from tests.pages import as_board, as_role, count_queries, text_of

pytestmark = pytest.mark.django_db
NAME, BORN = "Phạm Thị Mới", date(1980, 5, 12)
REASON = "Ghi hai lần khi lập hồ sơ"


@pytest.fixture
def bloc() -> Organization:
    bloc = factories.organization(name="Đảng bộ Khối")
    factories.term(bloc)
    return bloc


@pytest.fixture
def place(bloc) -> Organization:
    place = factories.organization(bloc, name="Đảng bộ Sở Xây dựng")
    factories.term(place)
    return place


@pytest.fixture
def beside(bloc) -> Organization:
    beside = factories.organization(bloc, name="Đảng bộ Sở Y tế")
    factories.term(beside)
    return beside


@pytest.fixture
def kept(place) -> Person:
    return factories.person(place, NAME, birth_date=BORN, gender="female", card_number="123")


@pytest.fixture
def double(place) -> Person:
    return factories.person(place, NAME, member_from=date(2021, 1, 1), birth_date=BORN, gender="female")


def merge(kept: Person, double: Person, values=(), **more) -> Person:
    return merge_people(kept, double, dict(values), **({"by": factories.office(), "reason": REASON} | more))


def merge_url(kept: Person, double: Person) -> str:
    return reverse("personnel:person_merge", args=[kept.pk, double.pk])


def with_a_row_in_every_table(person: Person, bloc: Organization, place: Organization) -> None:
    """Give the person a row in each table that names people."""
    factories.seated(person, place)
    discipline(person, kind="reprimand", valid_from=date(2018, 1, 1), valid_to=date(2019, 1, 1), by=factories.office())
    conclude_politically(person, valid_from=date(2018, 1, 1), valid_to=date(2019, 1, 1), by=factories.office())
    factories.plan_entry(factories.planning_round(bloc), person, place)
    former = factories.person(place, NAME)
    merge(person, former)
    tell_apart(person, factories.person(place, NAME), by=factories.office())


def naming(person: Person) -> dict[str, int]:
    """Return how many rows of each table name the person, whatever models there are: found without the product."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey | models.ManyToManyField) and field.related_model is Person:
                found[f"{model.__name__}.{field.name}"] = model._base_manager.filter(**{field.name: person.pk}).count()
    return found


class TestEverythingMoves:
    def test_no_foreign_key_to_people_is_forgotten(self):
        known = {f"{each.model.__name__}.{each.name}" for each in references()}
        assert known == set(naming(Person(pk=0)))

    def test_no_list_of_people_is_kept_by_another_table(self):
        lists = [
            f"{model.__name__}.{field.name}"
            for model in apps.get_models()
            for field in model._meta.many_to_many
            if field.related_model is Person
        ]
        assert lists == []  # the rows of such a list would have to be merged too: say how in personnel/merging.py

    def test_a_row_of_every_table_goes_over(self, bloc, place, kept, double):
        with_a_row_in_every_table(double, bloc, place)
        before = naming(double)
        assert all(count for table, count in before.items() if table != "DistinctPeople.second"), before
        merge(kept, double)
        stays = {"DistinctPeople.first", "DistinctPeople.second"}
        assert {table for table, count in naming(double).items() if count} <= stays
        after = naming(kept)
        moved = set(before) - stays - {"Membership.person", "Person.merged_into"}
        assert {table: after[table] for table in moved} == {table: before[table] for table in moved}
        assert after["Person.merged_into"] == before["Person.merged_into"] + 1
        assert DistinctPeople.objects.filter(first=kept).exists()

    def test_ballots_and_verdicts_go_with_their_entries(self, bloc, place, kept, double):
        entry = factories.plan_entry(factories.planning_round(bloc), double, place)
        step = factories.ballot(entry)
        merge(kept, double)
        assert step.results.get().entry.person == kept

    def test_nothing_is_deleted_but_a_place_that_another_one_includes(self, bloc, place, kept, double):
        with_a_row_in_every_table(double, bloc, place)
        before = {model: model.objects.count() for model in (Person, Holding, ChangeItem, Discipline, PlanEntry)}
        merge(kept, double)
        assert {model: model.objects.count() for model in before} == before
        gone = LogEntry.objects.filter(action=LogEntry.Action.DELETE)
        assert {entry.content_type.model_class() for entry in gone} == {Membership}


class TestValues:
    def test_those_chosen_are_taken_and_the_rest_stays(self, place, kept):
        double = factories.person(place, "Phạm Thị Mười", birth_date=BORN, hometown="xã Một", card_number="77")
        merge(kept, double, {"hometown": "xã Một", "card_number": "77"})
        kept.refresh_from_db()
        double.refresh_from_db()
        assert (kept.full_name, kept.hometown, kept.card_number) == (NAME, "xã Một", "77")
        assert (double.card_number, double.merged_into, double.hometown) == ("", kept, "xã Một")

    def test_a_name_that_is_taken_is_found_by(self, kept, double):
        merge(kept, double, {"full_name": "Lê Thị Khác"})
        assert list(Person.objects.matching("le thi khac")) == [kept]

    def test_those_that_contradict_each_other_are_refused(self, kept, double):
        with pytest.raises(Refused, match="không sau ngày sinh"):
            merge(kept, double, {"joined_party_on": date(1980, 1, 1)})
        with pytest.raises(ValueError, match="merged_into"):
            merge(kept, double, {"merged_into": double})


class TestMemberships:
    def spans(self, person: Person) -> list[tuple]:
        rows = person.memberships.order_by("valid_from").values_list("organization__name", "valid_from", "valid_to")
        return list(rows)

    def test_in_one_organisation_are_joined(self, place, kept, double):
        merge(kept, double)
        assert self.spans(kept) == [(place.name, factories.STANDS_FROM, None)]
        assert self.spans(double) == []

    def test_the_earlier_begin_and_the_later_end_stand(self, place, bloc):
        kept = factories.person(place, NAME, member_from=date(2018, 1, 1))
        double = factories.person(place, NAME, member_from=date(2016, 1, 1))
        transfer_membership(double, to=bloc, effective_on=date(2019, 1, 1), by=factories.office())
        Membership.objects.filter(person=kept).update(valid_to=date(2019, 1, 1))
        merge(kept, double)
        assert self.spans(kept) == [
            (place.name, date(2016, 1, 1), date(2019, 1, 1)),
            (bloc.name, date(2019, 1, 1), None),
        ]

    def test_one_that_ends_earlier_grows(self, place):
        kept = factories.person(place, NAME, member_from=date(2016, 1, 1))
        Membership.objects.filter(person=kept).update(valid_to=date(2018, 1, 1))
        double = factories.person(place, NAME, member_from=date(2017, 1, 1))
        merge(kept, double)
        assert self.spans(kept) == [(place.name, date(2016, 1, 1), None)]

    def test_in_two_organisations_the_later_one_begins_where_the_earlier_one_ends(self, place, beside, kept):
        double = factories.person(beside, NAME, member_from=date(2021, 3, 1))
        merge(kept, double)
        moved = date(2021, 3, 1)
        assert self.spans(kept) == [(place.name, factories.STANDS_FROM, moved), (beside.name, moved, None)]

    def test_a_rough_day_is_cut_at_as_roughly(self, place, beside, kept):
        double = factories.person(beside, NAME, member_from=date(2021, 1, 1), member_from_precision="year")
        merge(kept, double)
        assert kept.memberships.get(organization=place).to_display == "năm 2021"

    @pytest.mark.parametrize("since", [date(2015, 1, 1), date(2017, 1, 1)])
    def test_what_cannot_be_told_is_refused(self, beside, kept, since):
        double = factories.person(beside, NAME, member_from=since)
        Membership.objects.filter(person=double).update(valid_to=date(2019, 1, 1))
        with pytest.raises(Refused, match="hai nơi sinh hoạt đảng trong cùng thời gian"):
            merge(kept, double)
        assert double.memberships.count() == 1

    def test_any_two_lines_become_one_without_overlap(self):
        organizations = [Organization(pk=1, name="A"), Organization(pk=2, name="B")]
        days = [date(2020, month, 1) for month in (1, 3, 5, 7)] + [None]
        spans = [(a, b) for a in days[:-1] for b in days[1:] if b is None or a < b]
        for number, (mine, theirs) in enumerate((x, y) for x in spans for y in spans):
            for here, there in ((0, 0), (0, 1)):
                rows = [
                    [Membership(pk=key, organization=organizations[org], valid_from=span[0], valid_to=span[1])]
                    for key, org, span in ((1, here, mine), (2, there, theirs))
                ]
                joined = join_memberships(*rows)
                assert len(joined.line) + len(joined.gone) + len(joined.obstacles) == 2, number
                for row, after in zip(joined.line, joined.line[1:], strict=False):
                    assert row.valid_to is not None
                    assert row.valid_from < row.valid_to <= after.valid_from


class TestWhatStandsInTheWay:
    def test_one_seat_at_one_time(self, place, kept, double):
        factories.seated(kept, place)
        factories.seated(double, place)
        with pytest.raises(Refused, match=r"Ủy viên Ban Chấp hành.*có ở cả hai hồ sơ trong cùng thời gian"):
            merge(kept, double)
        assert Holding.objects.filter(person=double).count() == 1

    def test_one_plan_entry_at_one_time_is_told_to_those_who_see_plans_alone(self, bloc, place, kept, double):
        planning_round = factories.planning_round(bloc)
        for person in (kept, double):
            factories.plan_entry(planning_round, person, place)
        with pytest.raises(Refused, match="Nhân sự quy hoạch"):
            merge(kept, double)
        unseeing = factories.holder_of(Right.VIEW, Right.DRAFT)
        with pytest.raises(Refused) as refused:
            merge(kept, double, by=unseeing)
        assert str(refused.value) == UNSEEN
        assert PlanEntry.objects.filter(person=double).count() == 1

    def test_two_conclusions_at_one_time(self, kept, double):
        for person, day in ((kept, 1), (double, 2)):
            conclude_politically(person, valid_from=date(2022, 1, day), by=factories.office())
        with pytest.raises(Refused, match="Kết luận"):
            merge(kept, double)

    def test_the_same_measure_in_both_stays_once(self, place, kept, double):
        for person in (kept, double):
            discipline(
                person, kind="warning", valid_from=date(2022, 3, 1), valid_to=date(2023, 3, 1), by=factories.office()
            )
        merge(kept, double)
        assert kept.disciplines.count() == 1
        assert double.disciplines.count() == 1  # kept with the double: a paper may refer to it
        assert not Discipline.objects.visible_to(factories.superior().scope).filter(person=double).exists()

    def test_needs_the_right_where_both_are_members(self, place, beside, kept):
        far = factories.person(beside, NAME, birth_date=BORN)
        with pytest.raises(NotAllowed):
            merge(kept, far, by=factories.holder_of(Right.VIEW, Right.DRAFT, path=place.path))

    def test_needs_a_reason_and_two_records(self, kept, double):
        with pytest.raises(Refused, match="lý do"):
            merge(kept, double, reason=" ")
        with pytest.raises(Refused, match="khác nhau"):
            merge(kept, kept)

    def test_once(self, kept, double, place):
        merge(kept, double)
        with pytest.raises(WrongState):
            merge(kept, double)
        with pytest.raises(WrongState):
            merge(factories.person(place, NAME), double)

    def test_what_changed_since_the_look_is_looked_at_again(self, place, kept, double):
        seen = merging(kept, double).edition
        factories.seated(double, place)
        with pytest.raises(Outdated):
            merge(kept, double, edition=seen)


def test_the_journal_tells_of_all_of_it_as_one_act(bloc, place, kept, double):
    with_a_row_in_every_table(double, bloc, place)
    merge(kept, double)
    last = LogEntry.objects.get_for_object(double).first()
    entries = LogEntry.objects.filter(cid=last.cid)
    assert {entry.additional_data["act"] for entry in entries} == {"Gộp hồ sơ trùng"}
    assert {entry.additional_data["reason"] for entry in entries} == {REASON}
    told = {entry.content_type.model_class() for entry in entries}
    assert told >= {Person, Membership, Holding, ChangeItem, Discipline, PoliticalConclusion, PlanEntry}
    collector = Collector(using="default")
    assert not collector.can_fast_delete(double)


class TestPage:
    def test_shows_both_and_what_moves_then_merges(self, bloc, place, kept, double):
        factories.seated(double, place)
        Person.objects.filter(pk=double.pk).update(hometown="xã Một", residence="phường Hai")
        Person.objects.filter(pk=kept.pk).update(residence="phường Ba")
        client = as_board(bloc)
        page = client.get(merge_url(kept, double))
        text = text_of(page)
        assert "Chức danh đã giữ 1 Ủy viên Ban Chấp hành (Đảng bộ Sở Xây dựng)" in text
        assert "Nơi sinh hoạt đảng sau khi gộp Đảng bộ Sở Xây dựng, từ 01/01/2015 đến nay" in text
        sent = {"edition": page.context["form"]["edition"].value(), "reason": REASON}
        sent |= {"hometown": "trung", "residence": "giu", "card_number": "giu"}
        response = client.post(merge_url(kept, double), sent, follow=True)
        assert f"Đã gộp hồ sơ ghi trùng vào hồ sơ của đồng chí {NAME}." in text_of(response)
        kept.refresh_from_db()
        assert (kept.hometown, kept.residence, kept.card_number) == ("xã Một", "phường Ba", "123")
        assert kept.holdings.count() == 1

    def test_proposes_what_only_one_of_them_knows(self, bloc, kept, double):
        Person.objects.filter(pk=double.pk).update(hometown="xã Một")
        form = as_board(bloc).get(merge_url(kept, double)).context["form"]
        assert (form["hometown"].value(), form["card_number"].value()) == ("trung", "giu")

    def test_the_address_of_the_double_leads_to_the_one_kept(self, bloc, kept, double):
        merge(kept, double)
        for page in ("person_detail", "person_sheet"):
            response = as_board(bloc).get(reverse(f"personnel:{page}", args=[double.pk]))
            assert response.status_code == 302
            assert response.url == reverse(f"personnel:{page}", args=[kept.pk])
        beside = factories.organization(bloc)
        assert as_board(beside).get(double.get_absolute_url()).status_code == 404
        assert double not in Person.objects.visible_to(factories.office().scope)

    def test_says_what_stands_in_the_way_and_offers_no_button(self, bloc, place, kept, double):
        for person in (kept, double):
            factories.seated(person, place)
        page = text_of(as_board(bloc).get(merge_url(kept, double)))
        assert "có ở cả hai hồ sơ trong cùng thời gian" in page
        assert "Gộp vào hồ sơ được giữ" not in page

    def test_wants_a_reason(self, bloc, kept, double):
        sent = {"edition": merging(kept, double).edition, "card_number": "giu"}
        response = as_board(bloc).post(merge_url(kept, double), sent)
        assert response.status_code == 422
        assert "Hãy ghi rõ lý do." in response.content.decode()

    def test_is_shown_again_when_something_changed_and_told_when_done(self, bloc, place, kept, double):
        sent = {"edition": "0" * 16, "card_number": "giu", "reason": REASON}
        client = as_board(bloc)
        assert "vừa được thay đổi" in text_of(client.post(merge_url(kept, double), sent, follow=True))
        merge(kept, double)
        merged = client.post(merge_url(kept, double), sent, follow=True)  # a second click
        assert merged.redirect_chain == [(kept.get_absolute_url(), 302)]
        assert f"đã được gộp vào hồ sơ của đồng chí {NAME}" in text_of(merged)
        assert client.get(merge_url(double, kept)).status_code == 404
        no_key = reverse("personnel:person_merge", args=[kept.pk, 10**24])
        assert client.get(no_key).status_code == 404
        assert as_board(factories.organization(bloc)).get(merge_url(kept, double)).status_code == 404

    def test_plan_entries_move_unseen_by_those_who_may_not_see_them(self, bloc, place, kept, double):
        factories.plan_entry(factories.planning_round(bloc), double, place)
        conclude_politically(double, valid_from=date(2022, 1, 1), by=factories.office())
        seeing = as_board(bloc).get(merge_url(kept, double)).content.decode()
        assert "Nhân sự quy hoạch" in seeing
        [looked] = LogEntry.objects.get_for_object(double).filter(action=LogEntry.Action.ACCESS)
        assert "kèm quy hoạch" in looked.additional_data["act"]
        unseeing = factories.holder_of(Right.VIEW, Right.DRAFT)
        assert preview(merging(kept, double), unseeing.scope) == []
        merge(kept, double, by=unseeing)
        assert kept.plan_entries.count() == kept.political_conclusions.count() == 1

    def test_places_outside_the_scope_are_not_named(self, bloc, place, beside, double):
        from_beside = factories.person(beside, NAME, member_from=date(2016, 1, 1), birth_date=BORN)
        transfer_membership(from_beside, to=place, effective_on=date(2020, 1, 1), by=factories.office())
        page = text_of(as_role("grassroots_clerk", place).get(merge_url(from_beside, double)))
        assert "sau khi gộp Đảng bộ Sở Xây dựng, từ 01/01/2020 đến nay" in page
        assert "Sở Y tế" not in page
        assert "Sở Y tế, từ 01/01/2016" in text_of(as_board(bloc).get(merge_url(from_beside, double)))

    def test_only_where_both_are_kept(self, bloc, place, beside, kept):
        far = factories.person(beside, NAME, birth_date=BORN)
        factories.seated(far, place)  # so that the place sees the person, who is kept elsewhere
        response = as_board(place).get(merge_url(kept, far), follow=True)
        assert "Chỉ gộp được khi vai trò của bạn bao gồm" in text_of(response)
        assert as_board(place).get(merge_url(kept, kept)).status_code == 404
        assert as_role("leader", bloc).get(merge_url(kept, far)).status_code == 403

    def test_takes_the_same_few_queries_however_much_moves(self, bloc, place, kept, double):
        def more(person):
            other = factories.organization(bloc)
            factories.term(other)
            factories.seated(person, other)
            discipline(
                person, kind="reprimand", valid_from=date(2018, other.pk % 12 + 1, 1), valid_to=None,
                by=factories.office(),
            )  # fmt: skip

        more(double)
        client = as_board(bloc)
        few = count_queries(client, merge_url(kept, double))
        for _ in range(4):
            more(double)
        assert count_queries(client, merge_url(kept, double)) == few
