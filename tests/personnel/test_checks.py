"""Each rule just inside and just outside its limit, with what it says and on what it rests."""

from datetime import date
from decimal import Decimal

import pytest

from common.errors import Blocked, NeedsExplanation
from organizations.actions import record_member_count
from personnel import actions
from personnel.actions import ItemDraft
from personnel.checks.bodies import months_before
from personnel.foresight import foresee
from personnel.models import Judgement, Vote
from regulations.models import Rule, RuleCode
from tests import factories
from tests.factories import appointment, release, seated

pytestmark = pytest.mark.django_db

MEMBER, STANDING, SECRETARY, DEPUTY = "committee_member", "standing_member", "secretary", "deputy_secretary"
INSPECTOR = "inspection_member"
MARCH, APRIL = date(2022, 3, 1), date(2022, 4, 1)
# A man born in 5/1975 works until 5/2037.


@pytest.fixture
def place():
    organization = factories.organization(factories.organization())
    factories.term(organization)
    return organization


@pytest.fixture
def someone(place):
    return factories.person(place, "Lê Văn An")


def said(place, *items: ItemDraft, day: date = MARCH, kind: str = "supplement", **more) -> dict[str, str]:
    """Return the messages of what rules say of the items, by the rule's code ("" for what the records alone prove)."""
    return {finding.rule: finding.message for finding in findings(place, *items, day=day, kind=kind, **more)}


def findings(place, *items, day=MARCH, kind="supplement", **more):
    return foresee(place, items, kind=kind, day=day, **more).findings


def test_an_ordinary_appointment_gives_nothing_to_say(place, someone):
    assert findings(place, appointment(someone)) == []


# Votes


@pytest.mark.parametrize(
    ("in_favour", "summoned", "excluded", "is_elected"),
    [(8, 15, 0, True), (7, 15, 0, False), (8, 14, 0, True), (7, 14, 0, False), (7, 15, 2, True), (6, 15, 2, False)],
)
def test_more_than_half_of_those_summoned_elect(place, someone, in_favour, summoned, excluded, is_elected):
    vote = factories.votes(in_favour, summoned, excluded)
    told = findings(place, appointment(someone, vote=vote, elected_on=MARCH, place="items-0"))

    assert (told == []) is is_elected
    if told:
        [finding] = told
        assert (finding.rule, finding.blocks, finding.place) == (RuleCode.VOTE_MAJORITY, True, "items-0")
        assert f"{in_favour}/{summoned - excluded} phiếu" in finding.message
        assert finding.verified
        assert finding.label


@pytest.mark.parametrize(("seats", "slate", "fits"), [(10, 13, True), (10, 14, False), (3, 3, True), (3, 4, False)])
def test_a_slate_has_at_most_thirty_per_cent_more_names_than_seats(place, someone, seats, slate, fits):
    vote = factories.votes(10, 15) | {"seats": seats, "slate": slate}
    told = findings(place, appointment(someone, vote=vote, elected_on=MARCH))

    assert [finding.rule for finding in told] == ([] if fits else [RuleCode.SLATE_SURPLUS_PERCENT])
    assert all(finding.warns for finding in told)


# Days


@pytest.mark.parametrize(("effect", "fits"), [(MARCH, True), (date(2022, 2, 28), False)])
def test_nothing_takes_effect_before_the_vote(place, someone, effect, fits):
    told = said(place, appointment(someone, elected_on=MARCH, proposed_on=effect))

    assert (RuleCode.EFFECTIVE_AFTER_ELECTION in told) is not fits
    if not fits:
        assert "28/02/2022" in told[RuleCode.EFFECTIVE_AFTER_ELECTION]
        assert "01/3/2022" in told[RuleCode.EFFECTIVE_AFTER_ELECTION]


@pytest.mark.parametrize(("elected_on", "fits"), [(MARCH, True), (date(2022, 3, 2), False)])
def test_a_vote_that_has_not_been_held_is_no_vote(place, someone, elected_on, fits):
    told = said(place, appointment(someone, elected_on=elected_on, proposed_on=date(2022, 4, 1)))

    assert (RuleCode.DATES_IN_ORDER in told) is not fits


@pytest.mark.parametrize(("day", "fits"), [(date(2024, 12, 15), True), (date(2024, 12, 16), False)])
def test_additions_stop_six_months_before_the_congress(place, someone, day, fits):
    told = findings(place, appointment(someone, proposed_on=day))  # the congress is planned for 15/6/2025

    assert [finding.rule for finding in told] == ([] if fits else [RuleCode.MONTHS_BEFORE_CONGRESS])
    assert all(finding.warns for finding in told)


