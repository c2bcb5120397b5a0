"""The journal: one entry for each row that an act wrote, and nobody changes it afterwards."""

from datetime import date

import pytest
from auditlog.models import LogEntry
from django.db import IntegrityError, connection, transaction

from common.errors import Refused
from common.journal import act, bulk_create, bulk_update, coming_from, record_access
from organizations.actions import amend_organization, record_member_count
from organizations.models import MemberCount
from personnel.actions import register_person
from personnel.models import Membership, Person
from tests import factories

pytestmark = pytest.mark.django_db
Action = LogEntry.Action


@pytest.fixture
def organization():
    return factories.organization()


@pytest.fixture
def by():
    return factories.office()


@act("Ghi hai số")
def count_twice(organization, *, by, reason=""):
    """An act that calls another, as confirming a congress opens a term."""
    record_member_count(organization, counted_on=date(2022, 1, 1), official=30, probationary=1, by=by)
    record_member_count(organization, counted_on=date(2022, 2, 1), official=31, probationary=0, by=by)


@act("Ghi rồi dừng")
def count_and_fail(organization, *, by):
    record_member_count(organization, counted_on=date(2022, 1, 1), official=30, probationary=1, by=by)
    raise Refused("không được")


def entries_of(model):
    return LogEntry.objects.get_for_model(model).order_by("pk")


def written_since(number):
    return LogEntry.objects.filter(pk__gt=number).order_by("pk")


def last_number():
    return LogEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


class TestAct:
    def test_it_leaves_one_entry_for_each_row(self, organization, by):
        before = last_number()

        someone = register_person(
            organization=organization,
            member_from=date(2020, 1, 1),
            by=by,
            full_name="Lê Thị Lan",
            birth_date=date(1980, 5, 25),
            gender="female",
        )

        entries = written_since(before)
        assert [entry.content_type.model_class() for entry in entries] == [Person, Membership]
        assert {entry.action for entry in entries} == {Action.CREATE}
        assert entries[0].object_id == someone.pk
        assert entries[0].object_repr == "Lê Thị Lan"

    def test_entries_say_which_act_by_whom_and_why(self, organization, by):
        count_twice(organization, by=by, reason="Theo báo cáo quý")

        for entry in entries_of(MemberCount):
            assert entry.actor == by
            assert entry.additional_data == {"act": "Ghi hai số", "reason": "Theo báo cáo quý"}

    def test_an_act_inside_an_act_belongs_to_the_outer_one(self, organization, by):
        count_twice(organization, by=by)

        assert [entry.additional_data["act"] for entry in entries_of(MemberCount)] == ["Ghi hai số"] * 2

    def test_without_a_reason_none_is_written(self, organization, by):
        count_twice(organization, by=by)

        assert "reason" not in entries_of(MemberCount).first().additional_data

    def test_the_address_it_came_from_is_kept(self, organization, by):
        with coming_from("10.1.2.3"):
            count_twice(organization, by=by)

        assert {entry.remote_addr for entry in entries_of(MemberCount)} == {"10.1.2.3"}

    def test_the_address_is_forgotten_after_the_request(self, organization, by):
        with coming_from("10.1.2.3"):
            pass
        count_twice(organization, by=by)

        assert {entry.remote_addr for entry in entries_of(MemberCount)} == {None}

    def test_the_next_act_is_its_own(self, organization, by):
        count_twice(organization, by=by)
        record_member_count(organization, counted_on=date(2022, 3, 1), official=32, probationary=0, by=by)

        assert entries_of(MemberCount).last().additional_data["act"] == "Ghi nhận số lượng đảng viên"

    def test_a_change_says_what_it_was_and_what_it_is(self, by):
        organization = factories.organization(name="Đảng bộ Sở Giao thông", valid_from=factories.STANDS_FROM)
        before = last_number()

        amend_organization(organization, name="Đảng bộ Sở Xây dựng", effective_on=factories.DECIDED, by=by)

        [changed] = written_since(before).filter(
            action=Action.UPDATE, object_pk=organization.pk, changes__has_key="name"
        )
        assert changed.changes["name"] == ["Đảng bộ Sở Giao thông", "Đảng bộ Sở Xây dựng"]

    def test_a_failed_act_leaves_nothing(self, organization, by):
        before = last_number()

        with pytest.raises(Refused, match="không được"):
            count_and_fail(organization, by=by)

        assert not MemberCount.objects.exists()
        assert not written_since(before).exists()

    def test_after_a_failed_act_the_next_one_is_named_rightly(self, organization, by):
        with pytest.raises(Refused):
            count_and_fail(organization, by=by)
        record_member_count(organization, counted_on=date(2022, 3, 1), official=32, probationary=0, by=by)

        assert entries_of(MemberCount).get().additional_data["act"] == "Ghi nhận số lượng đảng viên"


