"""A rule is chosen by the day of the act that it judges, and is shown as a rule only when it is verified."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from regulations.findings import Severity
from regulations.models import OFFICE_TARGETS, Grade, Rule, RuleCode
from regulations.rulebook import Rulebook

CODE = RuleCode.SLATE_SURPLUS_PERCENT
CHANGES = date(2025, 10, 8)
DAY_BEFORE = date(2025, 10, 7)


@pytest.fixture
def changed_rule(db) -> tuple[Rule, Rule]:
    """One rule before and after the day on which it changes."""
    Rule.objects.filter(code=CODE).delete()
    former = rule(valid_from=date(2021, 12, 27), valid_to=CHANGES, value=Decimal(30), citation="Quy định 1-QĐ/TU")
    later = rule(valid_from=CHANGES, value=Decimal(20), citation="Quy định 2-QĐ/TU", article="Điều 4")
    former.save()
    later.save()
    return former, later


def rule(**fields) -> Rule:
    defaults = {"code": CODE, "statement": "Số dư có giới hạn.", "unit": "%", "severity": "warn", "grade": Grade.TEXT}
    return Rule(**(defaults | fields))


@pytest.mark.parametrize(
    ("day", "value", "source", "validity"),
    [
        (date(2021, 12, 27), 30, "Quy định 1-QĐ/TU", "từ 27/12/2021 đến hết 07/10/2025"),
        (DAY_BEFORE, 30, "Quy định 1-QĐ/TU", "từ 27/12/2021 đến hết 07/10/2025"),
        (CHANGES, 20, "Quy định 2-QĐ/TU, Điều 4", "từ 08/10/2025"),
    ],
)
def test_the_rule_of_the_day_is_chosen(changed_rule, day, value, source, validity):
    rulebook = Rulebook.of(day)

    finding = rulebook.finding(CODE, "Số dư vượt giới hạn.")

    assert rulebook.value(CODE) == value
    assert (finding.source, finding.validity) == (source, validity)


def test_nothing_is_found_while_no_rule_is_in_force(changed_rule):
    rulebook = Rulebook.of(date(2021, 12, 26))

    assert rulebook.get(CODE) is None
    assert rulebook.value(CODE) is None
    assert rulebook.finding(CODE, "Số dư vượt giới hạn.") is None


def test_a_rule_without_a_number_has_no_value(db):
    assert Rulebook.of(CHANGES).value(RuleCode.VOTE_MAJORITY) is None


def test_all_rules_of_a_day_take_one_query(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        rulebook = Rulebook.of(CHANGES)
        for code in RuleCode:
            rulebook.finding(code, "…")

    assert set(rulebook.rules) == set(RuleCode) - set(OFFICE_TARGETS)


def test_a_finding_carries_what_its_rule_says(changed_rule):
    finding = Rulebook.of(CHANGES).finding(CODE, "Số dư vượt giới hạn.", field="item-3-vote")

    assert finding.severity is Severity.WARN
    assert finding.message == "Số dư vượt giới hạn."
    assert finding.rule == "slate_surplus_percent"
    assert finding.place == "item-3-vote"
    assert finding.verified


def test_the_severity_can_be_another_than_the_rules(changed_rule):
    finding = Rulebook.of(CHANGES).finding(CODE, "…", severity=Severity.INFO)

    assert finding.severity is Severity.INFO


def test_changing_a_rule_does_not_alter_a_finding_already_made(changed_rule):
    _, later = changed_rule
    finding = Rulebook.of(CHANGES).finding(CODE, "…")

    later.citation, later.severity = "Quy định 3-QĐ/TU", "block"
    later.save()

    assert (finding.source, finding.severity) == ("Quy định 2-QĐ/TU, Điều 4", Severity.WARN)
    assert Rulebook.of(CHANGES).finding(CODE, "…").source == "Quy định 3-QĐ/TU, Điều 4"


@pytest.mark.parametrize("grade", [Grade.SECONDARY, Grade.DERIVED, Grade.MEMORY])
def test_an_unverified_rule_shows_neither_its_document_nor_its_validity(changed_rule, grade):
    Rule.objects.filter(code=CODE).update(grade=grade)

    finding = Rulebook.of(CHANGES).finding(CODE, "…")

    assert not finding.verified
    assert (finding.label, finding.source, finding.validity) == ("chưa kiểm chứng", "chưa kiểm chứng", "")


@pytest.mark.parametrize("grade", [Grade.TEXT, Grade.OFFICIAL])
def test_a_verified_rule_without_a_document_shows_its_own_words(changed_rule, grade):
    Rule.objects.filter(code=CODE).update(grade=grade, citation="", article="")

    assert Rulebook.of(CHANGES).finding(CODE, "…").label == "Số dư có giới hạn."


def test_a_rule_that_the_records_prove_cites_nothing(changed_rule):
    Rule.objects.filter(code=CODE).update(grade=Grade.RECORDS)

    finding = Rulebook.of(CHANGES).finding(CODE, "…")

    assert finding.verified
    assert (finding.label, finding.validity) == ("", "")


@pytest.mark.parametrize(
    ("grade", "citation", "source"),
    [
        (Grade.TEXT, "Nghị quyết 1-NQ/ĐU", "Nghị quyết 1-NQ/ĐU"),
        (Grade.OFFICIAL, "", "chưa kiểm chứng"),
        (Grade.MEMORY, "Nghị quyết 1-NQ/ĐU", "chưa kiểm chứng"),
        (Grade.RECORDS, "Nghị quyết 1-NQ/ĐU", "chưa kiểm chứng"),
    ],
)
def test_a_target_of_an_office_is_verified_by_its_document_alone(grade, citation, source):
    target = rule(code=RuleCode.COMMITTEE_WOMEN_PERCENT, value=Decimal(15), grade=grade, citation=citation)

    assert target.source == source
    assert target.is_verified is (source == citation)


@pytest.mark.parametrize(
    ("start_is_known", "valid_to", "words"),
    [
        (True, None, "từ 01/02/2020"),
        (True, CHANGES, "từ 01/02/2020 đến hết 07/10/2025"),
        (False, CHANGES, "đến hết 07/10/2025"),
        (False, None, "đang áp dụng"),
    ],
)
def test_validity_in_words_names_only_days_that_are_known(start_is_known, valid_to, words):
    assert rule(valid_from=date(2020, 2, 1), valid_to=valid_to, start_is_known=start_is_known).validity == words


@pytest.mark.parametrize(
    ("value", "words"),
    [("30.00", "30 %"), ("2.50", "2,5 %"), ("0.25", "0,25 %"), ("100", "100 %"), ("0", "0 %"), (None, "")],
)
def test_a_threshold_is_written_as_people_write_it(value, words):
    assert rule(value=value and Decimal(value)).threshold == words


def test_an_overlap_is_told_in_words(changed_rule):
    with pytest.raises(ValidationError, match="nội dung khác cùng thời gian"):
        rule(valid_from=DAY_BEFORE, value=Decimal(10)).full_clean()
