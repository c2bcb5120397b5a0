"""Understanding rows of dossiers and congresses: what is new, what the register has, what cannot be taken in."""

from collections.abc import Iterable

from django.db.models import Prefetch

from common.formats import short_day
from intake.kinds.base import Listed, Rows, read_rows
from intake.kinds.changes_cells import congress_cells, dossier_cells
from intake.kinds.changes_columns import CONGRESSES, DECISION, DOSSIERS, ITEMS, SUBMISSION
from intake.kinds.changes_items import MISSING, WRONG_DOSSIER, Code, ItemReading
from intake.kinds.fields import KNOWN, require_same
from intake.papers import CitedIn, Papers
from intake.places import Places
from organizations.models import Document
from organizations.scope import Right, Scope
from personnel.actions.history import PastDossier
from personnel.models import ChangeItem, CongressResult, Dossier

State = Dossier.State
ELSEWHERE = "Trong sổ, số này là của một hồ sơ ngoài phạm vi của bạn. Hãy sửa số hồ sơ."


class Reading:
    """The rows of a workbook of dossiers while they are understood. Takes a fixed number of queries."""

    def __init__(self, rows: Rows, scope: Scope) -> None:
        self.scope = scope
        self.dossiers, self.congresses, self.items = (read_rows(each, rows) for each in (DOSSIERS, CONGRESSES, ITEMS))
        self.cited = {
            (id(each), at): at.read(each.values, each.faults) for each in self.dossiers for at in (SUBMISSION, DECISION)
        }
        self.papers = Papers.load(filter(None, self.cited.values()))
        self.places = Places.load(str(each.values.get("organization") or "") for each in self.dossiers)
        known = _known_dossiers(each.values.get("code") for each in self.dossiers)
        self.known = {code: each for code, each in known.items() if self._may_know(each)}
        self.elsewhere = known.keys() - self.known.keys()
        self.numbers = {
            item.pk: number
            for dossier in self.known.values()
            for each in (dossier, dossier.corrects)
            if each
            for number, item in enumerate(each.items.all(), start=1)
        }
        self.past: dict[Code, PastDossier] = {}
        self.rows: dict[Code, Listed] = {}

    @property
    def listed(self) -> list[Listed]:
        return [*self.dossiers, *self.congresses, *self.items]

    def understand(self) -> list[Listed]:
        for each in self.dossiers:
            self._read_dossier(each)
        for each in self.dossiers:
            self._link_corrected(each)
        for each in self.congresses:
            self._read_congress(each)
        self._require_congresses()
        ItemReading(self).understand()
        return self.listed

    # Dossiers

    def _may_know(self, dossier: Dossier) -> bool:
        return self.scope.covers(dossier.organization.path, Right.KEEP_REGISTER)

    def _read_dossier(self, each: Listed) -> None:
        code, values = each.values.get("code"), each.values
        if code in self.rows:
            each.fault("code", f"Hồ sơ này đã có ở dòng {self.rows[code].line}. Hãy bỏ một dòng.")
        elif code:
            self.rows[code] = each
        place = str(values.get("organization") or "")
        reason = place and self.places.fault_of(place, self.scope, Right.KEEP_REGISTER)
        if reason:
            each.fault("organization", reason)
        papers = {at: self._paper(each, at) for at in (SUBMISSION, DECISION)}
        if each.faults:
            return
        if code in self.elsewhere:
            each.fault("code", ELSEWHERE)
        elif code not in self.known:
            self._check_dossier(each)
        if each.faults:
            return
        row = Dossier(
            organization=self.places.organization(place),
            year=code[0],
            number=code[1],
            kind=values["kind"],
            state=values["state"],
            opened_on=values["opened"],
            submitted_on=values.get("submitted"),
            submission=papers[SUBMISSION],
            decided_on=values.get("decided"),
            decision=papers[DECISION],
            report_due_on=values.get("report_due"),
            decision_due_on=values.get("decision_due"),
            reason=values.get("reason") or "",
            explanation=values.get("explanation") or "",
        )
        if code in self.known:
            said = dossier_cells(row) | {"corrects": None}
            require_same(each, DOSSIERS, dossier_cells(self.known[code]), said)
        else:
            each.is_new, each.meant = True, PastDossier(row)
            self.past[code] = each.meant

    def _paper(self, each: Listed, at: CitedIn) -> Document | None:
        citation = self.cited[id(each), at]
        fault = citation and self.papers.fault_of(citation, at, self.scope)
        if fault:
            each.fault(*fault)
        if citation is None or fault:
            return None
        kind = "Tờ trình" if at is SUBMISSION else "Quyết định"
        return self.papers.document(citation, f"{kind} trong hồ sơ {_written(each.values.get('code'))}")

    def _check_dossier(self, each: Listed) -> None:
        """Say which cells do not agree with each other: what the register could not hold."""
        values = each.values
        state, submitted, decided = values["state"], values.get("submitted"), values.get("decided")
        label = f"Hồ sơ “{State(state).label}”"
        if values["code"][0] != values["opened"].year:
            each.fault(
                "code", f"Số hồ sơ là của năm {values['code'][0]}, mà hồ sơ lập ngày {short_day(values['opened'])}."
            )
        if state in (State.SUBMITTED, State.CONFIRMED, State.REFUSED) and not submitted:
            each.fault("submitted", f"{label} phải có ngày trình.")
        if state == State.DRAFT and submitted:
            each.fault("submitted", f"{label} chưa có ngày trình. Hãy xóa ô này, hoặc sửa trạng thái.")
        if state in (State.CONFIRMED, State.REFUSED) and not decided:
            each.fault("decided", f"{label} phải có ngày quyết định.")
        if state not in (State.CONFIRMED, State.REFUSED) and decided:
            each.fault("decided", f"{label} chưa có ngày quyết định. Hãy xóa ô này, hoặc sửa trạng thái.")
        if submitted and decided and decided < submitted:
            each.fault("decided", f"Ngày quyết định sớm hơn ngày trình ({short_day(submitted)}).")
        if state == State.CONFIRMED and not self.cited[id(each), DECISION]:
            each.fault(
                DECISION.number, f"{label} phải có quyết định. Không rõ văn bản thì nhập ở tệp Chức danh đã giữ."
            )
        is_correction = values["kind"] == Dossier.Kind.CORRECTION
        if is_correction and not values.get("corrects"):
            each.fault("corrects", "Hồ sơ đính chính phải nêu số của hồ sơ được đính chính.")
        if not is_correction and values.get("corrects"):
            each.fault("corrects", "Chỉ hồ sơ loại “Đính chính” mới nêu hồ sơ được đính chính.")

    def _link_corrected(self, each: Listed) -> None:
        code, corrects = each.values.get("code"), each.values.get("corrects")
        if each.faults or not corrects:
            return
        if code in self.known:
            _require_known_code(each, self.known[code].corrects, corrects)
            return
        target = self.past.get(corrects)
        if target is None:
            each.fault("corrects", self._why_not_corrected(corrects))
        elif self._leads_back(each.meant, corrects):
            each.fault("corrects", "Hồ sơ này được đính chính bởi chính hồ sơ mà nó đính chính. Hãy sửa số hồ sơ.")
        elif target.row.organization != each.meant.row.organization:
            each.fault("corrects", f"Hồ sơ {target.row.code} là của {target.row.organization}, tổ chức đảng khác.")
        elif target.row.state != State.CONFIRMED:
            each.fault("corrects", f"Hồ sơ {target.row.code} chưa được chuẩn y nên không đính chính được.")
        else:
            each.meant.row.corrects = target.row

    def _why_not_corrected(self, code: Code) -> str:
        if code in self.rows:
            return (
                "Hồ sơ được đính chính đã có trong sổ hoặc có lỗi. Nếu đã có trong sổ, hãy đính chính trên trang hồ sơ."
            )
        return "Trong tệp không có hồ sơ này. Hãy nhập hồ sơ được đính chính và hồ sơ đính chính trong cùng một tệp."

    def _leads_back(self, past: PastDossier, code: Code) -> bool:
        """Whether going from corrected to corrected comes back to the dossier itself."""
        seen: set[Code] = set()
        while code and code not in seen:
            if self.past.get(code) is past:
                return True
            seen.add(code)
            row = self.rows.get(code)
            code = row.values.get("corrects") if row else None
        return False

    # Congresses

    def _read_congress(self, each: Listed) -> None:
        code, values = each.values.get("code"), each.values
        if not each.faults and values["planned_end"] <= values["congress_on"]:
            each.fault("planned_end", "Ngày kết thúc theo kế hoạch phải sau ngày đại hội.")
        if each.faults:
            return
        fields = {
            name: each.values.get(name) for name in (column.key for column in CONGRESSES.columns) if name != "code"
        }
        if code in self.known and code in self.rows:
            congress = getattr(self.known[code], "congress", None)
            if congress is None:
                each.fault("code", "Trong sổ, hồ sơ này không phải là kết quả đại hội.")
                return
            said = congress_cells(CongressResult(dossier=self.known[code], **fields))
            require_same(each, CONGRESSES, congress_cells(congress), said)
            return
        past = self.past.get(code)
        if past is None:
            each.fault("code", MISSING if code not in self.rows else WRONG_DOSSIER)
        elif past.row.kind != Dossier.Kind.CONGRESS:
            each.fault("code", "Hồ sơ này ở trang Hồ sơ không phải loại “Kết quả đại hội”.")
        elif past.congress:
            each.fault("code", "Kết quả đại hội của hồ sơ này đã có ở dòng khác. Hãy bỏ một dòng.")
        else:
            past.congress = CongressResult(dossier=past.row, **fields)
            each.is_new, each.meant = True, past.congress

    def _require_congresses(self) -> None:
        for code, past in self.past.items():
            if past.row.kind == Dossier.Kind.CONGRESS and past.congress is None:
                reason = "Hồ sơ kết quả đại hội phải có một dòng ở trang Kết quả đại hội."
                self.rows[code].fault("kind", reason)


def _known_dossiers(codes: Iterable[Code | None]) -> dict[Code, Dossier]:
    """Return the dossiers of the register that bear one of the codes, with all that is compared."""
    wanted = {code for code in codes if code}
    items = ChangeItem.objects.select_related("person", "position", "vote").order_by("pk")
    dossiers = Dossier.objects.filter(year__in={year for year, _ in wanted})
    dossiers = dossiers.select_related("organization", "submission__issuer", "decision__issuer", "corrects", "congress")
    rows = dossiers.prefetch_related(
        Prefetch("items", items), Prefetch("corrects__items", ChangeItem.objects.order_by("pk"))
    )
    return {(row.year, row.number): row for row in rows if (row.year, row.number) in wanted}


def _require_known_code(each: Listed, known: Dossier | None, said: Code) -> None:
    if known is None or (known.year, known.number) != said:
        each.fault("corrects", KNOWN.format(old=known.code if known else "để trống"))


def _written(code: Code | None) -> str:
    return f"HS-{code[0]}-{code[1]:03d}" if code else ""
