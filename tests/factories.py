"""What tests are made of: one function for each thing, with defaults that need no thought.

Everything that the product writes through an action is made by that action here too, so a factory cannot make a record
that the product would refuse. Acts are done by `office()`, an account that may do everything; the decision on a dossier
is taken by `superior()`, for whoever drafts may not decide. Days default to the term 2020-2025:

    bloc = organization()                                   # a root
    grassroots = organization(bloc)                         # a đảng bộ cơ sở beneath it
    seats = term(grassroots)                                # a term with its three bodies
    someone = person(grassroots, "Nguyễn Văn An")
    holding = seated(someone, grassroots, "committee_member", on=date(2021, 3, 1))
"""

from datetime import date
from itertools import count

from accounts.models import Assignment, User
from accounts.roles import Role
from organizations.actions import establish_organization, next_number, open_term, record_document
from organizations.models import (
    BodyKind,
    Document,
    Organization,
    OrganizationKind,
    Position,
    Reorganization,
    Term,
)
from organizations.scope import Right, Scope
from personnel import actions as personnel
from personnel.actions import ItemDraft
from personnel.models import ChangeItem, Dossier, Holding, Person
from planning import actions as planning
from planning.models import BallotStep, PlanApproval, PlanEntry, PlanningRound, PositionGroup
from reorganizations import actions as reorganizations
from reorganizations.drafts import Draft, Successor, TermDraft

STANDS_FROM = date(2015, 1, 1)
TERM_BEGINS = date(2020, 6, 15)
TERM_ENDS = date(2025, 6, 15)
SUBMITTED, DECIDED = date(2022, 2, 15), date(2022, 3, 10)
EXPLANATION = "Theo đề nghị của cấp ủy"  # in case a rule warns

_serial = count(1)


# Users


def user(role: str | None = Role.ORGANIZATION_BOARD, organization: Organization | None = None, **fields) -> User:
    """Return a user who holds `role` over `organization` and all beneath it; without either, a user without rights.

    `sees_plans` goes to the assignment, other fields to the user. There is no password: sign in with `force_login`.
    """
    sees_plans = fields.pop("sees_plans", False)
    fields.setdefault("username", f"user{next(_serial)}")
    fields.setdefault("full_name", "Trần Thị Bình")
    made = User.objects.create_user(**fields)
    if role and organization:
        Assignment.objects.create(user=made, role=role, organization=organization, sees_plans=sees_plans)
    return made


def _omnipotent(username: str) -> User:
    made, _ = User.objects.get_or_create(username=username, defaults={"full_name": username})
    made.__dict__["scope"] = Scope.everything()  # in place of what its (no) roles would give
    return made


def office() -> User:
    """Return the account that enters and submits everything in these tests; it holds every right, by no role."""
    return _omnipotent("office")


def superior() -> User:
    """Return the account that decides in these tests; it holds every right, by no role."""
    return _omnipotent("superior")


def holder_of(*rights: Right, path: str = "/") -> User:
    """Return a user who holds just these rights over the organisations at and beneath `path`."""
    made = user(role=None)
    made.__dict__["scope"] = Scope.of((right, [path]) for right in rights)
    return made


# Organisations, terms, documents


def organization(
    parent: Organization | None = None, kind: str | None = None, valid_from: date = STANDS_FROM, **fields
) -> Organization:
    """Return an organisation beneath `parent`: a bloc at the top, a đảng bộ cơ sở beneath, unless `kind` says other."""
    number = next(_serial)
    kind = kind or (OrganizationKind.GRASSROOTS_COMMITTEE if parent else OrganizationKind.BLOC)
    fields.setdefault("name", f"Đảng bộ {'Sở' if parent else 'Khối'} số {number}")
    fields.setdefault("code", f"TC{number}")
    return establish_organization(parent=parent, kind=kind, valid_from=valid_from, by=office(), **fields)


def term(
    of: Organization,
    begins: date = TERM_BEGINS,
    planned_end: date | None = None,
    *,
    committee: int = 15,
    standing: int = 5,
    inspection: int = 5,
    ordinal: int = 7,
) -> Term:
    """Return a term of the organisation with its bodies; a size of 0 leaves the body out. Closes the term before."""
    planned_end = planned_end or begins.replace(year=begins.year + 5)
    sizes = {BodyKind.COMMITTEE: committee, BodyKind.STANDING: standing, BodyKind.INSPECTION: inspection}
    label = f"{begins.year}-{planned_end.year}"
    return open_term(of, label=label, ordinal=ordinal, congress_on=begins, planned_end=planned_end, sizes=sizes)


