"""What is exported and imported again gives the same register: the same summary, the same answers for every day."""

from datetime import date

import pytest
from auditlog.models import LogEntry
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from accounts.models import Assignment
from common.periods import Period
from common.statistics import refresh_statistics
from intake.actions import send_file, undo_import
from intake.kinds.changes import OF_THE_OFFICE
from intake.models import Import
from intake.registry import KINDS
from intake.workbooks import register_workbook
from intake.workflow import commit_file, read_file
from organizations.models import Body, Document, MemberCount, OrganizationVersion, PaperTemplate, Position, Term
from organizations.scope import Scope
from personnel.models import Discipline, Dossier, Holding, Membership
from planning.models import PlanApproval, PlanEntry
from planning.querysets import awaiting_approval, in_plan
from reports.choices import choose
from reports.summary import summarize
from reports.texts import summary_json
from tests.demo_data import demo_data  # noqa: F401
from tests.factories import office
from tests.intake.sheets import DAY, commit, read, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_data")]

DAYS = [date(year, month, day) for year in range(2020, 2027) for month, day in ((1, 1), (10, 15))]
PERSON = ("person__full_name", "person__birth_date", "person__card_number")


def test_export_and_import_give_the_same_register_and_a_second_import_changes_nothing():
    before = {year: figures_of(year) for year in (2021, 2022, 2023, 2025)}
    answers = {day: answers_for(day) for day in DAYS}
    exported = {kind.code: kind.export(Scope.everything(), DAY) for kind in KINDS.values()}
    files = {kind.code: workbook(kind, exported[kind.code]) for kind in KINDS.values()}

    empty_the_register()
    assert not Document.objects.exists()
    for kind in KINDS.values():
        commit(kind, understood(kind, files[kind.code]), by=office())
    refresh_statistics()

    assert {year: figures_of(year) for year in before} == before
    for day in DAYS:
        assert answers_for(day) == answers[day], day
    for kind in KINDS.values():
        assert in_any_order(kind.export(Scope.everything(), DAY)) == in_any_order(exported[kind.code])

    entries = LogEntry.objects.count()
    for kind in KINDS.values():
        listed = understood(kind, files[kind.code])
        assert {each.state.value for each in listed} == {"unchanged"}
        commit(kind, listed, by=office())
    assert LogEntry.objects.count() == entries


def understood(kind, content: bytes):
    return kind.understand(read(kind, content), scope=Scope.everything(), day=DAY)


def in_any_order(sheets: dict[str, list]) -> dict[str, list[str]]:
    return {name: sorted(map(str, rows)) for name, rows in sheets.items()}


def figures_of(year: int) -> dict:
    """Return the summary of the year, but for the identities of the records behind each figure, which may differ."""
    choices = choose(
        scope=Scope.everything(), period=Period.of_year(year), as_at=DAY, code="DEMO-KHOI", plan_term="2025-2030"
    )
    answer = summary_json(summarize(choices.frame))
    for figure in (*answer["figures"], answer["outside"]):
        figure.update({name: len(figure[name]) for name in ("records", "rows") if name in figure})
    return answer


def answers_for(day: date) -> dict[str, list]:
    """Return what the register answers for the day, without its own identities."""
    tree = OrganizationVersion.objects.as_of(day).select_related("organization").as_tree()
    place = ("body__term__organization__code", "body__kind", "body__term__label", "position")
    holdings, terms = Holding.objects.as_of(day), Term.objects.as_of(day)
    counts = MemberCount.objects.latest_by(day)
    ends = ("valid_from", "valid_to", "from_precision", "to_precision", "method", "elected_on", "end_reason")
    entry = (*PERSON, "organization__code", "position", "plan_term", "object_group", "introduced_on", "valid_to")
    entries = PlanEntry.objects.all()
    dossiers = Dossier.objects.opened_by(day).with_state_on(day).filter(kind__in=OF_THE_OFFICE)
    return {
        "tree": [(each.depth, each.organization.code, each.name) for each in tree],
        "bodies": sorted(Body.objects.as_of(day).values_list("term__organization__code", "kind", "authorized_size")),
        "seats": sorted(map(str, holdings.values_list(*PERSON, *place, *ends))),
        "unsure": sorted(map(str, holdings.unsure_on(day).values_list(*PERSON, *place))),
        "terms": sorted(map(str, terms.values_list("organization__code", "label", "ordinal", "opening", "valid_to"))),
        "counts": sorted(counts.values_list("organization__code", "official", "probationary")),
        "measures": sorted(map(str, Discipline.objects.as_of(day).values_list(*PERSON, "kind", "valid_to"))),
        "members": sorted(Membership.objects.as_of(day).values_list(*PERSON, "organization__code")),
        "in_plan": sorted(map(str, entries.filter(in_plan(day, day)).values_list(*entry))),
        "waiting": sorted(map(str, entries.filter(awaiting_approval(day, day)).values_list(*entry))),
        "plans": sorted(map(str, plans_by(day))),
        "dossiers": sorted(dossiers.values_list("year", "number", "kind", "state_on_day")),
        "documents": sorted(map(str, Document.objects.issued_by(day).values_list("type", "number", "issuer_name"))),
    }


def plans_by(day: date):
    plans = PlanApproval.objects.filter(submitted_on__lte=day).with_state_on(day)
    return plans.values_list("organization__code", "group", "round__plan_term", "submitted_on", "state_on_day")


def empty_the_register() -> None:
    """Delete everything but the catalogues, the rules and the accounts."""
    floors = ("reorganizations", "planning", "personnel", "organizations")
    gone = [model for app in floors for model in apps.get_app_config(app).get_models(include_auto_created=True)]
    with connection.cursor() as cursor:
        for model in (*gone, Assignment):
            if model not in (Position, PaperTemplate):
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")


def test_each_import_taken_back_leaves_every_table_as_it_was():
    by = office()
    files = {
        code: register_workbook(kind, kind.export(Scope.everything(), DAY), made_by="") for code, kind in KINDS.items()
    }
    empty_the_register()
    steps = []
    for code, kind in KINDS.items():
        before = register_tables()
        sent = send_file(kind, upload=SimpleUploadedFile(f"{code}.xlsx", files[code]), by=by)
        read_file(sent, by=by)
        steps.append((commit_file(sent, by=by), before))
        assert register_tables() != before

    for sent, before in reversed(steps):
        undo_import(sent, by=by, reason="Nhập thử")
        after = register_tables()
        assert [table for table in before if before[table] != after[table]] == [], sent.kind


def register_tables() -> dict[str, list]:
    """Return every row of every table but the journal's and the imports' own."""
    models = [each for each in apps.get_models(include_auto_created=True) if each not in (LogEntry, Import)]
    return {model._meta.db_table: sorted(model._base_manager.values_list(), key=repr) for model in models}
