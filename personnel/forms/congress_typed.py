"""Between records and the fields of the congress grid: a new congress, a draft, lines pasted from a worksheet."""

import re
import uuid
from collections.abc import Iterable, Mapping
from datetime import date

from django import forms

from common.vietnamese import search_key
from organizations.models import BodyKind, Organization, Position, Term
from personnel.checks.bodies import months_before
from personnel.checks.terms import usual_months
from personnel.forms.choices import Choices
from personnel.forms.congress import FEWEST_ROWS, INSPECTION_OFFICES, MOST_ROWS, OFFICES, ROW, TICKS
from personnel.forms.fields import BirthField, DayField
from personnel.forms.typed import row_indexes, typed_of
from personnel.models import Dossier, Holding, Person
from regulations.rulebook import Rulebook

SIZES = {
    BodyKind.COMMITTEE: "committee_size",
    BodyKind.STANDING: "standing_size",
    BodyKind.INSPECTION: "inspection_size",
}
BY_POSITION = {position: (name, "on") for name, position in TICKS.items()}
BY_POSITION |= {position: ("office", position) for position in OFFICES}
BY_POSITION |= {position: ("inspection_office", position) for position in INSPECTION_OFFICES}
LONGEST_PASTE = 20_000  # letters
SEPARATOR = re.compile(r"[\t;|]")
CARD = re.compile(r"[0-9][0-9. ]{5,18}[0-9]")
KEPT = ("note", "elected_on", "vote-")


def opened(organization: Organization, day: date, *, with_sitting: bool) -> dict[str, str]:
    """Return a new congress of the organisation, as far as its last term tells: the ordinal, the approved sizes.

    `with_sitting` puts in whoever sits in the bodies on `day`, each where he sits.
    """
    last = organization.terms.filter(valid_from__lte=day).prefetch_related("bodies").first()
    typed = {"congress-ordinal": str(last.ordinal + 1 if last else 1), "form_key": str(uuid.uuid4())}
    for body in last.bodies.all() if last else ():
        typed[f"congress-{SIZES[BodyKind(body.kind)]}"] = str(body.authorized_size or "")
    rows = _sitting(last, day) if last and with_sitting else []
    size = typed.get("congress-committee_size", "")
    count = max(FEWEST_ROWS, len(rows), int(size) if size else 0)
    return typed | _numbered(rows, count)


def _sitting(term: Term, day: date) -> list[dict[str, str]]:
    holdings = Holding.objects.in_term(term).as_of(day).select_related("person").order_by("position__rank", "pk")
    rows: dict[int, dict[str, str]] = {}
    for holding in holdings:
        row = rows.setdefault(holding.person_id, {"person": str(holding.person_id)})
        name, value = BY_POSITION[holding.position_id]
        row.setdefault(name, value)
    return list(rows.values())


def _numbered(rows: Iterable[Mapping[str, str]], least: int = 0) -> dict[str, str]:
    rows = list(rows)
    rows += [{"person": ""}] * (least - len(rows))
    return {f"rows-{index}-{name}": value for index, row in enumerate(rows[:MOST_ROWS]) for name, value in row.items()}


def of_draft(dossier: Dossier, choices: Choices) -> tuple[dict[str, str], dict[tuple[str, str], dict[str, str]]]:
    """Return a draft of a congress result as it would have been typed into the grid, and what the grid does not show:
    votes and notes, by person and position."""
    whole = typed_of(dossier, choices)
    held = whole["congress-congress_on"]
    rows: dict[str, dict[str, str]] = {}
    kept: dict[tuple[str, str], dict[str, str]] = {}
    for index in row_indexes(whole):
        start = f"items-{index}-"
        item = {key.removeprefix(start): value for key, value in whole.items() if key.startswith(start)}
        person, position = item["person"], item["position"]
        name, value = BY_POSITION[position]
        rows.setdefault(person, {"person": person})[name] = value
        kept[person, position] = {key: value for key, value in item.items() if value and key.startswith(KEPT)}
        if item["elected_on"] == held:
            kept[person, position].pop("elected_on")  # it moves with the congress
    typed = {key: value for key, value in whole.items() if not key.startswith("items-")}
    return typed | _numbered(rows.values(), len(rows) + 1), kept


def with_defaults(typed: Mapping[str, str], kind: str) -> dict[str, str]:
    """Fill in, where they are empty, the planned end of the term by the rule of its kind, and its label."""
    typed = dict(typed)
    begins = _day(typed.get("congress-congress_on", ""))
    if not begins:
        return typed
    months = usual_months(kind, Rulebook.of(begins))
    if months and not typed.get("congress-planned_end", "").strip():
        typed["congress-planned_end"] = f"{months_before(begins, -months):%d/%m/%Y}"
    ends = _day(typed.get("congress-planned_end", ""))
    if ends and not typed.get("congress-label", "").strip():
        typed["congress-label"] = f"{begins.year}-{ends.year}"
    return typed


