"""The summary: the tree of figures of a frame, computed in one query for each family of records."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Exists, OuterRef, Q

from organizations.models import Document, OrganizationVersion
from planning.models import PlanApproval, PlanEntry, PlanningRound
from reports.families import FAMILIES
from reports.figures import Family, Figure, Section
from reports.frame import Frame


@dataclass(frozen=True)
class Result:
    """What a figure came to. `count` is None where the register has no records to count from: no data is not zero."""

    figure: Figure
    label: str
    count: int | None
    pending: int
    previous: int | None
    positions: tuple[str, ...] = ()
    out_of: int | None = None
    parts: tuple["Result", ...] = ()
    depth: int = 0

    @property
    def value(self) -> int | None:
        """The number that the summary states: none for a fact that it states without one."""
        return None if self.figure.unit is None else self.count

    @property
    def happened(self) -> bool:
        return bool(self.count)

    def __iter__(self) -> Iterator["Result"]:
        """Go through this result and those of its parts, in reading order."""
        yield self
        for part in self.parts:
            yield from part


@dataclass(frozen=True)
class SectionResult:
    """The results of one section; `has_data` tells whether the register holds anything to count for it."""

    section: Section
    title: str
    results: tuple[Result, ...]
    has_data: bool

    def __iter__(self) -> Iterator[Result]:
        """Go through all results and their parts, in reading order."""
        for result in self.results:
            yield from result


@dataclass(frozen=True)
class Summary:
    """The figures of a frame, and the documents that its plans rest on. `own`: figures that the office made itself."""

    frame: Frame
    sections: tuple[SectionResult, ...]
    outside: Result
    own: tuple[Result, ...] = ()  # the figures that an office made for itself

    def __iter__(self) -> Iterator[Result]:
        """Go through the results of all sections and their parts, in reading order."""
        for section in self.sections:
            yield from section

    @property
    def every(self) -> tuple[Result, ...]:
        """All results: those of the sections, what no figure of these counts, the office's own, in reading order."""
        return (*self, self.outside, *self.own)

    @property
    def has_data(self) -> bool:
        return any(section.has_data for section in self.sections)

    @cached_property
    def by_key(self) -> dict[str, Result]:
        return {result.figure.key: result for result in self.every}

    @cached_property
    def legal_basis(self) -> tuple[Document, ...]:
        """The documents on which its plans rest; read when they are first asked for."""
        tells_of_plans = any(each.has_data for each in self.sections if each.section.family is not Family.CHANGES)
        return tuple(legal_basis(self.frame)) if tells_of_plans else ()


def summarize(frame: Frame) -> Summary:
    """Compute the summary of a frame. Takes a fixed number of queries, whatever the number of records and figures."""
    sections = [section for section in frame.catalogue.sections if _applies(section, frame)]
    numbers = _Numbers(frame)
    has_changes = numbers.has_data(Family.CHANGES)
    return Summary(
        frame=frame,
        sections=tuple(_section_result(section, numbers, frame) for section in sections),
        outside=_result(frame.catalogue.outside, numbers, frame, has_data=has_changes),
        own=tuple(_result(figure, numbers, frame, has_data=has_changes) for figure in frame.catalogue.own),
    )


def _applies(section: Section, frame: Frame) -> bool:
    """Whether the organisation is of the level that the section tells of, and plans exist if it tells of plans."""
    if section.family is not Family.CHANGES and not frame.plan_term:
        return False
    return frame.tells_of(section.level)


def legal_basis(frame: Frame):
    """Return the documents on which the planning rounds behind the plan figures were conducted, in citing order."""
    under = OrganizationVersion.objects.as_of(frame.day).under(frame.organization.organization_id)
    here = {"round": OuterRef("pk"), "organization__in": under.values("organization")}
    entries = PlanEntry.objects.filter(FAMILIES[Family.ENTRIES].counted(frame), **here)
    approvals = PlanApproval.objects.filter(FAMILIES[Family.APPROVALS].counted(frame), **here)
    rounds = PlanningRound.objects.filter(Exists(entries) | Exists(approvals), plan_term=frame.plan_term)
    return Document.objects.filter(planning_rounds__in=rounds).distinct().in_citing_order()


def _section_result(section: Section, numbers: "_Numbers", frame: Frame) -> SectionResult:
    has_data = numbers.has_data(section.family)
    results = tuple(_result(figure, numbers, frame, has_data=has_data) for figure in section.figures)
    return SectionResult(section, frame.in_words(section.title), results, has_data)


def _result(figure: Figure, numbers: "_Numbers", frame: Frame, *, has_data: bool, depth: int = 0) -> Result:
    return Result(
        figure=figure,
        label=frame.in_words(figure.label),
        count=numbers.of(figure, "counted") if has_data else None,
        pending=numbers.of(figure, "pending"),
        previous=numbers.of(figure, "previous") if numbers.had_data(figure.family) else None,
        positions=numbers.positions(figure),
        out_of=frame.grassroots if figure.out_of_grassroots else None,
        parts=tuple(_result(part, numbers, frame, has_data=has_data, depth=depth + 1) for part in figure.parts),
        depth=depth,
    )


class _Numbers:
    """All numbers of a frame: one aggregate query for each family, so that every figure sees the same records."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.answers: dict[Family, dict[str, int]] = {family: self._ask(family) for family in Family}

    def of(self, figure: Figure, aspect: str) -> int:
        return self.answers[figure.family][_name(figure, aspect)]

    def positions(self, figure: Figure) -> tuple[str, ...]:
        """Return which of the positions that the figure names did change, in the order in which it names them."""
        answers = self.answers[figure.family]
        return tuple(code for code in figure.names_positions if answers[_name(figure, code)])

    def has_data(self, family: Family) -> bool:
        """Whether any record at all, counted or waiting, lies in the period: else its figures are unknown, not zero."""
        if not self.frame.has_begun:
            return False
        if family is Family.CHANGES:
            return bool(self.answers[family]["any_counted"] + self.answers[family]["any_pending"])
        plans = (self.answers[Family.ENTRIES], self.answers[Family.APPROVALS])
        return any(answers["any_counted"] + answers["any_pending"] for answers in plans)

    def had_data(self, family: Family) -> bool:
        """Whether any record at all lies in the period compared with, if it has begun."""
        if not self.frame.before.has_begun:
            return False
        families = (family,) if family is Family.CHANGES else (Family.ENTRIES, Family.APPROVALS)
        return any(self.answers[each]["any_previous"] for each in families)

    def _ask(self, name: Family) -> dict[str, int]:
        family, frame = FAMILIES[name], self.frame
        aspects = {
            "counted": (frame, family.counted(frame)),
            "pending": (frame, family.pending(frame)),
            "previous": (frame.before, family.counted(frame.before)),
        }
        counts = {f"any_{aspect}": Count("pk", filter=when) for aspect, (_, when) in aspects.items()}
        for figure in frame.catalogue:
            if figure.family is not name:
                continue
            unit = family.unit_fields[figure.counts]
            for aspect, (each, when) in aspects.items():
                condition = when & family.condition(figure, each)
                counts[_name(figure, aspect)] = Count(unit, filter=condition, distinct=True)
            for code in figure.names_positions:
                condition = family.counted(frame) & family.condition(figure, frame) & Q(position=code)
                counts[_name(figure, code)] = Count("pk", filter=condition)
        return family.rows(frame).aggregate(**counts)


def _name(figure: Figure, aspect: str) -> str:
    return f"{figure.key}_{aspect}".replace(".", "_")
