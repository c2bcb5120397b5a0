"""A correction puts every table back as it was, and refuses when something was built on what it corrects."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from common.errors import NotAllowed, Refused, WrongState
from organizations.actions import record_member_count
from organizations.models import Body, Document, Organization, Reorganization, ReorganizationPart, Term
from organizations.scope import Right
from personnel.actions import transfer_membership
from personnel.models import ChangeItem, Dossier, Judgement
from planning.actions import remove_entry
from planning.models import PlanEntry
from reorganizations.actions import take_back
from reorganizations.drafts import Plans, Successor
from tests import factories
from tests.common.test_undoing import rows

pytestmark = pytest.mark.django_db
APRIL = date(2022, 4, 1)
Act = Callable[[], Reorganization]


def correct(made: Reorganization, **fields) -> Reorganization:
    decision = fields.pop("decision", None) or factories.document(issued_on=APRIL)
    return take_back(made, decision=decision, **({"reason": "Ghi nhầm", "by": factories.office()} | fields))


@pytest.fixture
def acts(bloc, first, second) -> dict[str, Act]:
    """One act of each kind, with all that may come of it; each is done by calling it."""
    a, b = first.organization, second.organization
    elsewhere = factories.organization(name="Đảng bộ Khối khác")
    seats = [(first.member, factories.position(code)) for code in ("committee_member", "secretary")]
    new = factories.successor(bloc, "C", term=factories.first_term(), seats=seats)
    parts = [
        replace(factories.successor(bloc, code), official=official, probationary=1)
        for code, official in (("C", 18), ("D", 12))
    ]
    heir = Successor(b, seats=((first.secretary, factories.position("committee_member")),))
    do = factories.reorganize
    return {
        "established": lambda: do("established", successors=[new]),
        "renamed": lambda: do("renamed", a, name="Đảng bộ Mới"),
        "kind_changed": lambda: do("kind_changed", a, new_kind="grassroots_cell"),
        "transferred": lambda: do("transferred", a, new_parent=elsewhere),
        "merged": lambda: do("merged", a, b, successors=[new], plans=Plans.CARRY),
        "merged into": lambda: do("merged", a, successors=[heir]),
        "split": lambda: do("split", a, successors=parts, places={first.cell.pk: 1}),
        "split off": lambda: do("split", a, successors=[parts[0]], goes_on=True, members={first.member.pk: 0}),
        "dissolved": lambda: do("dissolved", a, successors=[Successor(b)]),
    }


KINDS = (
    "established",
    "renamed",
    "kind_changed",
    "transferred",
    "merged",
    "merged into",
    "split",
    "split off",
    "dissolved",
)
# What stays readable; of each model the rows that the act itself made.
ACCOUNT = (Reorganization, ReorganizationPart, Dossier, ChangeItem, Judgement, Organization, Term, Body, Document)


@pytest.mark.parametrize("kind", KINDS)
def test_every_table_is_as_before_but_for_the_account_of_it(acts, kind):
    before = rows()
    correct(acts[kind]())
    after = rows()
    readable = {model._meta.db_table for model in ACCOUNT}
    for table, found in after.items():
        missing = [row for row in before[table] if row not in found]
        assert not missing, table
        assert table in readable or found == before[table], table


@pytest.mark.parametrize("kind", KINDS)
def test_what_it_established_stands_on_no_day_and_frees_its_code(acts, kind):
    made = acts[kind]()
    new = list(Organization.objects.filter(versions__reorganization=made, versions__valid_from=made.effective_on))
    new = [each for each in new if not each.versions.filter(valid_from__lt=made.effective_on).exists()]
    correct(made)
    for organization in new:
        organization.refresh_from_db()
        assert not organization.versions.exists()
        assert organization.code not in ("C", "D")
        assert not organization.terms.filter(valid_to__isnull=True).exists()
    assert acts[kind]().pk  # it may be entered again


def test_both_stay_readable(acts, first):
    made = acts["merged"]()
    correction = correct(made)
    assert (correction.kind, correction.corrects, correction.note) == ("correction", made, "Ghi nhầm")
    made = Reorganization.objects.get(pk=made.pk)
    assert made.state == "corrected"
    assert set(correction.parts.values_list("organization", "side")) == set(
        made.parts.values_list("organization", "side")
    )
    items = ChangeItem.objects.filter(dossier__reorganization=made)
    assert items.count() == 2
    assert set(items.values_list("superseded_on", flat=True)) == {APRIL}
    assert made in Reorganization.objects.of_organization(first.organization).with_everything()


def test_a_reorganization_corrected_has_no_say_any_more(acts):
    made = acts["merged"]()
    assert made.parts.all().standing().exists()
    correct(made)
    assert not ReorganizationPart.objects.standing().exists()


class TestWhatWasBuiltOnIt:
    """Each is said, and nothing is put back."""

    def refused(self, made: Reorganization, match: str) -> None:
        before = rows()
        with pytest.raises(Refused, match=match):
            correct(made, decision=Document.objects.order_by("-issued_on").first())
        assert rows() == before

    @pytest.fixture
    def merged(self, acts) -> Reorganization:
        return acts["merged"]()

    @pytest.fixture
    def new(self, merged) -> Organization:
        return Organization.objects.get(code="C")

    def test_a_member_who_moved_on(self, merged, first, second):
        elsewhere = factories.organization(name="Đảng bộ khác")
        transfer_membership(first.member, to=elsewhere, effective_on=APRIL, by=factories.office())
        self.refused(merged, f"Nơi sinh hoạt đảng “{first.member}.*” đã được sửa sau đó")

    def test_a_new_member(self, merged, new):
        factories.person(new, "Lê Văn Mới", member_from=APRIL)
        self.refused(merged, "Nơi sinh hoạt đảng “Lê Văn Mới.*” đã dựa vào")

    def test_a_dossier(self, merged, new):
        dossier = factories.dossier(new, factories.appointment(factories.person(new.parent)))
        self.refused(merged, f"Hồ sơ kiện toàn “{dossier.code}” đã dựa vào")

    def test_a_seat_that_ended_since(self, merged, new, first):
        factories.confirmed(new, factories.release(first.member, proposed_on=APRIL), on=APRIL)
        self.refused(merged, "đã (được sửa sau đó|dựa vào dữ liệu này)")

    def test_an_organization_beneath(self, merged, new):
        factories.organization(new, name="Chi bộ Mới", valid_from=APRIL)
        self.refused(merged, "Chi bộ Mới.* đã dựa vào")

    def test_a_later_reorganization(self, merged, new):
        factories.reorganize("renamed", new, on=APRIL, name="Đảng bộ Về Sau")
        self.refused(merged, "đã (được sửa sau đó|dựa vào dữ liệu này)")

    def test_a_count_of_later(self, merged, new):
        record_member_count(new, counted_on=date(2022, 6, 30), official=51, probationary=3, by=factories.office())
        self.refused(merged, "Số lượng đảng viên .* đã dựa vào")

    def test_somebody_carried_who_left_the_plan(self, merged, new):
        entry = PlanEntry.objects.filter(organization=new).first()
        remove_entry(entry, on=APRIL, reason="own_wish", by=factories.office())
        self.refused(merged, "Nhân sự quy hoạch .* đã được sửa sau đó")

    def test_a_name_changed_since(self, acts, first):
        made = acts["transferred"]()
        factories.reorganize("renamed", first.organization, on=APRIL, name="Đảng bộ Về Sau")
        self.refused(made, "đã được sửa sau đó")

    def test_a_change_that_was_put_right_by_hand(self, acts, first):
        """What was changed and changed back counts as untouched: no value is lost."""
        made = acts["transferred"]()
        for day in (APRIL, date(2022, 5, 1)):
            factories.reorganize("renamed", first.organization, on=day, name=f"Đảng bộ Về Sau {day}")
        self.refused(made, "đã được sửa sau đó")


class TestOnceTheLaterIsCorrected:
    """The earlier is corrected as if the later had never been."""

    def as_before(self, before: dict) -> None:
        readable = {model._meta.db_table for model in ACCOUNT}
        for table, found in rows().items():
            assert [row for row in before[table] if row not in found] == [], table
            assert table in readable or found == before[table], table

    def test_of_one_that_goes_on(self, acts, first):
        before = rows()
        made = acts["transferred"]()
        correct(factories.reorganize("renamed", first.organization, on=APRIL, name="Đảng bộ Về Sau"))
        correct(made)
        self.as_before(before)

    @pytest.mark.parametrize("kind", ["renamed", "dissolved", "split"])
    def test_of_one_that_it_established(self, acts, bloc, kind):
        another = factories.organization(bloc, code="E")
        before = rows()
        made = acts["merged"]()
        new = Organization.objects.get(code="C")
        fields = {
            "renamed": {"name": "Đảng bộ Về Sau"},
            "dissolved": {"successors": [Successor(another)]},
            "split": {
                "successors": [replace(factories.successor(new, "D"), official=5, probationary=0)],
                "goes_on": True,
            },
        }
        correct(factories.reorganize(kind, new, on=APRIL, **fields[kind]))
        correct(made)
        self.as_before(before)
        assert not new.versions.exists()


def test_one_established_that_day_by_another_act_goes_on(bloc):
    """Renamed on its first day, and the renaming taken back: it keeps its code and stands as it was established."""
    factories.reorganize("established", successors=[factories.successor(bloc, "C", name="Đảng bộ C")])
    new = Organization.objects.get(code="C")
    correct(factories.reorganize("renamed", new, name="Đảng bộ Khác"))
    new.refresh_from_db()
    assert (new.code, new.name) == ("C", "Đảng bộ C")
    assert new.versions.get().name == "Đảng bộ C"


class TestWhoAndHow:
    def test_a_second_time(self, acts):
        made = acts["renamed"]()
        correct(made)
        with pytest.raises(WrongState, match="đã được đính chính"):
            correct(made)

    def test_of_a_correction(self, acts):
        correction = correct(acts["renamed"]())
        with pytest.raises(Refused, match="đã là một lần đính chính"):
            correct(correction)

    def test_wants_a_reason(self, acts):
        with pytest.raises(Refused, match="lý do"):
            correct(acts["renamed"](), reason=" ")

    def test_wants_a_paper_not_older_than_the_decision(self, acts):
        made, early = acts["renamed"](), factories.document(issued_on=date(2022, 3, 9))
        with pytest.raises(Refused, match="10/3/2022"):
            correct(made, decision=early)

    def test_is_for_whoever_keeps_the_register_of_all(self, acts, bloc, first):
        made = acts["merged into"]()
        with pytest.raises(NotAllowed):
            correct(made, by=factories.holder_of(Right.KEEP_REGISTER, path=first.organization.path))
        assert correct(made, by=factories.holder_of(Right.KEEP_REGISTER, path=bloc.path))

    @pytest.mark.parametrize("right", [right for right in Right if right != Right.KEEP_REGISTER])
    def test_no_other_right_will_do(self, acts, right):
        with pytest.raises(NotAllowed):
            correct(acts["renamed"](), by=factories.holder_of(right))
