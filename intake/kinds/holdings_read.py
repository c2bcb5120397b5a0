"""Understanding rows of seats: what each rests on in the register, and what the register could not hold."""

from collections import defaultdict
from collections.abc import Iterable

from common.dated import Precision
from common.formats import short_day
from common.sheets import CellError, PartialDay
from intake.kinds.base import Listed, Rows, read_rows
from intake.kinds.fields import KNOWN, Positions, differences, require_same
from intake.kinds.holdings_columns import BEGAN, ENDED, SHEET, cells_of
from intake.kinds.holdings_sources import Sources
from intake.papers import CitedIn, Papers
from intake.places import Misplaced, Places, span_of
from intake.whom import People
from organizations.models import Document, Position
from organizations.scope import Right, Scope
from personnel.actions.history import PastSeat, Source
from personnel.models import Act, ChangeItem, Dossier, EndReason, Holding, Method, ReleaseReason

PLACED_IN = {"day": "begins", "term": "term", "body": "position"}
ENDS = ("ends", "end_reason")
NO_ITEM = (EndReason.END_OF_TERM, EndReason.PROMOTION, EndReason.ORGANIZATION_ENDED)
ALONE = {Position.SECRETARY: "Bí thư", Position.INSPECTION_CHAIR: "Chủ nhiệm Ủy ban Kiểm tra"}
ENDED_ELSEWHERE = (
    "Trong sổ, đồng chí này thôi giữ chức danh theo một hồ sơ ngoài phạm vi của bạn. Hãy để trống ba ô về quyết định "
    "thôi giữ."
)
SUMMARY = {BEGAN: "Về giữ chức danh trong cấp ủy", ENDED: "Về thôi giữ chức danh trong cấp ủy"}