def test_before_the_rule_of_2019_nobody_minds(place, someone):
    Rule.objects.filter(code=RuleCode.MONTHS_BEFORE_CONGRESS).update(valid_from=date(2025, 1, 1))

    assert findings(place, appointment(someone, proposed_on=date(2024, 12, 31))) == []
    assert findings(place, appointment(someone, proposed_on=date(2025, 1, 1))) != []


@pytest.mark.parametrize(
    ("day", "months", "earlier"),
    [
        (date(2025, 6, 15), 6, date(2024, 12, 15)),
        (date(2025, 8, 31), 6, date(2025, 2, 28)),
        (date(2024, 8, 31), 6, date(2024, 2, 29)),
        (date(2025, 1, 10), 12, date(2024, 1, 10)),
    ],
)
def test_months_are_reckoned_by_the_calendar(day, months, earlier):
    assert months_before(day, months) == earlier


# The seats


def test_a_second_secretary_is_refused(place, someone):
    sitting = factories.person(place, "Trần Văn Bình")
    for code in (MEMBER, SECRETARY):
        seated(sitting, place, code)
    seated(someone, place)

    told = said(place, appointment(someone, SECRETARY), day=date(2022, 6, 1))
    assert "đang do Trần Văn Bình giữ" in told[RuleCode.SECOND_OFFICER]


def test_a_secretary_is_a_member(place, someone):
    told = findings(place, appointment(someone, SECRETARY))

    [finding] = told
    assert (finding.rule, finding.blocks) == (RuleCode.OFFICER_IS_MEMBER, True)
    assert finding.label == "chưa kiểm chứng"
    assert findings(place, *(appointment(someone, code) for code in (MEMBER, STANDING, SECRETARY))) == []


def test_a_secretary_is_in_the_standing_committee_where_there_is_one(place, someone):
    [finding] = findings(place, appointment(someone), appointment(someone, SECRETARY, place="items-1"))
    assert (finding.rule, finding.warns, finding.place) == (RuleCode.OFFICER_IS_MEMBER, True, "items-1")
    assert finding.label == "chưa kiểm chứng"

    without = factories.organization(factories.organization())
    factories.term(without, standing=0)
    assert findings(without, appointment(someone), appointment(someone, SECRETARY)) == []


def test_a_secretary_does_not_leave_the_standing_committee_without_a_word(place, someone):
    for code in (MEMBER, STANDING, SECRETARY):
        seated(someone, place, code)

    told = said(place, release(someone, STANDING, release_reason="own_wish"), day=date(2022, 6, 1))
    assert "là Bí thư nhưng không ở trong Ban Thường vụ" in told[RuleCode.OFFICER_IS_MEMBER]


def test_whoever_holds_the_post_is_not_appointed_again(place, someone):
    seated(someone, place)

    assert RuleCode.ALREADY_HOLDS in said(place, appointment(someone), day=date(2022, 6, 1))


def test_the_committee_may_be_full_but_over_its_size_wants_a_reason(someone):
    small = factories.organization(factories.organization())
    factories.term(small, committee=2)
    seated(factories.person(small), small)

    assert findings(small, appointment(someone), day=date(2022, 6, 1)) == []
    [finding] = findings(small, appointment(someone), appointment(factories.person(small)), day=date(2022, 6, 1))
    assert (finding.rule, finding.warns) == (RuleCode.COMMITTEE_OVER_SIZE, True)
    assert "3 đồng chí, số lượng được duyệt là 2: vượt 1" in finding.message


# The organisation


@pytest.mark.parametrize(
    ("kind", "fits"), [("grassroots_committee", True), ("grassroots_cell", False), ("section_committee", False)]
)
def test_only_committees_of_the_grassroots_have_an_inspection_committee(kind, fits):
    organization = factories.organization(factories.organization(), kind=kind)
    factories.term(organization)

    told = findings(organization, appointment(factories.person(organization), INSPECTOR))
    assert [finding.rule for finding in told] == ([] if fits else [RuleCode.INSPECTION_COMMITTEE_ALLOWED])
    assert all(finding.label == "chưa kiểm chứng" for finding in told)


