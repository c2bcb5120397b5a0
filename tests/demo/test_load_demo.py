"""What the demonstration must hold, asked by plain queries that share nothing with the product's figures."""

from collections import Counter
from datetime import date
from io import StringIO

import pytest
from auditlog.models import LogEntry
from django.core.management import call_command
from django.db.models import Count, F, Q

from accounts.models import User
from common.vietnamese import search_key
from demo.accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from demo.names import KNOWN_PEOPLE, listed
from organizations.models import (
    GRASSROOTS_KINDS,
    Body,
    Document,
    MemberCount,
    Organization,
    OrganizationKind,
    OrganizationVersion,
    Reorganization,
    Term,
)
from organizations.scope import Scope
from personnel.models import ChangeItem, Discipline, Dossier, Holding, Membership, Person
from planning.models import BallotResult, PlanApproval, PlanEntry, PlanningRound
from planning.proposals import reentries, removals
from tests.demo_data import demo_data  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_data")]

FIRST_DAY, LAST_DAY = date(2022, 1, 1), date(2022, 12, 31)
WITHIN_TERM = ("supplementary_election", "designation")
# The names that a province bears or bore; the demonstration must not be about any.
PROVINCES = listed(
    "An Giang,Bà Rịa,Vũng Tàu,Bạc Liêu,Bắc Giang,Bắc Kạn,Bắc Ninh,Bến Tre,Bình Dương,Bình Định,Bình Phước,Bình Thuận,"
    "Cà Mau,Cao Bằng,Cần Thơ,Đà Nẵng,Đắk Lắk,Đắk Nông,Điện Biên,Đồng Nai,Đồng Tháp,Gia Lai,Hà Giang,Hà Nam,Hà Nội,"
    "Hà Tĩnh,Hải Dương,Hải Phòng,Hậu Giang,Hòa Bình,Hồ Chí Minh,Hưng Yên,Khánh Hòa,Kiên Giang,Kon Tum,Lai Châu,"
    "Lạng Sơn,Lào Cai,Lâm Đồng,Long An,Nam Định,Nghệ An,Ninh Bình,Ninh Thuận,Phú Thọ,Phú Yên,Quảng Bình,Quảng Nam,"
    "Quảng Ngãi,Quảng Ninh,Quảng Trị,Sóc Trăng,Sơn La,Tây Ninh,Thái Bình,Thái Nguyên,Thanh Hóa,Thừa Thiên,Huế,"
    "Tiền Giang,Trà Vinh,Tuyên Quang,Vĩnh Long,Vĩnh Phúc,Yên Bái",
    ",",
)


def items_in_effect(first: date, last: date):
    """The items confirmed and in effect over the days given, both included, as known on the last of them."""
    return ChangeItem.objects.filter(
        outcome="confirmed", confirmed_on__lte=last, superseded_on__isnull=True, effective_on__range=(first, last)
    )


def counted(level: str, first: date = FIRST_DAY, last: date = LAST_DAY) -> Counter:
    """How many items of each act, method (appointments within the term together) and position the level had."""
    kinds_of_level = {"bloc": ("bloc",), "grassroots": GRASSROOTS_KINDS}[level]
    counts: Counter = Counter()
    for item in items_in_effect(first, last).select_related("dossier"):
        version = OrganizationVersion.objects.get(
            Q(valid_to__isnull=True) | Q(valid_to__gt=item.effective_on),
            organization=item.dossier.organization_id,
            valid_from__lte=item.effective_on,
        )
        if version.kind in kinds_of_level:
            counts[item.act, "within term" if item.method in WITHIN_TERM else item.method, item.position_id] += 1
    return counts


def pending_in_2022():
    in_2022 = (FIRST_DAY, LAST_DAY)
    asked_for = Q(elected_on__range=in_2022) | Q(elected_on__isnull=True, proposed_on__range=in_2022)
    return ChangeItem.objects.filter(asked_for, outcome="pending")