def document(
    issuer: Organization | None = None,
    issued_on: date = DECIDED,
    type: str = "QĐ",
    number: int | None = None,
    **fields,
) -> Document:
    """Return a document: of `issuer` with its next free number (it needs a term on that day), or of the Tỉnh ủy."""
    if issuer is None:
        number = number or next(_serial)
        fields = {"issuer_name": "Ban Thường vụ Tỉnh ủy", "issuer_level": 2, "symbol": "TU"} | fields
    else:
        number = number or next_number(issuer, type, issued_on)
        fields = {"symbol": "ĐUK"} | fields
    fields.setdefault("summary", "Về công tác cán bộ")
    return record_document(type=type, number=number, issued_on=issued_on, issuer=issuer, by=office(), **fields)


# Reorganisations


def reorganize(kind: str, *sources: Organization, on: date = DECIDED, decision: Document | None = None, **fields):
    """Return the act of this kind on the sources; `fields` are those of its draft, and `explanation`."""
    explanation = fields.pop("explanation", EXPLANATION)
    draft = Draft(kind, on, sources, **fields)
    decision = decision or document(issued_on=on)
    return reorganizations.reorganize(draft, decision=decision, by=office(), explanation=explanation)


def successor(parent: Organization | None, code: str = "", **fields) -> Successor:
    """Return an organisation to be established beneath `parent`, for the draft of a reorganisation."""
    code = code or f"MOI{next(_serial)}"
    defaults = {"name": f"Đảng bộ mới {code}", "kind": OrganizationKind.GRASSROOTS_COMMITTEE}
    return Successor(code=code, parent=parent, **(defaults | fields))


def first_term(on: date = DECIDED, **sizes: int) -> TermDraft:
    """Return the term that a designation opens: of a committee of 9, unless `sizes` say other."""
    end = on.replace(year=on.year + 3)
    return TermDraft(f"{on.year}-{end.year}", end, sizes or {BodyKind.COMMITTEE: 9})


def reorganization(of: Organization, on: date = DECIDED, heir: Organization | None = None) -> Reorganization:
    """Return the act by which the organisation was merged into another one, `heir`."""
    heir = heir or organization(of.parent)
    return reorganize(Reorganization.Kind.MERGED, of, on=on, successors=(Successor(heir),))


# People and the seats that they hold


def person(member_of: Organization, full_name: str | None = None, member_from: date = STANDS_FROM, **fields) -> Person:
    """Return a person who has been a member of the organisation since `member_from`."""
    full_name = full_name or f"Nguyễn Văn An {next(_serial)}"
    defaults = {"birth_date": date(1975, 5, 20), "gender": "male"}
    return personnel.register_person(
        organization=member_of, member_from=member_from, by=office(), full_name=full_name, **(defaults | fields)
    )


def position(code: str) -> Position:
    return Position.objects.get(pk=code)


def appointment(person: Person, code: str = Position.COMMITTEE_MEMBER, **fields) -> ItemDraft:
    """Return an item that appoints the person, by designation unless `method` says other."""
    fields.setdefault("method", "designation")
    return ItemDraft(act="appoint", person=person, position=position(code), **fields)


def release(person: Person, code: str = Position.COMMITTEE_MEMBER, **fields) -> ItemDraft:
    """Return an item that releases the person, for retirement unless `release_reason` says other."""
    fields.setdefault("release_reason", "retirement")
    return ItemDraft(act="release", person=person, position=position(code), **fields)


def annulment(of: ChangeItem) -> ItemDraft:
    """Return an item of a correction which says that `of` never took place."""
    return ItemDraft(act="annul", person=of.person, position=of.position, corrects=of)


def votes(in_favour: int, summoned: int, excluded: int = 0) -> dict[str, int | str]:
    """Return the numbers of a vote in which everybody summoned and not excluded was there and voted validly."""
    came = summoned - excluded
    return {
        "summoned": summoned,
        "excluded": excluded,
        "excluded_reason": "Vắng có lý do" if excluded else "",
        **dict.fromkeys(("present", "issued", "collected", "valid"), came),
        "in_favour": in_favour,
    }


def dossier(of: Organization, *items: ItemDraft, kind: str = Dossier.Kind.SUPPLEMENT, **fields) -> Dossier:
    """Return a draft with the items, drafted by `office()` unless `by` says other."""
    fields = {"by": office(), "opened_on": date(2022, 2, 1)} | fields
    return personnel.draft(of, kind=kind, items=items, **fields)


def submitted(of: Organization, *items: ItemDraft, on: date = SUBMITTED, **fields) -> Dossier:
    """Return a submitted dossier with the items; submitted on a later day than `on` when a vote was held later."""
    made = dossier(of, *items, **fields)
    on = max([on, *(item.elected_on for item in items if item.elected_on)])
    personnel.submit(made, by=office(), on=on, explanation=EXPLANATION)
    return Dossier.objects.get(pk=made.pk)