@pytest.mark.parametrize(("members", "fits"), [(9, True), (8, False), (None, True)])
def test_a_cell_has_a_committee_from_nine_official_members_on(members, fits):
    cell = factories.organization(factories.organization(), kind="grassroots_cell")
    factories.term(cell, committee=7, standing=0, inspection=0)
    if members is not None:
        record_member_count(cell, counted_on=MARCH, official=members, probationary=5, by=factories.office())

    told = said(cell, appointment(factories.person(cell)))
    assert (RuleCode.CELL_COMMITTEE_MIN_MEMBERS in told) is not fits


@pytest.mark.parametrize(("sitting", "fits"), [(6, True), (7, False)])
def test_a_cell_has_a_committee_of_at_most_seven(sitting, fits):
    cell = factories.organization(factories.organization(), kind="grassroots_cell")
    factories.term(cell, committee=9, standing=0, inspection=0)
    for _ in range(sitting):
        seated(factories.person(cell), cell)

    told = said(cell, appointment(factories.person(cell)), day=date(2022, 6, 1))
    assert (RuleCode.CELL_COMMITTEE_MAX in told) is not fits


# The person


@pytest.mark.parametrize(("day", "fits"), [(date(2032, 5, 31), True), (date(2032, 6, 1), False)])
def test_whoever_comes_in_works_another_sixty_months(day, fits):
    place = factories.organization(factories.organization())
    factories.term(place, begins=date(2030, 6, 15))
    told = findings(place, appointment(factories.person(place), proposed_on=day), day=day)

    assert [finding.rule for finding in told] == ([] if fits else [RuleCode.NOMINATION_MONTHS_LEFT])
    for finding in told:
        assert "nghỉ hưu tháng 5/2037, còn 59 tháng" in finding.message
        assert (finding.warns, finding.label) == (True, "chưa kiểm chứng")  # the table of ages is reckoned, not read


@pytest.mark.parametrize(("born", "fits"), [(date(1967, 5, 1), True), (date(1967, 4, 30), False)])
def test_whoever_is_re_elected_works_another_forty_eight(place, born, fits):
    sitting = factories.person(place, birth_date=born)  # works until 5/2029 or 4/2029
    seated(sitting, place)
    congress = factories.congress_fields(date(2025, 5, 20), ordinal=8)
    item = appointment(sitting, method="congress", elected_on=date(2025, 5, 20))

    told = findings(place, item, kind="congress", congress=congress, day=date(2025, 5, 20))
    assert [finding.rule for finding in told] == ([] if fits else [RuleCode.REELECTION_MONTHS_LEFT])


def test_whoever_left_before_the_congress_is_newly_nominated(place):
    """With 50 months left: enough to be re-elected, not to be nominated."""
    day = date(2025, 5, 20)
    sitting, former = (factories.person(place, birth_date=date(1967, 7, 1)) for _ in range(2))
    for each in (sitting, former):
        seated(each, place)
    factories.confirmed(place, release(former, release_reason="own_wish", proposed_on=date(2022, 6, 1)))
    items = [appointment(each, method="congress", elected_on=day) for each in (sitting, former)]

    told = findings(place, *items, kind="congress", congress=factories.congress_fields(day, ordinal=8), day=day)
    assert [finding.rule for finding in told] == [RuleCode.NOMINATION_MONTHS_LEFT]
    assert former.full_name in told[0].message


def test_a_decision_on_retirement_goes_before_the_table(place, someone):
    someone.retires_on, someone.retires_on_source = date(2024, 1, 31), "Quyết định nghỉ hưu"
    someone.save()

    [finding] = findings(place, appointment(someone))
    assert "nghỉ hưu tháng 1/2024, còn 22 tháng" in finding.message
    assert finding.verified


def test_of_a_year_of_birth_alone_the_earliest_month_is_reckoned(place):
    [finding] = findings(
        place,
        appointment(factories.person(place, birth_date=date(1965, 1, 1), birth_precision="year")),
        day=MARCH,
    )

    assert "có thể nghỉ hưu từ tháng" in finding.message


def test_an_officer_is_not_asked_for_working_time_again(place):
    elder = factories.person(place, birth_date=date(1963, 5, 1))
    seated(elder, place)

    assert findings(place, appointment(elder, DEPUTY), day=date(2022, 6, 1)) == []