def standing_at_grassroots(day: date) -> set[int]:
    bloc = Organization.objects.root()
    in_force = Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))
    versions = OrganizationVersion.objects.filter(in_force, kind__in=GRASSROOTS_KINDS, path__startswith=bloc.path)
    return set(versions.values_list("organization_id", flat=True))


# The figures of 2022


def test_the_grassroots_had_29_turns_in_2022():
    turns = counted("grassroots")
    assert turns["appoint", "within term", "secretary"] == 3
    assert turns["appoint", "within term", "deputy_secretary"] == 5
    assert turns["appoint", "within term", "committee_member"] == 18
    assert turns["release", "", "committee_member"] == 3


def test_the_bloc_changed_as_the_summary_says():
    turns = counted("bloc")
    assert turns == {
        ("appoint", "within term", "committee_member"): 3,
        ("appoint", "within term", "standing_member"): 1,
        ("appoint", "within term", "inspection_member"): 1,
        ("appoint", "within term", "inspection_chair"): 1,
        ("appoint", "within term", "inspection_deputy_chair"): 1,
    }
    inspection = items_in_effect(FIRST_DAY, LAST_DAY).filter(
        dossier__organization__code="DEMO-KHOI", position__code__startswith="inspection"
    )
    assert set(inspection.values_list("method", flat=True)) == {"supplementary_election"}


def test_four_people_of_grassroots_inspection_committees_changed_one_of_them_released():
    turns = items_in_effect(FIRST_DAY, LAST_DAY).filter(
        position__code__startswith="inspection", dossier__organization__in=standing_at_grassroots(LAST_DAY)
    )
    turns = turns.exclude(method="congress")
    assert turns.values("person").distinct().count() == turns.count() == 4
    assert turns.filter(act="release").count() == 1


@pytest.mark.parametrize(
    ("positions", "people", "entries", "awaiting"),
    [
        (["committee_member"], 38, 38, 3),
        (["standing_member"], 12, 12, 1),
        (["secretary", "deputy_secretary"], 7, 9, 1),
        (["inspection_chair", "inspection_deputy_chair"], 9, 11, 0),
    ],
)
def test_the_bloc_plans_for_the_next_term(positions, people, entries, awaiting):
    of_bloc = PlanEntry.objects.filter(
        organization__code="DEMO-KHOI", plan_term="2025-2030", position__in=positions, introduced_on__lte=LAST_DAY
    ).exclude(valid_to__lte=LAST_DAY)
    in_plan = of_bloc.filter(valid_from__lte=LAST_DAY)
    assert in_plan.values("person").distinct().count() == people
    assert in_plan.count() == entries
    assert of_bloc.exclude(valid_from__lte=LAST_DAY).count() == awaiting


def test_whoever_came_into_the_plan_of_2022_got_through_the_ballots():
    came_in = PlanEntry.objects.filter(plan_term="2025-2030", valid_from__range=(FIRST_DAY, LAST_DAY))
    results = BallotResult.objects.filter(entry__in=came_in)
    of_bloc = results.filter(step__organization__code="DEMO-KHOI")
    assert came_in.exclude(pk__in=results.filter(goes_on=True).values("entry")).count() == 0
    assert not results.filter(goes_on=False).exists()
    assert set(of_bloc.values_list("step__number", flat=True)) == {1, 2, 3}
    for result in results.select_related("step"):
        assert result.votes * 2 > result.step.summoned


def test_whoever_a_ballot_stopped_never_came_into_the_plan():
    stopped = PlanEntry.objects.filter(ballot_results__goes_on=False, plan_term="2025-2030", introduced_on__year=2022)
    assert stopped.count() == 4
    assert set(stopped.values_list("valid_from", "removal_reason")) == {(None, "not_chosen")}


