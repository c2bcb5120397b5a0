"""Dossiers brought from state to state, and what is sent with each page on which one moves on."""

from auditlog.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from common.periods import today
from organizations.models import Document, Organization
from personnel import actions
from personnel.models import Dossier, Holding
from tests import factories
from tests.pages import signed_in

STATES = ("draft", "submitted", "confirmed", "refused", "withdrawn")
ACTS = {  # name of the page: by whom, from which states, to which
    "dossier_submit": ("drafters", {"draft"}, "submitted"),
    "dossier_withdraw": ("drafters", {"draft", "submitted"}, "withdrawn"),
    "dossier_confirm": ("deciders", {"submitted"}, "confirmed"),
    "dossier_return": ("deciders", {"submitted"}, "draft"),
    "dossier_refuse": ("deciders", {"submitted"}, "refused"),
}
DRAFTERS = ("board", "clerk", "drafter")
DECIDERS = ("confirmer",)
HOLDERS = {"drafters": DRAFTERS, "deciders": DECIDERS}
WITHOUT_THE_ROLE = {  # whose roles do not open the page at all
    "drafters": {"confirmer", "leader", "administrator", "nobody"},
    "deciders": {"board", "clerk", "clerk_elsewhere", "inspection", "leader", "administrator", "nobody"},
}
EVERYBODY = (*DRAFTERS, *DECIDERS, "clerk_elsewhere", "inspection", "leader", "administrator", "nobody")


def draft(grassroots: Organization, users: dict[str, User], *items, **fields) -> Dossier:
    items = items or [factories.appointment(factories.person(grassroots, "Đỗ Thị Hòa"))]
    return factories.dossier(grassroots, *items, by=users["drafter"], opened_on=today(), **fields)


def brought_to(state: str, dossier: Dossier, users: dict[str, User]) -> Dossier:
    """Bring a draft to the state, by the actions."""
    if state in ("submitted", "confirmed", "refused"):
        actions.submit(dossier, by=users["drafter"], explanation=factories.EXPLANATION)
    if state == "confirmed":
        issuer = dossier.organization.parent
        actions.confirm(dossier, by=users["confirmer"], decision=factories.document(issuer, today()))
    if state == "refused":
        actions.refuse(dossier, by=users["confirmer"], reason="Chưa đủ điều kiện")
    if state == "withdrawn":
        actions.withdraw(dossier, by=users["drafter"], reason="Lập nhầm")
    return Dossier.objects.get(pk=dossier.pk)


def url_of(page: str, dossier: Dossier) -> str:
    return reverse(f"personnel:{page}", args=[dossier.pk])


def filled_in(page: str, dossier: Dossier, **fields) -> dict[str, object]:
    """Return what a user sends with this page."""
    if page == "dossier_confirm":
        accepted = [item.pk for item in dossier.items.all()]
        day = f"{today():%d/%m/%Y}"
        new = {"number": "17", "symbol": "ĐUK", "issued_on": day, "signed_by": "Bùi Văn Ký", "summary": "Chuẩn y"}
        return {"accepted": accepted, "source": "new"} | new | fields
    if page == "dossier_submit":
        return {"explanation": ""} | fields
    return {"reason": "Thiếu biên bản kiểm phiếu"} | fields


def written() -> tuple:
    """Return what changes as soon as anything is written."""
    states = list(Dossier.objects.order_by("pk").values_list("state", "reason", "submitted_on", "decided_on"))
    return states, LogEntry.objects.count(), Document.objects.count(), Holding.objects.count()


def sentences_of(client: Client, url: str) -> list[str]:
    """Return the messages that the next page shows."""
    return [str(message) for message in client.get(url).context["messages"]]


def newcomers(grassroots: Organization, count: int) -> list:
    return [factories.appointment(factories.person(grassroots)) for _ in range(count)]


def count_posted(user: User, page: str, dossier: Dossier) -> int:
    client = signed_in(user)
    sent = filled_in("dossier_confirm", dossier)
    client.post(url_of(page, dossier), sent)
    with CaptureQueriesContext(connection) as queries:
        client.post(url_of(page, dossier), sent)
    return len(queries)
