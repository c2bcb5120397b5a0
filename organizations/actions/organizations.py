"""Writes of organisations, their terms and bodies."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Case, When

from common.errors import Refused
from common.formats import short_day
from common.journal import act
from common.periods import today
from common.vietnamese import normalize
from organizations.actions.rights import require_right
from organizations.codes import UNADDRESSABLE, is_addressable
from organizations.models import (
    Body,
    BodyKind,
    Document,
    Organization,
    OrganizationVersion,
    Reorganization,
    Term,
)
from organizations.querysets import OrganizationVersionQuerySet
from organizations.scope import Right

MIRRORED = ("name", "short_name", "kind", "parent_id", "path")


@act("Lập tổ chức đảng")
def establish_organization(
    *,
    code: str,
    name: str,
    kind: str,
    valid_from: date,
    by,
    parent: Organization | None = None,
    short_name: str = "",
    decision: Document | None = None,
    reorganization: Reorganization | None = None,
) -> Organization:
    """Enter an organisation that stands from `valid_from` on, beneath `parent` (None: at the top of the tree).

    Raises `Refused` when the parent does not stand on that day, or has ended since, or the code cannot stand in an
    address. Where the parent has moved since, so has it.
    """
    require_right(by, Right.KEEP_REGISTER, parent)
    if not is_addressable(code):
        raise Refused(UNADDRESSABLE.format(code=code))
    if parent is not None:
        require_lasting(parent, valid_from)
    spans = _paths_since(parent, valid_from)
    organization = Organization.objects.create(code=code, name=name, short_name=short_name, kind=kind, parent=parent)
    for begins, ends, path in spans:
        version = OrganizationVersion.objects.create(
            organization=organization,
            name=organization.name,
            short_name=short_name,
            kind=kind,
            parent=parent,
            path=f"{path}{organization.pk}/",
            valid_from=begins,
            valid_to=ends,
            decision=decision,
            reorganization=reorganization,
        )
        if not organization.path or begins <= today():
            organization.path = version.path
    organization.save(update_fields=["path"])
    return organization


def _paths_since(parent: Organization | None, day: date) -> list[tuple[date, date | None, str]]:
    """Return (first day, end, path) of each stretch over which the parent has kept one path since `day`."""
    if parent is None:
        return [(day, None, "/")]
    changes = [(day, _version_on(parent, day).path)]
    for version in parent.versions.filter(valid_from__gt=day).order_by("valid_from"):
        if version.path != changes[-1][1]:
            changes.append((version.valid_from, version.path))
    ends = [begins for begins, _ in changes[1:]] + [None]
    return [(begins, end, path) for (begins, path), end in zip(changes, ends, strict=True)]


@act("Thay đổi tổ chức đảng")
def amend_organization(
    organization: Organization,
    *,
    effective_on: date,
    by,
    decision: Document | None = None,
    name: str | None = None,
    short_name: str | None = None,
    kind: str | None = None,
    parent: Organization | None = None,
    reorganization: Reorganization | None = None,
) -> OrganizationVersion:
    """Rename, change the kind of, or move an organisation from `effective_on` on; what is not given stays.

    Moving writes new versions for all beneath it, since their paths change. Changes are entered in the order in which
    they happened. Raises `Refused` when a later change is entered already, when the organisation or the new parent does
    not stand on that day, when the parent has ended since, or when it would stand beneath itself.
    """
    require_right(by, Right.KEEP_REGISTER, organization)
    organization = Organization.objects.select_for_update().get(pk=organization.pk)
    changes = {"name": name and normalize(name), "short_name": short_name, "kind": kind, "parent": parent}
    changes = {field: value for field, value in changes.items() if value is not None}
    current = _version_on(organization, effective_on)
    _require_no_later_change(OrganizationVersion.objects.filter(organization=organization), effective_on)
    changes["decision"], changes["reorganization"] = decision, reorganization
    if parent is None or parent.pk == current.parent_id:
        return _begin_version(current, effective_on, **changes)
    parent_version = _version_on(parent, effective_on)
    require_lasting(parent, effective_on)
    if parent_version.path.startswith(current.path):
        raise Refused(f"{parent.name} nằm dưới {organization.name} nên không thể là cấp trên trực tiếp.")
    _require_no_later_change(OrganizationVersion.objects.beneath([current.path]), effective_on)
    new_path = f"{parent_version.path}{organization.pk}/"
    _move_all_beneath(current, new_path, effective_on, decision=decision, reorganization=reorganization)
    return _begin_version(current, effective_on, path=new_path, **changes)


def _version_on(organization: Organization, day: date) -> OrganizationVersion:
    version = organization.versions.as_of(day).select_for_update().first()
    if version is None:
        raise Refused(f"{organization.name} không hoạt động vào ngày {short_day(day)}.")
    return version


def require_lasting(organization: Organization, day: date) -> None:
    """Raise `Refused` when the organisation does not stand on the day or ends after it: nothing may rest on it."""
    if not organization.versions.as_of(day).exists():
        raise Refused(f"{organization.name} không hoạt động vào ngày {short_day(day)}.")
    require_not_ended(organization)


def require_standing(organization: Organization) -> None:
    """Raise `Refused` as `require_not_ended` does, of an organisation that no other act ends until this one is done."""
    lock_organizations([organization.pk])
    require_not_ended(organization)


def lock_organizations(keys: Iterable[int]) -> None:
    """Let acts on the same organisations wait for each other until the act under way is done.

    The top of the tree is locked last: whoever numbers a dossier locks it after the organisation of the dossier.
    """
    top_last = Case(When(parent__isnull=True, then=1), default=0)
    locked = Organization.objects.select_for_update(no_key=True).filter(pk__in=list(keys)).order_by(top_last, "pk")
    list(locked.values_list("pk"))


def require_not_ended(organization: Organization) -> None:
    """Raise `Refused` when the organisation has ended, or never stood: nothing that lasts may rest on it."""
    last = organization.versions.order_by("valid_from").last()
    if last is None:
        raise Refused(f"{organization.name} không hoạt động vào ngày nào.")
    if last.valid_to is not None:
        raise Refused(
            f"{organization.name} đã kết thúc hoạt động từ ngày {short_day(last.valid_to)}. "
            "Hãy ghi nhận các thay đổi theo thứ tự thời gian."
        )


def _require_no_later_change(versions: OrganizationVersionQuerySet, day: date) -> None:
    """Raise `Refused` when an organisation that stood by `day` changes after it: that would undo the new change."""
    later = versions.filter(valid_from__gt=day, organization__versions__valid_from__lte=day)
    later = later.order_by("valid_from").first()
    if later is not None:
        raise Refused(
            f"{later.name} đã có thay đổi từ ngày {short_day(later.valid_from)}. "
            "Hãy ghi nhận các thay đổi theo thứ tự thời gian."
        )


def _move_all_beneath(moved: OrganizationVersion, new_path: str, day: date, **by) -> None:
    """Give all that stands beneath `moved` on `day`, or was established there later, its place under `new_path`."""
    beneath_it = OrganizationVersion.objects.beneath([moved.path]).exclude(organization=moved.organization)
    for version in beneath_it.exclude(valid_to__lte=day).select_for_update():
        path = new_path + version.path.removeprefix(moved.path)
        if version.valid_from <= day:
            _begin_version(version, day, path=path, **by)
        else:
            version.path = path
            version.save(update_fields=["path"])
            _mirror(version)


def _begin_version(current: OrganizationVersion, day: date, **changes) -> OrganizationVersion:
    """Let `current` end on `day` and a changed copy follow; a version that begins that same day is changed itself."""
    if current.valid_from == day:
        version = current
    else:
        version = OrganizationVersion.objects.get(pk=current.pk)
        version.pk, version._state.adding = None, True
        version.valid_from = day
        current.valid_to = day
        current.save(update_fields=["valid_to"])
    for field, value in changes.items():
        setattr(version, field, value)
    version.save()
    _mirror(version)
    return version


def _mirror(version: OrganizationVersion) -> None:
    """Show the version on its organisation when it is the one of today."""
    if version.is_in_force(today()):
        for field in MIRRORED:
            setattr(version.organization, field, getattr(version, field))
        version.organization.save()


@act("Cập nhật tên và vị trí tổ chức theo ngày hôm nay")
def refresh_mirrors(*, by) -> int:
    """Show on every organisation its version of today; return how many changed. For versions that begin later."""
    require_right(by, Right.KEEP_REGISTER, None)
    changed = 0
    for version in OrganizationVersion.objects.as_of(today()).select_related("organization"):
        if any(getattr(version, field) != getattr(version.organization, field) for field in MIRRORED):
            _mirror(version)
            changed += 1
    return changed


def open_term(
    organization: Organization,
    *,
    label: str,
    ordinal: int,
    congress_on: date,
    planned_end: date,
    sizes: Mapping[str, int],
    decision: Document | None = None,
    opening: str = Term.Opening.CONGRESS,
) -> Term:
    """Open a term with its bodies and close the one before on the same day.

    Part of confirming a congress result, and of a reorganisation that designates a committee (then `congress_on` is the
    day of the designation).
    """
    organization.terms.filter(valid_to__isnull=True).select_for_update().first()
    for former in organization.terms.filter(valid_to__isnull=True):
        former.valid_to = congress_on
        former.save(update_fields=["valid_to"])
    term = Term.objects.create(
        organization=organization,
        label=label,
        ordinal=ordinal,
        opening=opening,
        congress_on=congress_on,
        valid_from=congress_on,
        planned_end=planned_end,
    )
    for kind in BodyKind.values:
        if sizes.get(kind):
            Body.objects.create(term=term, kind=kind, authorized_size=sizes[kind], decision=decision)
    return term