def test_desk_of_autumn_2026_has_plans_at_every_stage():
    plans = PlanApproval.objects.filter(round__opened_on__gte=date(2026, 9, 1))
    assert plans.waiting().overdue(date(2026, 11, 22)).exists()
    assert plans.filter(returned_on__isnull=False).exists()
    day = date(2026, 11, 22)
    proposed = {proposal.reason for proposal in removals(Scope.everything(), day)}
    assert proposed == {"appointed", "discipline", "political_standard"}
    assert len(removals(Scope.everything(), day)) < 20
    assert reentries(Scope.everything(), day)


def test_all_73_grassroots_organizations_have_plans_approved_in_2022():
    approvals = PlanApproval.objects.filter(
        round__plan_term="2025-2030", group="secretaries", approved_on__range=(FIRST_DAY, LAST_DAY)
    ).exclude(organization__code="DEMO-KHOI")
    standing = standing_at_grassroots(LAST_DAY)
    assert len(standing) == 73
    assert set(approvals.values_list("organization", flat=True)) == standing
    assert approvals.values("decision").distinct().count() == 4
    positions = approvals.values_list("organization", "entries__position").distinct()
    assert Counter(position for _, position in positions) == {"secretary": 73, "deputy_secretary": 73}


def test_the_rounds_of_2022_rest_on_three_papers():
    papers = Document.objects.filter(
        planning_rounds__plan_term="2025-2030", planning_rounds__opened_on__range=(FIRST_DAY, LAST_DAY)
    )
    assert [document.citation for document in papers.distinct().order_by("issuer_level")] == [
        "Nghị quyết số 21-NQ/TW, ngày 16/6/2022 của Ban Chấp hành Trung ương Đảng khóa XIII",
        "Quy định số 15-QĐ/TU, ngày 23/3/2022 của Ban Thường vụ Tỉnh ủy",
        "Hướng dẫn số 06-HD/ĐUK, ngày 25/5/2022 của Ban Thường vụ Đảng ủy Khối",
    ]


# The size of it


def test_the_tree_has_the_size_asked_for():
    standing = OrganizationVersion.objects.as_of(LAST_DAY)
    kinds = Counter(standing.values_list("kind", flat=True))
    assert kinds["grassroots_committee"] == 40
    assert kinds["grassroots_cell"] == 33
    assert kinds["subordinate_cell"] >= 60
    assert 2 <= kinds["section_committee"] <= 3
    names = list(standing.filter(kind__in=GRASSROOTS_KINDS).values_list("name", flat=True))
    assert len(set(names)) == len(names) == 73


def test_members_are_counted_and_many_named():
    latest = {
        count.organization_id: count
        for count in MemberCount.objects.filter(counted_on__lte=LAST_DAY).order_by("counted_on")
    }
    assert len(latest) == 73
    assert 5250 <= sum(count.total for count in latest.values()) <= 5350
    assert Person.objects.count() >= 1500
    assert Membership.objects.filter(valid_to__isnull=True).count() == Person.objects.count()
    for count in latest.values():
        named = Person.objects.members_of(count.organization, LAST_DAY).count()
        assert 0 < named <= count.total


def test_records_of_people_are_full_and_cards_differ():
    assert not Person.objects.filter(
        Q(hometown="") | Q(card_number="") | Q(education="") | Q(political_theory="") | Q(present_post="")
    ).exists()
    assert Person.objects.values("card_number").distinct().count() == Person.objects.count()
    precisions = dict(Person.objects.values_list("birth_precision").annotate(Count("pk")))
    assert precisions["month"] > 20
    assert precisions["year"] > 10
    names = set(Person.objects.values_list("search_key", flat=True))
    assert not names & KNOWN_PEOPLE


def test_no_province_is_named():
    places = set(Person.objects.values_list("hometown", flat=True))
    places |= set(OrganizationVersion.objects.values_list("name", flat=True))
    keys = [f" {search_key(place)} " for place in places]
    named = [province for province in PROVINCES if any(f" {search_key(province)} " in key for key in keys)]
    assert named == []