def confirmed(of: Organization, *items: ItemDraft, on: date = DECIDED, refused=(), **fields) -> Dossier:
    """Return a dossier with the items, confirmed by a decision of the day `on`."""
    made = submitted(of, *items, on=min(SUBMITTED, on), **fields)
    decision = document(issued_on=on)
    personnel.confirm(made, by=superior(), decision=decision, refused=refused, explanation=EXPLANATION)
    return Dossier.objects.get(pk=made.pk)


def correction(of: Dossier, *items: ItemDraft, on: date = date(2022, 9, 1)) -> Dossier:
    """Return a confirmed correction of the dossier."""
    return confirmed(of.organization, *items, kind=Dossier.Kind.CORRECTION, corrects=of, on=on)


def congress_fields(on: date = TERM_BEGINS, **fields) -> dict[str, object]:
    """Return what a congress result says of the term that it opens."""
    defaults = {
        "label": f"{on.year}-{on.year + 5}",
        "ordinal": 7,
        "congress_on": on,
        "planned_end": on.replace(year=on.year + 5),
        "committee_size": 15,
        "standing_size": 5,
        "inspection_size": 5,
    }
    return defaults | fields


def congress(of: Organization, *seats: tuple[Person, str], on: date = TERM_BEGINS, **fields) -> Dossier:
    """Return the confirmed result of a congress held on `on`, which elected the (person, position code) pairs."""
    items = [appointment(elected, code, method="congress", elected_on=on) for elected, code in seats]
    return confirmed(of, *items, kind=Dossier.Kind.CONGRESS, congress=congress_fields(on, **fields), on=on)


def seated(person: Person, of: Organization, code: str = Position.COMMITTEE_MEMBER, on: date = DECIDED) -> Holding:
    """Return the seat that the person holds in the organisation from `on`, by a confirmed dossier of its own."""
    made = confirmed(of, appointment(person, code, proposed_on=on), on=on)
    return Holding.objects.get(began_by__dossier=made)


# Planning


def planning_round(authority: Organization, opened_on: date = date(2022, 1, 5), **fields) -> PlanningRound:
    """Return an open round for the plan term 2025-2030."""
    fields = {"plan_term": "2025-2030", "kind": PlanningRound.Kind.FIRST} | fields
    return planning.open_round(authority, opened_on=opened_on, by=office(), **fields)


def plan_entry(
    round: PlanningRound,
    person: Person,
    of: Organization,
    code: str = Position.SECRETARY,
    on: date = date(2022, 2, 1),
) -> PlanEntry:
    """Return the introduction of a person for a position of the organisation; not yet approved."""
    [entry] = planning.introduce(round, organization=of, candidates=[(person, position(code))], on=on, by=office())
    return entry


def ballot(*entries: PlanEntry, votes: int = 12, on: date = date(2022, 2, 10), **counts) -> BallotStep:
    """Return a ballot of 15 in which each of the entries, of one plan, got `votes`."""
    present = {"summoned": 15, "present": 15, "issued": 15, "collected": 15, "valid": 15}
    return planning.record_ballot(
        entries[0].round,
        organization=entries[0].organization,
        group=entries[0].group,
        counts={"body": "Hội nghị Ban Chấp hành", "held_on": on} | present | counts,
        votes=[planning.VoteDraft(entry, votes) for entry in entries],
        by=office(),
    )


def left_for_a_measure(entry: PlanEntry, on: date = date(2023, 3, 1), until: date = date(2024, 3, 1)) -> None:
    """Take somebody out of the plan for a reprimand in force over `[on, until)`."""
    personnel.discipline(entry.person, kind="reprimand", valid_from=on, valid_to=until, by=office())
    planning.remove_entry(entry, on=on, reason=PlanEntry.RemovalReason.DISCIPLINE, by=office())


def submitted_plan(
    round: PlanningRound, of: Organization, group: str = PositionGroup.SECRETARIES, on: date = date(2022, 2, 20)
) -> PlanApproval:
    """Return the plan of a position group, submitted in spite of any warning."""
    group = PositionGroup(group)
    return planning.submit_plan(round, organization=of, group=group, on=on, by=office(), explanation=EXPLANATION)


def approved(
    round: PlanningRound,
    of: Organization,
    group: str = PositionGroup.SECRETARIES,
    submitted_on: date = date(2022, 2, 20),
    on: date = DECIDED,
) -> PlanApproval:
    """Return the plan of a position group, submitted and approved by a decision of the day `on`."""
    plan = submitted_plan(round, of, group, submitted_on)
    planning.approve_plans([plan], by=superior(), decision=document(issued_on=on), explanation=EXPLANATION)
    return PlanApproval.objects.get(pk=plan.pk)