class Reading:
    """The rows of a workbook of seats while they are understood. Takes a fixed number of queries."""

    def __init__(self, rows: Rows, scope: Scope) -> None:
        self.scope = scope
        self.listed = read_rows(SHEET, rows)
        self.cited = {
            (id(each), at): at.read(each.values, each.faults) for each in self.listed for at in (BEGAN, ENDED)
        }
        self.papers = Papers.load(filter(None, self.cited.values()))
        self.places = Places.load(str(each.values.get("organization") or "") for each in self.listed)
        self.people = People.load((each.values for each in self.listed), scope)
        self.positions = Positions()
        organizations = list(self.places.organizations.values())
        self.sources = Sources.load(organizations)
        there = Holding.objects.filter(body__term__organization__in=organizations)
        there = there.select_related("person", "position", "body__term__organization", "began_by__dossier__decision")
        there = there.select_related("ended_by__decision", "ended_by__organization")
        self.standing = list(there.select_related("began_by__dossier__decision__issuer"))
        self.known = {_seat_of(holding): holding for holding in self.standing}
        self.seen: dict[tuple, Listed] = {}

    def understand(self) -> list[Listed]:
        for each in self.listed:
            self._read(each)
        _check_room(self.listed, self.standing)
        return self.listed

    def _read(self, each: Listed) -> None:
        values = each.values
        place = str(values.get("organization") or "")
        reason = place and self.places.fault_of(place, self.scope, Right.KEEP_REGISTER)
        if reason:
            each.fault("organization", reason)
        person = self.people.find(values, each.faults) if "name" in values else None
        position = self._position(each)
        papers = {at: self._paper(each, at) for at in (BEGAN, ENDED)}
        if each.faults:
            return
        holding = self._seat(each, person, position)
        if each.faults:
            return
        first = self.seen.setdefault(_seat_of(holding), each)
        if first is not each:
            each.fault("position", f"Chức danh này, từ ngày này, đã có ở dòng {first.line}. Hãy bỏ một dòng.")
            return
        known = self.known.get(_seat_of(holding))
        if known:
            self._compare(each, holding, known, papers)
        else:
            self._take_in(each, holding, papers)

    def _position(self, each: Listed) -> Position | None:
        if "position" in each.faults:
            return None
        try:
            return self.positions.read(each.row["position"])
        except CellError as error:
            each.fault("position", error.reason)
            return None

    def _paper(self, each: Listed, at: CitedIn) -> Document | None:
        citation = self.cited[id(each), at]
        fault = citation and self.papers.fault_of(citation, at, self.scope)
        if fault:
            each.fault(*fault)
        return None if fault else self.papers.document(citation, SUMMARY[at])

    def _seat(self, each: Listed, person, position: Position) -> Holding | None:
        """Return the seat that the row tells of; None when it lies in no term, or ends before it begins."""
        values = each.values
        organization = self.places.organization(str(values["organization"]))
        label = str(values.get("term") or "")
        try:
            placed = self.places.place(organization, position.body_kind, values["begins"], label)
        except Misplaced as error:
            each.fault(PLACED_IN[error.what], error.reason)
            return None
        holding = Holding(
            person=person,
            position=position,
            body=placed.body,
            elected_on=values.get("elected"),
            method=values.get("method") or "",
            valid_from=placed.day,
            from_precision=placed.precision,
        )
        elected = holding.elected_on
        if elected and placed.precision != Precision.DAY and elected <= span_of(values["begins"])[1]:
            holding.valid_from = max(holding.valid_from, elected)
        if elected and elected > holding.valid_from:
            each.fault("begins", f"Ngày bắt đầu sớm hơn ngày bầu ({short_day(elected)}).")
        self._set_end(each, holding)
        return holding

    def _set_end(self, each: Listed, holding: Holding) -> None:
        ends: PartialDay | None = each.values.get("ends")
        reason, term = each.values.get("end_reason"), holding.body.term
        if ends is None:
            if reason:
                each.fault("ends", "Đã ghi lý do thôi thì phải ghi ngày thôi giữ.")
            elif term.valid_to:
                each.fault(
                    "ends",
                    f"Nhiệm kỳ {term.label} đã kết thúc nên phải có ngày thôi giữ. Giữ đến hết nhiệm kỳ thì ghi "
                    f"{short_day(term.valid_to)}, lý do “{EndReason.END_OF_TERM.label}”.",
                )
            elif self.cited[id(each), ENDED]:
                each.fault("ends", "Đã ghi quyết định thôi giữ thì phải ghi ngày thôi giữ.")
            return
        if not reason:
            each.fault("end_reason", "Đã ghi ngày thôi giữ thì phải ghi lý do.")
        last = span_of(ends)[1]
        if term.valid_to and last > term.valid_to and ends.precision != Precision.DAY:
            last = max(term.valid_to, span_of(ends)[0])
        if term.valid_to and last > term.valid_to:
            each.fault(
                "ends",
                f"Ngày thôi giữ sau ngày kết thúc nhiệm kỳ {term.label} ({short_day(term.valid_to)}). "
                "Giữ tiếp nhiệm kỳ sau thì ghi thành dòng khác.",
            )
        if last <= holding.valid_from:
            each.fault("ends", f"Ngày thôi giữ phải sau ngày bắt đầu ({short_day(holding.valid_from)}).")
        holding.valid_to, holding.to_precision, holding.end_reason = last, ends.precision, reason or ""

    # Against the register

    def _compare(self, each: Listed, holding: Holding, known: Holding, papers: dict[CitedIn, Document | None]) -> None:
        """A seat of the register may be closed by a file, and nothing else of it be changed."""
        old, said = cells_of(known), cells_of(holding)
        require_same(each, SHEET, old, said, but=("card", "name", "born", *(ENDS if known.valid_to is None else ())))
        _require_paper(each, BEGAN, papers[BEGAN], known.began_by.dossier.decision)
        if known.valid_to:
            self._require_ending(each, papers[ENDED], known.ended_by)
        if each.faults or known.valid_to or holding.valid_to is None:
            return
        each.differences = differences(SHEET.columns, old, {key: said[key] for key in ENDS})
        for name in ("valid_to", "to_precision", "end_reason"):
            setattr(known, name, getattr(holding, name))
        each.meant = PastSeat(known)
        self._find_end(each, each.meant, papers[ENDED])

    def _take_in(self, each: Listed, holding: Holding, papers: dict[CitedIn, Document | None]) -> None:
        organization = holding.body.term.organization
        each.is_new, each.meant = True, PastSeat(holding)
        item = self.sources.appointment(holding)
        if item:
            _agree(each, holding, item)
            _require_paper(each, BEGAN, papers[BEGAN], item.dossier.decision)
            holding.began_by = item
        else:
            holding.method = holding.method or Method.DESIGNATION
            each.meant.began = Source(organization, holding.valid_from, papers[BEGAN])
            each.meant.item = holding.began_by = ChangeItem(
                person=holding.person,
                position=holding.position,
                body=holding.body,
                act=Act.APPOINT,
                method=holding.method,
                elected_on=holding.elected_on,
                effective_on=holding.valid_from,
                effective_precision=holding.from_precision,
                outcome=ChangeItem.Outcome.CONFIRMED,
            )
        if holding.valid_to:
            self._find_end(each, each.meant, papers[ENDED])

    def _find_end(self, each: Listed, seat: PastSeat, paper: Document | None) -> None:
        holding = seat.row
        found = self.sources.ending(holding)
        if found:
            holding.ended_by, holding.ended_by_item = found
            self._require_ending(each, paper, holding.ended_by)
            return
        seat.ended = Source(holding.body.term.organization, holding.valid_to, paper)
        if holding.end_reason in NO_ITEM:
            return
        seat.end_item = holding.ended_by_item = ChangeItem(
            person=holding.person,
            position=holding.position,
            body=holding.body,
            act=Act.RELEASE,
            release_reason=ReleaseReason(holding.end_reason),
            effective_on=holding.valid_to,
            effective_precision=holding.to_precision,
            outcome=ChangeItem.Outcome.CONFIRMED,
        )

    def _require_ending(self, each: Listed, said: Document | None, dossier: Dossier) -> None:
        """Say when the row cites another paper than the one that ended the seat: the dossier may be of elsewhere."""
        if self.scope.covers(dossier.organization.path, Right.KEEP_REGISTER):
            _require_paper(each, ENDED, said, dossier.decision)
        elif said is not None and said != dossier.decision:
            each.fault(ENDED.number, ENDED_ELSEWHERE)