# Congresses, bodies, papers


def test_congresses_of_2020_and_2025_are_confirmed():
    for day, label in ((date(2021, 6, 30), "2020-2025"), (date(2025, 12, 31), "2025-2030")):
        terms = Term.objects.as_of(day).filter(organization__in=standing_at_grassroots(day), label=label)
        assert terms.count() == len(standing_at_grassroots(day))
    bloc = Holding.objects.as_of(LAST_DAY).filter(body__term__organization__code="DEMO-KHOI")
    sizes = Counter(bloc.values_list("position", flat=True))
    assert 24 <= sizes["committee_member"] <= 27
    assert 7 <= sizes["standing_member"] <= 9
    assert sizes["inspection_member"] == 7
    assert sizes["secretary"] == 1


@pytest.mark.parametrize("year", range(2020, 2027))
def test_no_body_overflows_and_officers_sit_in_their_bodies(year):
    held = Holding.objects.as_of(date(year, 11, 22)).select_related("body")
    seats: dict[str, set] = {}
    for holding in held:
        seats.setdefault(holding.position_id, set()).add((holding.body.term_id, holding.person_id))
    for officer in ("secretary", "deputy_secretary", "standing_member"):
        assert seats[officer] <= seats["committee_member"]
    for officer in ("inspection_chair", "inspection_deputy_chair"):
        assert seats[officer] <= seats["inspection_member"]
    ordinary = ("committee_member", "standing_member", "inspection_member")
    filled = Counter(holding.body_id for holding in held if holding.position_id in ordinary)
    bodies = Body.objects.as_of(date(year, 11, 22))
    assert [body for body in bodies if filled[body.pk] > body.authorized_size] == []


def test_numbers_of_papers_and_dossiers_run_with_the_days():
    last: dict[tuple, date] = {}
    for document in Document.objects.filter(issuer__isnull=False).order_by("number"):
        series = (document.issuer_id, document.issuer_term_id, document.type)
        assert last.get(series, date.min) <= document.issued_on
        last[series] = document.issued_on
    for dossier in Dossier.objects.order_by("number"):
        assert last.get((dossier.year,), date.min) <= dossier.opened_on
        last[dossier.year,] = dossier.opened_on


def test_papers_belong_to_the_term_of_their_day():
    within = Q(issued_on__gte=F("issuer_term__valid_from")) & (
        Q(issuer_term__valid_to__isnull=True) | Q(issued_on__lt=F("issuer_term__valid_to"))
    )
    assert not Document.objects.filter(issuer__isnull=False).exclude(within).exists()


@pytest.mark.parametrize("year", range(2021, 2027))
def test_every_year_has_changes_confirmed(year):
    turns = items_in_effect(date(year, 1, 1), date(year, 12, 31)).exclude(method="congress")
    assert turns.filter(act="appoint").count() >= 6
    assert turns.filter(dossier__organization__code="DEMO-KHOI").exists()


def test_elections_have_votes_and_confirmed_dossiers_their_papers():
    elected = ChangeItem.objects.filter(method="supplementary_election")
    assert elected.filter(vote__isnull=True).count() == 0
    confirmed = Dossier.objects.filter(state="confirmed", kind="supplement")
    assert not confirmed.filter(Q(submission__isnull=True) | Q(decision__isnull=True)).exists()
    assert not Dossier.objects.filter(decided_by=F("drafted_by"), is_recorded=False).exists()


# The traps around 2022


@pytest.mark.parametrize("day", [date(2021, 12, 31), date(2023, 1, 1)])
def test_trap_items_take_effect_on_the_day_beside_the_year(day):
    beside = items_in_effect(day, day)
    assert beside.filter(dossier__organization__code="DEMO-KHOI", position="committee_member").exists()
    assert beside.filter(dossier__organization__in=standing_at_grassroots(day)).exists()


