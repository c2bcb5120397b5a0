"""Which organisations a table of what stands goes through, and of which of their bodies it tells."""

from collections.abc import Collection, Iterable, Mapping

from django import forms
from django.urls import reverse

from common.formats import grouped
from organizations.models import BodyKind, OrganizationVersion
from personnel.tree_filters import BENEATH, EVERYTHING, GRASSROOTS, KINDS_OF_LEVEL, LEADING, LEVELS
from reports.frame import Frame
from reports.tables.base import Cell, Options

# By their names in addresses; the first of each is meant where none is chosen.
LEVEL_SLUGS = {
    "moi-cap": EVERYTHING,
    "co-so-tro-len": LEADING,
    "co-so": GRASSROOTS,
    "duoi-co-so": BENEATH,
}
BODY_SLUGS = {
    "ban-chap-hanh": BodyKind.COMMITTEE,
    "ban-thuong-vu": BodyKind.STANDING,
    "uy-ban-kiem-tra": BodyKind.INSPECTION,
}
BODY_CHOICES = [(slug, kind.label) for slug, kind in BODY_SLUGS.items()]


class PlaceOptions(Options):
    """At which levels the organisations stand. `cap` is read by `organizations_of`."""

    cap = forms.ChoiceField(
        label="Cấp", choices=[(slug, dict(LEVELS)[level]) for slug, level in LEVEL_SLUGS.items()], required=False
    )

    def in_words(self) -> str:
        return "; ".join(filter(None, [*self.chosen_words(), self.label_of("cap")]))

    def chosen_words(self) -> Iterable[str]:
        """Return what else was chosen, in words."""
        return ()

    def label_of(self, name: str) -> str:
        """Return the label of what was chosen in a field; empty for the first, which nothing chosen means too."""
        choices, chosen = self.fields[name].choices, self.cleaned_data.get(name)
        return "" if not chosen or chosen == choices[0][0] else dict(choices)[chosen]


def organizations_of(frame: Frame, options: Mapping[str, object]) -> list[OrganizationVersion]:
    """Return the organisation of the frame and all beneath it on its day, at the level chosen, in tree order.

    From the grassroots up, that of the frame stands among them whatever it is, as on its dashboard. One query.
    """
    versions = OrganizationVersion.objects.as_of(frame.day).visible_to(frame.scope).beneath([frame.organization.path])
    found = versions.with_codes().as_tree()
    level = LEVEL_SLUGS[options.get("cap") or "moi-cap"]
    if level == EVERYTHING:
        return found
    return [version for version in found if is_of(level, version, frame)]


def is_of(level: str, version: OrganizationVersion, frame: Frame) -> bool:
    """Whether the organisation is of the level, one of `KINDS_OF_LEVEL`, in the sense of `organizations_of`."""
    own = version.organization_id == frame.organization.organization_id
    return version.kind in KINDS_OF_LEVEL[level] or (level == LEADING and own)


def without_term(places: Collection[OrganizationVersion], seated: Collection[int]) -> list[str]:
    """Return the note on organisations that have no term on record; `seated` are those that have."""
    count = sum(place.organization_id not in seated for place in places)
    told = f"{grouped(count)} tổ chức chưa có nhiệm kỳ trong sổ vào ngày này, nên không có trong danh sách."
    return [told] if count else []


def organization_cell(version: OrganizationVersion) -> Cell:
    return Cell(version.name, reverse("personnel:organization_detail", args=[version.code]))


def body_name(version: OrganizationVersion, kind: str) -> str:
    """Return the full name of a body: Đảng ủy X, Ban Thường vụ Đảng ủy X."""
    committee = version.committee_name
    return committee if kind == BodyKind.COMMITTEE else f"{BodyKind(kind).label} {committee}"
