"""Closed books beside today's: the figures then and now, and which records came, went or changed since, by whom."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from auditlog.models import LogEntry
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from common.formats import short_day
from organizations.models import Closing, OrganizationVersion
from organizations.scope import Scope
from reports.choices import choose
from reports.figures import Family
from reports.fingerprints import Fingerprint, fingerprints
from reports.frame import Frame
from reports.models import ClosedFigure
from reports.office import catalogue_of_closing
from reports.summary import Result, Summary, summarize


class Since(StrEnum):
    """What became of a record since the closing."""

    CAME = "came"
    WENT = "went"
    CHANGED = "changed"

    @property
    def label(self) -> str:
        return {"came": "Thêm vào", "went": "Không còn đếm", "changed": "Thay đổi"}[self]


@dataclass(frozen=True)
class Done:
    """An act of the journal that touched a record: what, by whom, when, why."""

    act: str
    actor: str
    at: datetime
    reason: str


@dataclass(frozen=True)
class Altered:
    """A cell of a record that says something else now."""

    heading: str
    before: str
    after: str


@dataclass(frozen=True)
class Difference:
    """A record that came, went or changed since the closing, with the acts that did it, the first one first."""

    since: Since
    mark: Fingerprint
    figures: tuple[str, ...]
    figures_before: tuple[str, ...]  # by which it was counted at the closing
    altered: tuple[Altered, ...]
    acts: tuple[Done, ...]

    @property
    def told(self) -> list[tuple[str, str]]:
        """What the record says, or said, under its headings: days as the office writes them."""
        return [(heading, shown(value)) for heading, value in self.mark.told]

    @property
    def is_counted_elsewhere(self) -> bool:
        """Whether other figures count it now (its organisation is of another kind)."""
        return self.since is Since.CHANGED and self.figures != self.figures_before

    @property
    def is_other_identity(self) -> bool:
        """Whether the words are the same, and it speaks of another person, organisation or paper (records merged)."""
        return self.since is Since.CHANGED and not self.altered and not self.is_counted_elsewhere

    @property
    def names_planned_people(self) -> bool:
        return self.mark.family is Family.ENTRIES


@dataclass(frozen=True)
class FigureSince:
    """A figure of the closing beside the same of today; None: nothing known to count."""

    closed: ClosedFigure
    today: int | None

    @property
    def difference(self) -> int:
        return (self.today or 0) - (self.closed.value or 0)

    @property
    def is_same(self) -> bool:
        """Whether the report states the same: a fact without a number only that it happened."""
        if self.closed.unit or None in (self.closed.value, self.today):
            return self.closed.value == self.today
        return bool(self.closed.value) == bool(self.today)


@dataclass(frozen=True)
class Comparison:
    """A closing beside the books of today."""

    closing: Closing
    as_at: date
    figures: tuple[FigureSince, ...]
    differences: tuple[Difference, ...]

    @property
    def is_same(self) -> bool:
        return not self.differences and all(figure.is_same for figure in self.figures)


def frame_of_closing(closing: Closing, as_at: date) -> Frame | None:
    """Return the frame that the closing is of, as known on `as_at`; None where the organisation stands no more.

    It is read as the system reads, whoever asks: what was closed and what is compared are the same records for all.
    The plan term is the closing's, even when all its rounds have been taken back since; the newest of the period when
    there was none yet. The figures are those that it kept, in the units of then, whatever the office has chosen since.
    """
    code = closing.organization.code
    frame = choose(scope=Scope.everything(), period=closing.period, as_at=as_at, code=code).frame
    if frame is None:
        return None
    catalogue = catalogue_of_closing(closing.figures.all())
    return replace(frame, plan_term=closing.plan_term or frame.plan_term, catalogue=catalogue, printed=catalogue)


def figures_to_keep(summary: Summary) -> list[Result]:
    """Return the results of a summary that a closing keeps, in reading order."""
    return list(summary.every)


def compare(closing: Closing, as_at: date) -> Comparison:
    """Return the closed books beside those of `as_at`, with every record that differs."""
    frame = frame_of_closing(closing, as_at)
    summary = frame and summarize(frame)
    results = {result.figure.key: result.count for result in figures_to_keep(summary)} if summary else {}
    before = {mark.key: mark for mark in _kept(closing)}
    after = fingerprints(summary) if summary else {}
    labels = {figure.key: figure.label for figure in closing.figures.all()}
    found = [
        (_since(before.get(key), after.get(key)), before.get(key), after.get(key))
        for key in sorted(before.keys() | after.keys())
        if key not in before or key not in after or before[key].differs_from(after[key])
    ]
    return Comparison(
        closing=closing,
        as_at=as_at,
        figures=tuple(FigureSince(figure, results.get(figure.key)) for figure in closing.figures.all()),
        differences=tuple(_differences(found, labels, closing)),
    )


def _kept(closing: Closing) -> Iterable[Fingerprint]:
    for row in closing.records.all():
        yield Fingerprint(Family(row.family), row.record, row.figures, row.told, row.identities)


def _since(before: Fingerprint | None, after: Fingerprint | None) -> Since:
    return Since.CAME if before is None else Since.WENT if after is None else Since.CHANGED


def _differences(found: Sequence[tuple], labels: dict[str, str], closing: Closing) -> Iterable[Difference]:
    journal = _Journal([mark for _, *marks in found for mark in marks if mark], closing)
    for since, before, after in found:
        altered = _altered(before, after) if since is Since.CHANGED else ()
        mark = after or before
        counted_before, counted = (
            tuple(labels.get(key, key) for key in each.figures) if each else () for each in (before, after)
        )
        yield Difference(
            since=since,
            mark=mark,
            figures=counted or counted_before,
            figures_before=counted_before,
            altered=altered,
            acts=tuple(journal.acts(since, before, after, altered)),
        )


def _altered(before: Fingerprint, after: Fingerprint) -> tuple[Altered, ...]:
    then, now = dict(before.told), dict(after.told)
    return tuple(
        Altered(heading, shown(then.get(heading, "")), shown(now.get(heading, "")))
        for heading in dict.fromkeys([*then, *now])
        if then.get(heading) != now.get(heading)
    )


def shown(value: str) -> str:
    """Return a kept cell as the office writes it: a day as 05/3/2022, other words as they are."""
    try:
        return short_day(date.fromisoformat(value)) if len(value) == 10 else value
    except ValueError:
        return value


# Who did it, and why


RECORDS = {
    Family.CHANGES: "personnel.changeitem",
    Family.ENTRIES: "planning.planentry",
    Family.APPROVALS: "planning.planapproval",
}
SAID_BY = {"Họ và tên": "personnel.person", "Năm sinh": "personnel.person", "Quyết định": "organizations.document"}
PLACES = ("Tổ chức đảng", "Tổ chức cơ sở đảng")


class _Journal:
    """The entries written since the closing about the records and what they speak of."""

    def __init__(self, marks: Sequence[Fingerprint], closing: Closing) -> None:
        self.entries: dict[tuple[str, int], list[LogEntry]] = defaultdict(list)
        self.versions: dict[int, list[int]] = defaultdict(list)
        wanted: dict[str, set[int]] = defaultdict(set)
        for mark in marks:
            wanted[RECORDS[mark.family]].add(mark.record)
            for model, key in mark.identities.items():
                wanted[model].add(key)
        for version, organization in OrganizationVersion.objects.filter(
            organization__in=wanted["organizations.organization"]
        ).values_list("pk", "organization"):
            self.versions[organization].append(version)
            wanted["organizations.organizationversion"].add(version)
        self._read(wanted, closing)

    def _read(self, wanted: dict[str, set[int | None]], closing: Closing) -> None:
        labels, about = {}, Q(pk__in=[])
        for label, keys in wanted.items():
            content_type = ContentType.objects.get_for_model(apps.get_model(label))
            labels[content_type.pk] = label
            about |= Q(content_type=content_type, object_id__in=keys - {None})
        since = LogEntry.objects.filter(about, timestamp__gt=closing.closed_at).exclude(action=LogEntry.Action.ACCESS)
        for entry in since.select_related("actor").order_by("timestamp", "pk"):
            self.entries[labels[entry.content_type_id], entry.object_id].append(entry)

    def acts(
        self, since: Since, before: Fingerprint | None, after: Fingerprint | None, altered: Sequence[Altered]
    ) -> list[Done]:
        """Return the acts that made the difference: those on the record itself and on what says the altered cells.

        Where there are none: of what came or went those that moved or changed its organisation; else those on
        anything that it speaks of.
        """
        marks = [mark for mark in (before, after) if mark]
        on_record = [entry for mark in marks for entry in self.entries[RECORDS[mark.family], mark.record]]
        on_subjects = [entry for mark in marks for entry in self._on_subjects(mark)]
        if since is not Since.CHANGED:
            on_places = [entry for mark in marks for entry in self._on_organization(mark)]
            return _told(on_record or on_places or on_subjects)
        entries = [] if before.figures == after.figures else self._on_organization(after)
        for mark in marks:
            for cell in altered:
                entries += self._on_cell(mark, cell.heading)
        return _told([*on_record, *entries] or on_subjects)

    def _on_cell(self, mark: Fingerprint, heading: str) -> list[LogEntry]:
        if heading in PLACES:
            return self._on_organization(mark)
        model = SAID_BY.get(heading)
        return self.entries[model, mark.identities.get(model)] if model else []

    def _on_subjects(self, mark: Fingerprint) -> list[LogEntry]:
        found = [entry for model, key in mark.identities.items() for entry in self.entries[model, key]]
        return found + self._on_organization(mark)

    def _on_organization(self, mark: Fingerprint) -> list[LogEntry]:
        versions = self.versions[mark.identities["organizations.organization"]]
        return [entry for version in versions for entry in self.entries["organizations.organizationversion", version]]


def _told(entries: Iterable[LogEntry]) -> list[Done]:
    """Return the acts of the entries, each once, the first one first."""
    found: dict[str, Done] = {}
    for entry in sorted(entries, key=lambda entry: (entry.timestamp, entry.pk)):
        extra = entry.additional_data or {}
        actor = str(entry.actor) if entry.actor else "Hệ thống"
        found.setdefault(
            entry.cid or str(entry.pk), Done(extra.get("act", ""), actor, entry.timestamp, extra.get("reason", ""))
        )
    return list(found.values())