def test_trap_decided_in_one_year_and_in_effect_the_next():
    assert items_in_effect(FIRST_DAY, LAST_DAY).filter(confirmed_on__year=2021).exists()
    assert ChangeItem.objects.filter(confirmed_on__year=2022, effective_on=date(2023, 1, 1), act="appoint").exists()


def test_trap_items_of_2022_are_pending_still():
    submitted = pending_in_2022().filter(dossier__state="submitted")
    places = set(submitted.values_list("dossier__organization__kind", "position"))
    assert ("bloc", "committee_member") in places
    assert ("grassroots_committee", "committee_member") in places
    assert ("grassroots_committee", "secretary") in places


def test_trap_draft_and_returned_dossiers():
    drafts = Dossier.objects.filter(items__in=pending_in_2022(), state="draft")
    assert drafts.filter(reason="").exists()
    assert drafts.exclude(reason="").exists()


def test_trap_withdrawn_dossier():
    assert Dossier.objects.filter(state="withdrawn", year=2022).exists()


def test_trap_refused_dossier_and_refused_item():
    assert Dossier.objects.filter(state="refused", year=2022).exists()
    assert ChangeItem.objects.filter(outcome="refused", dossier__state="confirmed", dossier__year=2022).count() == 1


def test_trap_corrections_of_2022():
    superseded = ChangeItem.objects.filter(superseded_on__year=2022, effective_on__year=2022)
    corrections = {item.corrects_id: item for item in ChangeItem.objects.filter(corrects__in=superseded)}
    acts = [(corrections[item.pk].act, corrections[item.pk].person_id == item.person_id) for item in superseded]
    assert sorted(acts) == [("annul", True), ("appoint", False), ("appoint", True)]
    assert all(item.outcome == "confirmed" for item in corrections.values())


def test_trap_promotion_closes_the_lower_post_without_a_release():
    promoted = Holding.objects.filter(end_reason="promotion", valid_to__year=2022, position="deputy_secretary")
    assert promoted.exists()
    assert not ChangeItem.objects.filter(act="release", position="deputy_secretary", effective_on__year=2022).exists()


def test_trap_congress_results_inside_2022():
    congresses = items_in_effect(FIRST_DAY, LAST_DAY).filter(method="congress")
    assert congresses.filter(dossier__organization__kind="subordinate_cell").exists()
    newcomer = Organization.objects.get(code="CS-73")
    assert congresses.filter(dossier__organization=newcomer).exists()
    assert newcomer.versions.earliest("valid_from").valid_from.year == 2021


def test_trap_changes_that_stand_in_no_figure():
    assert counted("grassroots")["appoint", "within term", "standing_member"] == 1
    below = items_in_effect(FIRST_DAY, LAST_DAY).filter(dossier__organization__kind="subordinate_cell")
    assert below.filter(act="appoint", method__in=WITHIN_TERM).exists()
    assert below.filter(act="release").exists()


def test_trap_plan_entries_that_left_before_and_after_approval():
    left = PlanEntry.objects.filter(plan_term="2025-2030", valid_to__lte=LAST_DAY, organization__code="DEMO-KHOI")
    assert left.filter(valid_from__isnull=True, approval__isnull=True, removal_reason="not_chosen").exists()
    assert left.filter(valid_from__isnull=True, approval__isnull=False).exists()
    assert left.filter(valid_from__isnull=False).exists()


def test_trap_another_plan_term_is_live_in_2022():
    rounds = PlanningRound.objects.filter(plan_term="2020-2025")
    assert set(rounds.values_list("opened_on__year", flat=True)) == {2021, 2022}
    assert PlanApproval.objects.filter(round__in=rounds, approved_on__year=2022).exists()


# What happened to organisations