def _agree(each: Listed, holding: Holding, item: ChangeItem) -> None:
    """Take from the appointment what the row leaves out; say where the two differ."""
    if holding.method and holding.method != item.method:
        each.fault("method", f"Theo hồ sơ {item.dossier.code} trong sổ, hình thức là “{item.get_method_display()}”.")
    if holding.elected_on and holding.elected_on != item.elected_on:
        elected = short_day(item.elected_on) if item.elected_on else "để trống"
        each.fault("elected", f"Theo hồ sơ {item.dossier.code} trong sổ, ngày bầu là {elected}.")
    holding.method, holding.elected_on = item.method, item.elected_on


def _require_paper(each: Listed, at: CitedIn, said: Document | None, known: Document | None) -> None:
    """Say when the row cites another paper than the one by which it happened, as the register has it."""
    if said is not None and said != known:
        old = f"{known.full_number} ngày {short_day(known.issued_on)}" if known else "để trống"
        each.fault(at.number, KNOWN.format(old=old))


def _seat_of(holding: Holding) -> tuple:
    return holding.person_id, holding.body_id, holding.position_id, holding.valid_from


# Room for the seats


def _check_room(listed: Iterable[Listed], standing: Iterable[Holding]) -> None:
    """Say which new seats overlap another of the same person, or another secretary or chair of the same body."""
    rows = {id(each.meant.row): each for each in listed if isinstance(each.meant, PastSeat)}
    seats: dict[tuple, list[Holding]] = defaultdict(list)
    new = [each.meant.row for each in listed if each.is_new]
    for holding in (*standing, *new):
        seats["own", holding.person_id, holding.body_id, holding.position_id].append(holding)
        if holding.position_id in ALONE:
            seats["alone", holding.body_id, holding.position_id].append(holding)
    for alike in seats.values():
        latest: Holding | None = None
        for holding in sorted(alike, key=lambda each: each.valid_from):
            if latest and (latest.valid_to is None or holding.valid_from < latest.valid_to):
                _tell_overlap(rows, holding, latest)
            if latest is None or (latest.valid_to and (holding.valid_to is None or holding.valid_to > latest.valid_to)):
                latest = holding


def _tell_overlap(rows: dict[int, Listed], holding: Holding, other: Holding) -> None:
    """Say it on the row of the one that begins later, or, where that one is in the register, of the other."""
    each, against = rows.get(id(holding)), other
    if each is None:
        each, against = rows.get(id(other)), holding
    if each is None:
        return
    where = f"dòng {rows[id(against)].line}" if id(against) in rows and rows[id(against)].is_new else "trong sổ"
    until = f"đến trước {against.to_display}" if against.valid_to else "chưa kết thúc"
    who = "Đồng chí này" if against.person_id == each.meant.row.person_id else f"Đồng chí {against.person}"
    each.fault(
        "begins" if each.meant.row is holding else "ends",
        f"{who} giữ chức {against.position} từ {against.from_display}, {until} ({where}), nên thời gian chồng nhau. "
        "Hãy sửa ngày bắt đầu hoặc ngày thôi giữ cho khớp.",
    )