class TestRowsInBulk:
    @pytest.fixture
    def counts(self, organization):
        return [
            MemberCount(organization=organization, counted_on=date(2022, month, 1), official=30 + month)
            for month in (1, 2, 3)
        ]

    def test_created_rows_are_journaled_with_what_they_hold(self, counts):
        bulk_create(counts)

        entries = list(entries_of(MemberCount))
        assert [entry.object_id for entry in entries] == [count.pk for count in counts]
        assert [entry.changes["official"] for entry in entries] == [[None, 31], [None, 32], [None, 33]]

    def test_they_read_as_if_each_had_been_saved(self, counts, organization):
        bulk_create(counts)
        MemberCount(organization=organization, counted_on=date(2022, 9, 1), official=40).save()

        *_, in_bulk, alone = entries_of(MemberCount)
        assert in_bulk.changes.keys() == alone.changes.keys()

    def test_updated_rows_are_journaled_with_before_and_after(self, counts):
        bulk_create(counts)
        counts[0].official = 50

        bulk_update(counts, ["official"])

        [changed] = entries_of(MemberCount).filter(action=Action.UPDATE)
        assert changed.object_id == counts[0].pk
        assert changed.changes == {"official": [31, 50]}

    def test_what_was_not_saved_is_not_journaled(self, counts):
        bulk_create(counts)
        counts[0].official, counts[0].probationary = 50, 7

        bulk_update(counts, ["official"])

        assert entries_of(MemberCount).get(action=Action.UPDATE).changes == {"official": [31, 50]}

    def test_no_rows_are_no_entries(self):
        before = last_number()

        bulk_create([])
        bulk_update([], ["official"])

        assert last_number() == before

    def test_inside_an_act_they_carry_its_name_actor_and_origin(self, counts, by):
        @act("Nhập số lượng")
        def enter(*, by, reason):
            bulk_create(counts)

        with coming_from("10.1.2.3"):
            enter(by=by, reason="Theo mẫu")

        for entry in entries_of(MemberCount):
            assert (entry.actor, entry.remote_addr) == (by, "10.1.2.3")
            assert entry.additional_data == {"act": "Nhập số lượng", "reason": "Theo mẫu"}


class TestAccess:
    def test_looking_at_a_confidential_list_is_recorded(self, organization, by):
        with coming_from("10.1.2.3"):
            record_access(organization, by=by, what="Xem danh sách quy hoạch")

        entry = entries_of(type(organization)).get(action=Action.ACCESS)
        assert (entry.actor, entry.remote_addr, entry.object_id) == (by, "10.1.2.3", organization.pk)
        assert entry.additional_data == {"act": "Xem danh sách quy hoạch"}


class TestOnlyAddedTo:
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE auditlog_logentry SET object_repr = 'khác'",
            "UPDATE auditlog_logentry SET actor_id = NULL",
            "DELETE FROM auditlog_logentry",
        ],
    )
    def test_the_database_refuses_to_change_or_delete_an_entry(self, organization, statement):
        before = LogEntry.objects.count()

        with pytest.raises(IntegrityError, match="the journal is only added to"), transaction.atomic():
            connection.cursor().execute(statement)

        assert LogEntry.objects.count() == before > 0

    def test_the_orm_cannot_either(self, organization):
        with pytest.raises(IntegrityError), transaction.atomic():
            LogEntry.objects.all().delete()
        with pytest.raises(IntegrityError), transaction.atomic():
            LogEntry.objects.update(remote_addr="10.0.0.1")