@pytest.mark.parametrize(("ends", "fits"), [(date(2022, 3, 1), True), (date(2022, 3, 2), False), (None, False)])
def test_whoever_is_under_a_measure_comes_in_for_a_reason(place, someone, ends, fits):
    actions.discipline(someone, kind="warning", valid_from=date(2021, 6, 1), valid_to=ends, by=factories.office())

    told = findings(place, appointment(someone))
    assert [finding.rule for finding in told] == ([] if fits else [RuleCode.DISCIPLINED_PERSON])
    for finding in told:
        assert "cảnh cáo" in finding.message
    assert RuleCode.DISCIPLINED_PERSON not in said(place, release(someone))  # who leaves is not asked


# What is recorded


@pytest.fixture
def crowded(someone):
    """A committee of one seat that is taken; adding somebody is warned of."""
    small = factories.organization(factories.organization())
    factories.term(small, committee=1)
    seated(factories.person(small), small)
    return small


def test_a_warning_wants_an_explanation(crowded, someone):
    dossier = factories.dossier(crowded, appointment(someone))

    with pytest.raises(NeedsExplanation, match="vượt 1"):
        actions.submit(dossier, by=factories.office(), on=APRIL, explanation="  ")
    dossier.refresh_from_db()
    assert (dossier.state, Judgement.objects.filter(dossier=dossier).exists()) == ("draft", False)

    actions.submit(dossier, by=factories.office(), on=APRIL, explanation="Cấp trên đã đồng ý")
    [judgement] = dossier.judgements.all()
    assert (judgement.rule, judgement.stage) == (RuleCode.COMMITTEE_OVER_SIZE, "submission")
    assert (judgement.explanation, judgement.judged_on) == ("Cấp trên đã đồng ý", APRIL)


def test_a_warning_that_arises_at_the_confirmation_wants_an_explanation_too(someone):
    """Two dossiers fill the last seat, each by itself within the size."""
    small = factories.organization(factories.organization())
    factories.term(small, committee=1)
    first, second = (factories.submitted(small, appointment(each)) for each in (someone, factories.person(small)))
    actions.confirm(first, by=factories.superior(), decision=factories.document())

    with pytest.raises(NeedsExplanation, match="vượt 1"):
        actions.confirm(second, by=factories.superior(), decision=factories.document(), explanation=" ")
    actions.confirm(second, by=factories.superior(), decision=factories.document(), explanation="Cấp trên đồng ý")
    assert second.judgements.get(stage="confirmation").explanation == "Cấp trên đồng ý"


def test_what_was_explained_at_submission_is_not_asked_again(crowded, someone):
    dossier = factories.submitted(crowded, appointment(someone), on=date(2022, 3, 20))

    actions.confirm(dossier, by=factories.superior(), decision=factories.document(issued_on=APRIL))
    assert dossier.judgements.filter(stage="confirmation").exists()


def test_a_judgement_keeps_its_words_when_the_rule_changes(crowded, someone):
    dossier = factories.submitted(crowded, appointment(someone), on=APRIL)
    before = dossier.judgements.values_list("severity", "message", "source", "validity", "verified").get()

    rule = Rule.objects.get(code=RuleCode.COMMITTEE_OVER_SIZE)
    rule.severity, rule.grade, rule.statement = "block", "M", "Đã sửa"
    rule.save()

    assert dossier.judgements.values_list("severity", "message", "source", "validity", "verified").get() == before


def test_the_rule_of_the_day_of_the_act_judges(place, someone):
    rule = Rule.objects.get(code=RuleCode.SLATE_SURPLUS_PERCENT)
    rule.valid_to = date(2022, 3, 1)
    rule.save()
    Rule.objects.create(
        code=rule.code,
        statement="Số dư không quá 50 %.",
        value=Decimal(50),
        unit="%",
        severity="block",
        grade="B",
        valid_from=date(2022, 3, 1),
    )
    vote = factories.votes(10, 15) | {"seats": 10, "slate": 14}
    item = {"vote": vote, "elected_on": date(2022, 2, 1)}

    assert said(place, appointment(someone, proposed_on=date(2022, 2, 28), **item)) != {}
    assert said(place, appointment(someone, proposed_on=date(2022, 3, 1), **item)) == {}


def test_what_blocks_is_not_submitted(place, someone):
    dossier = factories.dossier(place, appointment(someone, SECRETARY))

    with pytest.raises(Blocked, match="chưa là cấp ủy viên"):
        actions.submit(dossier, by=factories.office(), on=APRIL, explanation="Vẫn trình")


def test_a_vote_knows_its_base():
    assert Vote(summoned=15, excluded=2).base == 13
