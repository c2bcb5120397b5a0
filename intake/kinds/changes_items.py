"""Understanding rows of change items: one turn each, with its vote, in a dossier of the workbook or of the register."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from common.formats import short_day
from common.sheets import CellError, PartialDay
from intake.kinds.base import Listed
from intake.kinds.changes_cells import item_cells
from intake.kinds.changes_columns import ITEMS, VOTE
from intake.kinds.fields import KNOWN, Positions, require_same
from intake.places import Misplaced
from intake.whom import People
from organizations.models import Position
from personnel.actions.history import PastDossier
from personnel.models import Act, ChangeItem, Dossier, Vote

if TYPE_CHECKING:
    from intake.kinds.changes_read import Reading

Code = tuple[int, int]  # year and number
State, Outcome = Dossier.State, ChangeItem.Outcome
MISSING = "Không có hồ sơ này ở trang Hồ sơ. Hãy thêm hồ sơ vào trang đó, hoặc sửa số hồ sơ."
WRONG_DOSSIER = "Hồ sơ này ở trang Hồ sơ còn lỗi. Hãy sửa lỗi đó trước."
NUMBERS = ("summoned", "present", "issued", "collected", "valid", "in_favour")  # each at most the one before
PLACED_IN = {"day": "effective", "term": "effective", "body": "position"}


class ItemReading:
    """The rows of items while they are understood, after the dossiers that they belong to."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.items = reading.items
        self.people = People.load((each.values for each in self.items), reading.scope)
        self.positions = Positions()
        self.by_number: dict[tuple[Code, int], Listed] = {}

    def understand(self) -> None:
        for each in sorted(self.items, key=lambda each: each.values.get("number") or 0):
            self._read_item(each)
        for each in self.items:
            self._link_corrected_item(each)

    def _read_item(self, each: Listed) -> None:
        values, code = each.values, each.values.get("code")
        person = self.people.find(values, each.faults) if "name" in values else None
        position = self._position(each)
        if code and code not in self.reading.rows:
            each.fault("code", MISSING)
        place = (code, values.get("number"))
        if all(place):
            other = self.by_number.setdefault(place, each)
            if other is not each:
                each.fault("number", f"STT này của hồ sơ đã có ở dòng {other.line}. Hãy sửa một trong hai.")
        if each.faults:
            return
        item = ChangeItem(
            person=person,
            position=position,
            act=values["act"],
            method=values.get("method") or "",
            release_reason=values.get("release_reason") or "",
            elected_on=values.get("elected"),
            proposed_on=values.get("proposed"),
            outcome=values["outcome"],
            note=values.get("note") or "",
        )
        if code in self.reading.known:
            self._compare_item(each, item)
        elif code in self.reading.past:
            self._take_item(each, item, self.reading.past[code])
        else:
            each.fault("code", WRONG_DOSSIER)

    def _position(self, each: Listed) -> Position | None:
        if "position" in each.faults:
            return None
        try:
            return self.positions.read(each.row["position"])
        except CellError as error:
            each.fault("position", error.reason)
            return None

    def _compare_item(self, each: Listed, item: ChangeItem) -> None:
        dossier = self.reading.known[each.values["code"]]
        there = list(dossier.items.all())
        if each.values["number"] > len(there):
            each.fault("number", f"Trong sổ, hồ sơ này chỉ có {len(there)} nội dung, không thêm được bằng tệp.")
            return
        known = there[each.values["number"] - 1]
        effective = each.values.get("effective")
        if effective:
            item.effective_on, item.effective_precision = effective
        vote = self._vote(each, item)
        said = item_cells(item, vote, each.values["number"]) | {"corrects": each.values.get("corrects")}
        same_person = item.person == known.person
        if not same_person:
            each.fault("name", KNOWN.format(old=known.person))
        old = item_cells(
            known, getattr(known, "vote", None), each.values["number"], self.reading.numbers.get(known.corrects_id)
        )
        require_same(each, ITEMS, old, said, but=("card", "name", "born"))

    def _take_item(self, each: Listed, item: ChangeItem, past: PastDossier) -> None:
        self._check_act(each, item)
        self._check_outcome(each, past.row)
        vote = self._vote(each, item)
        if not each.faults and item.outcome == Outcome.CONFIRMED:
            self._take_effect(each, item, past.row)
        if each.faults:
            return
        number = each.values["number"]
        if number > 1 and (each.values["code"], number - 1) not in self.by_number:
            each.fault("number", f"STT trong một hồ sơ phải liền nhau từ 1; chưa có dòng số {number - 1}.")
            return
        item.dossier = past.row
        past.items.append(item)
        if vote:
            past.votes.append(vote)
        each.is_new, each.meant = True, item

    def _check_act(self, each: Listed, item: ChangeItem) -> None:
        if item.act == Act.APPOINT and not item.method:
            each.fault("method", "Bổ sung thì phải ghi hình thức.")
        if item.act != Act.APPOINT and item.method:
            each.fault("method", "Chỉ ghi hình thức khi bổ sung. Hãy xóa ô này, hoặc sửa cột Nội dung.")
        if item.act == Act.RELEASE and not item.release_reason:
            each.fault("release_reason", "Cho thôi thì phải ghi lý do.")
        if item.act != Act.RELEASE and item.release_reason:
            each.fault("release_reason", "Chỉ ghi lý do khi cho thôi. Hãy xóa ô này, hoặc sửa cột Nội dung.")

    def _check_outcome(self, each: Listed, dossier: Dossier) -> None:
        allowed = {
            State.CONFIRMED: (Outcome.CONFIRMED, Outcome.REFUSED),
            State.REFUSED: (Outcome.REFUSED,),
        }.get(dossier.state, (Outcome.PENDING,))
        if each.values["outcome"] not in allowed:
            words = " hoặc ".join(f"“{outcome.label}”" for outcome in allowed)
            each.fault(
                "outcome", f"Hồ sơ {dossier.get_state_display().lower()} thì kết quả của từng nội dung là {words}."
            )
        if each.values["outcome"] != Outcome.CONFIRMED and each.values.get("effective"):
            each.fault("effective", "Nội dung chưa chuẩn y hoặc không chuẩn y thì chưa có ngày có hiệu lực.")
        if each.values["outcome"] == Outcome.CONFIRMED and not each.values.get("effective"):
            each.fault("effective", "Nội dung đã chuẩn y phải có ngày có hiệu lực.")

    def _take_effect(self, each: Listed, item: ChangeItem, dossier: Dossier) -> None:
        try:
            placed = self.reading.places.place(dossier.organization, item.position.body_kind, each.values["effective"])
        except Misplaced as error:
            each.fault(PLACED_IN[error.what], error.reason)
            return
        item.body, item.confirmed_on = placed.body, dossier.decided_on
        item.effective_on, item.effective_precision = placed.day, placed.precision
        if item.elected_on and placed.precision != "day" and _covers(each.values["effective"], item.elected_on):
            item.effective_on = max(item.effective_on, item.elected_on)
        if item.elected_on and item.effective_on < item.elected_on:
            each.fault("effective", f"Ngày có hiệu lực sớm hơn ngày bầu ({short_day(item.elected_on)}).")

    def _vote(self, each: Listed, item: ChangeItem) -> Vote | None:
        values = {key: each.values.get(key) for key in VOTE}
        if all(value is None for value in values.values()):
            return None
        for key in NUMBERS:
            if values[key] is None:
                each.fault(key, "Đã ghi kết quả bầu thì phải ghi đủ số triệu tập, có mặt và các số phiếu.")
        if each.faults:
            return None
        for before, key in pairwise(NUMBERS):
            if values[key] > values[before]:
                each.fault(key, f"Số này ({values[key]}) lớn hơn số ở cột “{VOTE[before]}” ({values[before]}).")
        values["excluded"] = values["excluded"] or 0
        if values["excluded"] >= values["summoned"]:
            each.fault("excluded", f"Số không tính phải ít hơn số triệu tập ({values['summoned']}).")
        if values["excluded"] and not each.values.get("excluded_reason"):
            each.fault("excluded_reason", "Có người không tính thì phải ghi lý do.")
        if (values["seats"] is None) != (values["slate"] is None) or values["seats"] == 0 or values["slate"] == 0:
            each.fault("seats", "Số lượng cần bầu và số người trong danh sách bầu phải ghi cả hai, từ 1 trở lên.")
        return Vote(item=item, excluded_reason=each.values.get("excluded_reason") or "", **values)

    def _link_corrected_item(self, each: Listed) -> None:
        """Let an item correct the one of that number in the dossier corrected, which then no longer stands."""
        item, number = each.meant, each.values.get("corrects")
        if each.faults or not each.is_new:
            return
        corrected = item.dossier.corrects
        if number is None:
            if item.act == Act.ANNUL:
                each.fault("corrects", "Hủy bỏ nội dung đã ghi thì phải nêu STT của nội dung đó.")
            return
        if corrected is None:
            each.fault("corrects", "Chỉ hồ sơ đính chính mới nêu nội dung được đính chính.")
            return
        other = self.by_number.get(((corrected.year, corrected.number), number))
        if other is None or not other.meant:
            each.fault(
                "corrects", f"Hồ sơ {corrected.code} trong tệp không có nội dung số {number}, hoặc nội dung đó có lỗi."
            )
        elif item.outcome == Outcome.CONFIRMED and other.meant.superseded_on:
            each.fault("corrects", f"Nội dung số {number} của hồ sơ {corrected.code} đã được đính chính ở dòng khác.")
        elif other.meant.outcome != Outcome.CONFIRMED:
            each.fault("corrects", f"Nội dung số {number} của hồ sơ {corrected.code} chưa được chuẩn y.")
        else:
            item.corrects = other.meant
            if item.outcome == Outcome.CONFIRMED:
                other.meant.superseded_on = item.confirmed_on


def _covers(day: PartialDay, known: date) -> bool:
    """Whether what is known of the day agrees with the full one."""
    return day.day.year == known.year and (day.precision == "year" or day.day.month == known.month)
