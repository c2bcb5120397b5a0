"""A figure that an office makes for itself from building blocks: what it counts, in words, and where it contradicts
itself.

Blocks of one kind are alternatives (either position), blocks of different kinds narrow each other (a position, at a
level); a kind of which none is chosen narrows nothing. A method tells appointments alone, a reason releases alone.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from django.db.models import Q

from organizations.models import BodyKind, Position
from personnel.models import Act, Method, ReleaseReason
from reports.catalogue import unit_word
from reports.figures import APPOINTED, RELEASED, Counted, Family, Figure, Level

OWN = "own."  # with which the keys of own figures begin
OWN_TITLE = "Chỉ tiêu riêng"
LONGEST_SHEET = 27  # of the 31 characters of a sheet's name; its number goes before
NOT_IN_A_SHEET = re.compile(r"[\[\]:*?/\\']+")

# What can be chosen. Nothing that a congress elects or that ends with its organisation is a change of a term.
ACTS = {Act.APPOINT: "bổ sung", Act.RELEASE: "cho thôi"}
LEVELS = {Level.ITSELF: "ở chính tổ chức lập báo cáo", Level.GRASSROOTS: "ở cơ sở"}
METHODS = {each: each.label for each in (Method.SUPPLEMENTARY_ELECTION, Method.DESIGNATION)}
REASONS = {each: each.label for each in ReleaseReason if each != ReleaseReason.ORGANIZATION_ENDED}
UNITS = {
    Counted.ITEMS: "lượt",
    Counted.PEOPLE: "đồng chí, mỗi đồng chí một lần",
    Counted.ORGANIZATIONS: "cấp ủy, mỗi cấp ủy một lần",
    Counted.DECISIONS: "quyết định, mỗi quyết định một lần",
}


@dataclass(frozen=True)
class Blocks:
    """The building blocks, by their codes. Empty: all of the kind."""

    act: str = ""
    positions: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    level: str = ""
    method: str = ""
    reasons: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return self == Blocks()

    def in_order(self, positions: Iterable[str]) -> "Blocks":
        """Return the same, each choice once, in the order of the catalogues; what is in none of them stays last."""
        return replace(
            self,
            positions=_in_order(self.positions, positions),
            bodies=_in_order(self.bodies, BodyKind.values),
            reasons=_in_order(self.reasons, REASONS),
        )

    @property
    def condition(self) -> Q:
        """Which change items are counted; the level beside it depends on who reports (reports/families.py)."""
        appointed = APPOINTED & Q(method=self.method) if self.method else APPOINTED
        released = RELEASED & Q(release_reason__in=self.reasons) if self.reasons else RELEASED
        where = {Act.APPOINT: appointed, Act.RELEASE: released}.get(self.act, appointed | released)
        if self.positions:
            where &= Q(position__in=self.positions)
        if self.bodies:
            where &= Q(position__body_kind__in=self.bodies)
        return where


def _in_order(chosen: Iterable[str], catalogue: Iterable[str]) -> tuple[str, ...]:
    chosen = dict.fromkeys(chosen)
    return tuple(dict.fromkeys([*(code for code in catalogue if code in chosen), *chosen]))


@dataclass(frozen=True)
class Objection:
    """Why blocks cannot stand together: the kind of block by which it is mended (empty: any), and the sentence."""

    place: str
    message: str


def objections(blocks: Blocks, positions: Mapping[str, Position]) -> Iterator[Objection]:
    """Go through what is wrong with the blocks; `positions` is the catalogue, by code."""
    if blocks.is_empty:
        yield Objection(
            "",
            "Chưa chọn điều gì để đếm. Hãy chọn ít nhất một trong các mục: nội dung, chức danh, ban, cấp, "
            "hình thức, lý do thôi.",
        )
    for place, chosen, known in _chosen(blocks, positions):
        for code in chosen:
            if code not in known:
                yield Objection(place, f"Không có lựa chọn “{code}”. Hãy chọn trong danh sách.")
    if blocks.reasons and blocks.act == Act.APPOINT:
        yield Objection(
            "reasons",
            "Lý do thôi chỉ có ở lượt cho thôi, mà chỉ tiêu này chỉ đếm bổ sung. Hãy bỏ lý do, hoặc đếm cả cho thôi.",
        )
    if blocks.method and blocks.act == Act.RELEASE:
        yield Objection(
            "method",
            "Hình thức chỉ có ở lượt bổ sung, mà chỉ tiêu này chỉ đếm cho thôi. Hãy bỏ hình thức, hoặc đếm cả bổ sung.",
        )
    if blocks.bodies:
        yield from _positions_and_bodies(blocks, positions)


def _chosen(blocks: Blocks, positions: Mapping[str, Position]) -> Iterator[tuple[str, tuple[str, ...], Mapping]]:
    yield "act", _one(blocks.act), ACTS
    yield "positions", blocks.positions, positions
    yield "bodies", blocks.bodies, dict(BodyKind.choices)
    yield "level", _one(blocks.level), LEVELS
    yield "method", _one(blocks.method), METHODS
    yield "reasons", blocks.reasons, REASONS


def _one(code: str) -> tuple[str, ...]:
    return (code,) if code else ()


def _positions_and_bodies(blocks: Blocks, positions: Mapping[str, Position]) -> Iterator[Objection]:
    chosen = [positions[code] for code in blocks.positions if code in positions]
    bodies = dict(BodyKind.choices)
    of_bodies = " hoặc ".join(bodies.get(code, code) for code in blocks.bodies)
    for position in chosen:
        if position.body_kind not in blocks.bodies:
            yield Objection(
                "positions",
                f"Chức danh {position.name} thuộc {bodies[position.body_kind]}, không thuộc {of_bodies} đã chọn. "
                "Hãy bỏ chức danh này, hoặc chọn thêm ban của nó.",
            )
    for code in blocks.bodies if chosen else ():
        if code in bodies and all(position.body_kind != code for position in chosen):
            yield Objection(
                "bodies",
                f"Đã chọn {bodies[code]} mà không chọn chức danh nào của ban này, nên sẽ không đếm được gì ở đó. "
                "Hãy bỏ ban, hoặc chọn thêm chức danh của ban.",
            )


def rule_in_words(blocks: Blocks, unit: Counted, positions: Mapping[str, Position]) -> str:
    """Return the counting rule: "Đếm lượt: cho thôi Bí thư ở cơ sở, lý do nghỉ hưu, đã chuẩn y, có hiệu lực…"."""
    acts = ACTS.get(blocks.act, "bổ sung hoặc cho thôi")
    told = [f"{acts} {_posts(blocks, positions)} {LEVELS.get(blocks.level, 'ở mọi cấp')}"]
    if blocks.method:
        told.append(("" if blocks.act else "bổ sung theo ") + f"hình thức {_lower(METHODS[blocks.method])}")
    if blocks.reasons:
        reasons = " hoặc ".join(_lower(REASONS[code]) for code in blocks.reasons)
        told.append(("" if blocks.act else "cho thôi vì ") + f"lý do {reasons}")
    return f"Đếm {UNITS[unit]}: {', '.join(told)}, đã chuẩn y, có hiệu lực trong kỳ."


def _posts(blocks: Blocks, positions: Mapping[str, Position]) -> str:
    if blocks.positions:
        return " hoặc ".join(positions[code].name for code in blocks.positions)
    bodies = " hoặc ".join(BodyKind(code).label for code in blocks.bodies)
    return f"mọi chức danh trong {bodies}" if bodies else "mọi chức danh"


def _lower(label: str) -> str:
    return label[0].lower() + label[1:]


def own_figure(key: str, label: str, unit: Counted, blocks: Blocks, rule: str) -> Figure:
    """Return the figure; its label holds no braces, which would stand for the names of a frame."""
    return Figure(
        key=key,
        label=label,
        sheet=" ".join(f"Riêng {NOT_IN_A_SHEET.sub(' ', label)}".split())[:LONGEST_SHEET].strip(),
        unit=unit_word(Family.CHANGES, unit),
        counts=unit,
        family=Family.CHANGES,
        level=Level(blocks.level) if blocks.level else None,
        where=blocks.condition,
        rule=rule,
        phrase=f"{label} {{number}}",
    )