def _day(text: str) -> date | None:
    try:
        return DayField(label="").clean(text)
    except forms.ValidationError:
        return None


# Lines from a worksheet


def with_pasted(typed: Mapping[str, str], choices: Choices) -> dict[str, str]:
    """Put the lines pasted into the grid, below what stands there: name, birthday or card number, post.

    Whoever the register has exactly once by that is chosen; of anybody else the words stay, to be looked for.
    """
    lines = [parse_line(line) for line in typed.get("paste", "")[:LONGEST_PASTE].splitlines()]
    lines = [line for line in lines if line]
    choices.load_people([], [text for line in lines for text in (line["name"], line["card"])])
    pasted = [_found(line, choices) for line in lines]
    standing = {name: value for name, value in typed.items() if name != "paste"}
    filled = _filled_rows(standing)
    others = {name: value for name, value in standing.items() if not ROW.match(name)}
    return others | _numbered([*filled, *pasted], FEWEST_ROWS)


def parse_line(line: str) -> dict[str, str] | None:
    """Return the name, birthday, card number and post of one line; None for a line without a name.

    Cells are parted by tabs, semicolons or upright strokes, in any order behind the name; a leading number is the
    line's own.
    """
    cells = [cell.strip() for cell in SEPARATOR.split(line)]
    if len(cells) > 1 and (not cells[0] or cells[0].rstrip(".").isdecimal()):
        cells = cells[1:]
    name = re.sub(r"^[0-9]+[.)]\s*", "", cells[0]) if cells else ""
    if len(name.split()) < 2 or search_key(name).startswith("ho va ten"):
        return None
    found = {"name": name[:120], "birth": "", "card": "", "post": ""}
    for cell in filter(None, cells[1:]):
        if _birth(cell):
            found["birth"] = cell
        elif CARD.fullmatch(cell):
            found["card"] = re.sub(r"[. ]", "", cell)
        else:
            found["post"] += f" {cell}"
    return found


def _birth(text: str) -> tuple[date, str] | None:
    try:
        return BirthField(label="").clean(text)
    except forms.ValidationError:
        return None


def posts_of(words: str) -> dict[str, str]:
    """Return the ticks and offices that the words of a post mean; a seat in the committee where they say nothing."""
    key = f" {search_key(words)} "
    row = {}
    inspection = key
    if "pho chu nhiem" in key:
        row["inspection_office"] = Position.INSPECTION_DEPUTY_CHAIR
    elif "chu nhiem" in key:
        row["inspection_office"] = Position.INSPECTION_CHAIR
    if "pho bi thu" in key:
        row["office"] = Position.DEPUTY_SECRETARY
    elif "bi thu" in key:
        row["office"] = Position.SECRETARY
    if "thuong vu" in key or " btv " in key or " uvtv " in key or "uvbtv" in key:
        row["standing"] = "on"
    if "kiem tra" in inspection or "ubkt" in inspection:
        row["inspection"] = "on"
    in_committee = any(word in key for word in ("chap hanh", "bch", "cap uy", "chi uy", "dang uy"))
    if in_committee or "office" in row or "standing" in row or not row:
        row["committee"] = "on"
    return row


def _found(line: Mapping[str, str], choices: Choices) -> dict[str, str]:
    people = [each for each in choices.people_named(line["card"]) if each.card_number == line["card"]]
    people = people if line["card"] and people else [p for p in choices.people_named(line["name"]) if _born(p, line)]
    row = posts_of(line["post"])
    if len(people) == 1:
        return row | {"person": str(people[0].pk)}
    if not people and line["birth"]:
        newcomer = {"new-full_name": line["name"], "new-birth": line["birth"], "new-card_number": line["card"]}
        return row | {"person": "", "new-ethnic_group": "Kinh"} | newcomer
    return row | {"person": "", "words": line["card"] or line["name"]}


def _born(person: Person, line: Mapping[str, str]) -> bool:
    born = _birth(line["birth"])
    return born is None or born[0].year == person.birth_date.year


def _filled_rows(typed: Mapping[str, str]) -> list[dict[str, str]]:
    rows: dict[int, dict[str, str]] = {}
    for name, value in typed.items():
        if found := ROW.match(name):
            rows.setdefault(int(found[1]), {})[name[found.end() :]] = value
    told = ("person", "words", "new-full_name", *TICKS, "office", "inspection_office")
    return [row for _, row in sorted(rows.items()) if any(row.get(name) for name in told)]