def test_events_of_organizations_after_2022_leave_2022_alone():
    sizes = [len(standing_at_grassroots(date(year, 12, 31))) for year in (2020, 2021, 2022, 2023, 2025)]
    assert sizes == [72, 73, 73, 74, 73]
    handed_over = OrganizationVersion.objects.filter(organization__code="CS-30").order_by("valid_from")
    assert [version.parent.code for version in handed_over] == ["DEMO-KHOI", "DEMO-CQD"]
    renamed = OrganizationVersion.objects.filter(organization__code="CS-04").values("name").distinct()
    assert renamed.count() == 2
    turned = OrganizationVersion.objects.filter(organization__code="CS-61").order_by("valid_from")
    assert [version.kind for version in turned] == [
        OrganizationKind.GRASSROOTS_CELL,
        OrganizationKind.GRASSROOTS_COMMITTEE,
    ]
    later = OrganizationVersion.objects.filter(valid_from__year__gt=2020, organization__code__startswith="CS-")
    assert not later.filter(decision__isnull=True).exists()


def test_every_kind_of_reorganization_happened_and_none_in_2022():
    acts = Reorganization.objects.all()
    assert set(acts.values_list("kind", flat=True)) == set(Reorganization.Kind.values)
    assert not acts.filter(effective_on__year=2022).exists()
    assert not acts.filter(decision__issued_on__year=2022).exists()
    ended = OrganizationVersion.objects.filter(organization__code__in=("CS-56", "CS-70", "CS-71"))
    assert not ended.filter(valid_to__isnull=True).exists()
    assert not Holding.objects.filter(body__term__organization__code="CS-71", valid_to__isnull=True).exists()
    assert Holding.objects.filter(body__term__organization__code="CS-75", position="secretary").count() == 1


def test_the_bloc_is_the_office_and_its_committee_is_named_after_it():
    assert Organization.objects.root().code == "DEMO-KHOI"
    assert Organization.objects.root().committee_name == "Đảng ủy Khối"


def test_screens_have_a_queue_in_autumn_2026():
    waiting = Dossier.objects.filter(opened_on__year=2026)
    assert waiting.filter(state="submitted").count() >= 4
    assert waiting.filter(state="draft").count() >= 2
    assert Discipline.objects.filter(valid_to__isnull=True).exists()


# The accounts, the journal, the command


def test_the_demo_accounts_can_sign_in_and_hold_their_role():
    for account in DEMO_ACCOUNTS:
        user = User.objects.get(username=account.username)
        assert user.check_password(DEMO_PASSWORD)
        [assignment] = user.assignments.select_related("organization")
        assert (assignment.role, assignment.sees_plans) == (account.role, account.sees_plans)
        assert assignment.organization.code == account.organization_code
    assert not User.objects.get(username="caidat").has_usable_password()


def test_every_item_holding_and_entry_is_in_the_journal_under_an_act():
    for model in (ChangeItem, Holding, PlanEntry, Person):
        created = LogEntry.objects.get_for_model(model).filter(action=LogEntry.Action.CREATE)
        assert created.count() >= model.objects.count()
        assert not created.filter(Q(actor__isnull=True) | Q(additional_data__act__isnull=True)).exists()


def test_a_second_run_says_so_and_adds_nothing():
    before = (User.objects.count(), Person.objects.count(), ChangeItem.objects.count(), LogEntry.objects.count())
    output = StringIO()
    call_command("load_demo", stdout=output)
    assert output.getvalue().splitlines() == ["Dữ liệu minh họa đã có sẵn, không nạp lại."]
    after = (User.objects.count(), Person.objects.count(), ChangeItem.objects.count(), LogEntry.objects.count())
    assert after == before


def test_demo_accounts_lists_name_role_scope_and_password():
    output = StringIO()
    call_command("demo_accounts", stdout=output)
    lines = output.getvalue().splitlines()
    assert len(lines) == len(DEMO_ACCOUNTS) + 1
    assert "lanhdao" in output.getvalue()
    assert "Người chuẩn y" in output.getvalue()
    assert all(DEMO_PASSWORD in line for line in lines[1:])
