"""Administrators edit the catalogues; each change goes to the journal under their name."""

from datetime import date

import pytest
from auditlog.models import LogEntry
from django.urls import reverse

from accounts.roles import Role
from regulations.models import CalendarDay, RetirementAge, Rule
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def bloc():
    return factories.organization()


@pytest.fixture
def administrator(client, bloc):
    client.user = factories.user(Role.ADMINISTRATOR, bloc)
    client.force_login(client.user)
    return client


@pytest.fixture
def rule() -> Rule:
    return Rule.objects.get(code="slate_surplus_percent")


def address(model, page, *args):
    return reverse(f"admin:regulations_{model._meta.model_name}_{page}", args=args)


def typed(rule: Rule, **changes) -> dict[str, object]:
    """Return what the form of a rule sends."""
    names = ("code", "statement", "value", "unit", "severity", "grade", "citation", "article", "valid_from", "valid_to")
    return {name: getattr(rule, name) or "" for name in names} | changes


def last_entry(row) -> LogEntry:
    return LogEntry.objects.get_for_object(row).order_by("pk").last()


@pytest.mark.parametrize("model", [Rule, RetirementAge, CalendarDay])
def test_every_page_opens(administrator, model):
    pk = model.objects.first().pk

    for page in (address(model, "changelist"), address(model, "add"), address(model, "change", pk)):
        assert administrator.get(page).status_code == 200


@pytest.mark.parametrize("role", [role for role in Role.values if role != Role.ADMINISTRATOR])
@pytest.mark.parametrize("model", [Rule, RetirementAge, CalendarDay])
def test_they_do_not_exist_for_others(client, bloc, role, model):
    client.force_login(factories.user(role, bloc))

    assert client.get(address(model, "changelist")).status_code == 404


def test_a_rule_is_changed_but_stays_the_same_rule(administrator, rule):
    response = administrator.post(
        address(Rule, "change", rule.pk), typed(rule, value="20", severity="block", code="vote_majority")
    )

    assert response.status_code == 302, response.context["errors"]
    rule.refresh_from_db()
    assert (rule.code, rule.value, rule.severity) == ("slate_surplus_percent", 20, "block")
    entry = last_entry(rule)
    assert entry.actor == administrator.user
    assert entry.additional_data == {"act": "Sửa quy định"}
    assert entry.changes["value"] == ["30.00", "20"]


def test_a_rule_is_followed_by_a_new_one(administrator, rule):
    ended = administrator.post(address(Rule, "change", rule.pk), typed(rule, valid_to="08/10/2025"))
    added = administrator.post(address(Rule, "add"), typed(rule, value="20", valid_from="08/10/2025"))

    assert (ended.status_code, added.status_code) == (302, 302)
    assert Rule.objects.as_of(date(2025, 10, 7)).get(code=rule.code).value == 30
    assert Rule.objects.as_of(date(2025, 10, 8)).get(code=rule.code).value == 20


def test_a_target_of_the_office_is_set_and_followed_by_another(administrator):
    typed_in = {
        "code": "committee_women_percent",
        "statement": "Nữ từ 15% trở lên trong cấp ủy.",
        "value": "15",
        "unit": "%",
        "severity": "info",
        "grade": "M",
        "valid_from": "01/01/2020",
    }
    first = administrator.post(address(Rule, "add"), typed_in)
    target = Rule.objects.get(code="committee_women_percent")
    administrator.post(address(Rule, "change", target.pk), typed(target, valid_to="01/06/2025"))
    second = administrator.post(address(Rule, "add"), typed_in | {"value": "20", "valid_from": "01/06/2025"})

    assert (first.status_code, second.status_code) == (302, 302)
    assert last_entry(target).actor == administrator.user
    assert Rule.objects.as_of(date(2025, 5, 31)).get(code=target.code).value == 15
    assert Rule.objects.as_of(date(2025, 6, 1)).get(code=target.code).value == 20


def test_a_target_that_is_no_percentage_is_refused_in_words(administrator):
    typed_in = {"code": "committee_women_percent", "statement": "Có 3 nữ.", "value": "3", "unit": "người"}

    page = administrator.post(
        address(Rule, "add"), typed_in | {"severity": "info", "grade": "M", "valid_from": "01/01/2020"}
    )

    assert "trên 0 và không quá 100" in page.content.decode()


def test_an_overlap_is_refused_in_words(administrator, rule):
    later = Rule.objects.create(
        **{name: value for name, value in typed(rule).items() if name not in ("value", "valid_from", "valid_to")},
        value=20,
        valid_from=date(2014, 1, 1),
        valid_to=rule.valid_from,
    )

    added = administrator.post(address(Rule, "add"), typed(rule, valid_from="01/01/2020"))
    changed = administrator.post(address(Rule, "change", later.pk), typed(later, valid_to=""))

    assert "đã có nội dung khác cùng thời gian" in added.content.decode()
    assert "đã có nội dung khác cùng thời gian" in changed.content.decode()


def test_no_rule_is_deleted(administrator, rule):
    assert administrator.post(address(Rule, "delete", rule.pk), {"post": "yes"}).status_code == 403
    assert Rule.objects.filter(pk=rule.pk).exists()


def test_the_list_shows_no_unverified_document(administrator, rule):
    Rule.objects.filter(pk=rule.pk).update(citation="Quy định 1-QĐ/TU", grade="C")

    page = administrator.get(address(Rule, "changelist")).content.decode()

    assert "Quy định 1-QĐ/TU" not in page
    assert "chưa kiểm chứng" in page


def test_a_holiday_is_entered(administrator):
    administrator.post(address(CalendarDay, "add"), {"day": "01/02/2022", "kind": "holiday", "name": "Tết Nguyên đán"})

    entered = CalendarDay.objects.get(day=date(2022, 2, 1))
    assert last_entry(entered).actor == administrator.user


def test_days_of_the_calendar_are_deleted_under_a_name(administrator):
    first, second = CalendarDay.objects.all()[:2]

    administrator.post(address(CalendarDay, "delete", first.pk), {"post": "yes"})
    selected = {"action": "delete_selected", "_selected_action": [second.pk], "post": "yes"}
    administrator.post(address(CalendarDay, "changelist"), selected)

    deleted = LogEntry.objects.get_for_model(CalendarDay).filter(action=LogEntry.Action.DELETE)
    assert set(deleted.values_list("object_pk", "actor")) == {
        (str(row.pk), administrator.user.pk) for row in (first, second)
    }


def test_a_retirement_age_of_half_a_month_is_refused_in_words(administrator):
    age = {"gender": "male", "valid_from": "15/12/1960", "valid_to": "01/01/1961", "months": "720", "grade": "D"}

    page = administrator.post(address(RetirementAge, "add"), age).content.decode()

    assert "Cả hai ngày phải là ngày đầu tháng" in page
