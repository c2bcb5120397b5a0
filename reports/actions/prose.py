"""Acts on the words of a report: saving the office's own, going back to the standard."""

from collections.abc import Sequence

from django.utils import timezone

from common.errors import Outdated, Refused, WrongState
from common.journal import act
from common.periods import Period, today
from organizations.actions import require_right
from organizations.models import Organization
from organizations.scope import Right, Scope
from reports.catalogue import STANDARD, Catalogue
from reports.choices import choose
from reports.models import ProseTemplate
from reports.prose.checking import MOST_PARAGRAPHS, mistakes_of
from reports.prose.wording import Wording, stored

# Words that every report beneath prints belong to those who keep the office's register; who drafts for one
# organisation, confirms or only reads does not set them.
NEEDED = Right.KEEP_REGISTER


@act("Lưu lời văn báo cáo")
def save_prose(organization: Organization, *, wordings: Sequence[Wording], by, edition: str) -> ProseTemplate:
    """Word the reports of the organisation, and of all beneath it without a template of their own, in this way.

    `edition` is that of the template of the organisation which the writer saw, "" where there was none. Saving what
    stands already changes nothing. Raises `NotAllowed` without the right to keep the register there, `Outdated` when
    another has saved or taken away the template meanwhile, and `Refused` for what the language does not allow: first
    of all a number that is no field.
    """
    require_right(by, NEEDED, organization)
    organization = Organization.objects.select_for_update().get(pk=organization.pk)
    wordings = tuple(wording for wording in (each.cleaned() for each in wordings) if not wording.is_blank)
    standing = ProseTemplate.objects.filter(organization=organization).select_related("saved_by").first()
    if standing and standing.wordings == wordings:
        return standing
    _require_as_seen(standing, edition)
    _require_right_words(wordings, _catalogue(organization))
    template = standing or ProseTemplate(organization=organization)
    template.paragraphs, template.saved_by, template.saved_at = stored(wordings), by, timezone.now()
    template.save()
    return template


@act("Đưa lời văn báo cáo về mẫu chuẩn")
def reset_prose(organization: Organization, *, by, edition: str) -> None:
    """Take the organisation's own template away: its reports follow its superior's again, or the standard.

    Raises `NotAllowed` without the right to keep the register there, `WrongState` when it has none, `Outdated` when
    another has saved it since the `edition` that was seen.
    """
    require_right(by, NEEDED, organization)
    organization = Organization.objects.select_for_update().get(pk=organization.pk)
    standing = ProseTemplate.objects.filter(organization=organization).select_related("saved_by").first()
    if standing is None:
        raise WrongState(f"{organization} không có mẫu lời văn riêng.")
    _require_as_seen(standing, edition)
    standing.delete()


def _require_as_seen(standing: ProseTemplate | None, edition: str) -> None:
    if edition == (standing.edition if standing else ""):
        return
    if standing is None:
        raise Outdated("Trong lúc bạn sửa, mẫu lời văn riêng đã được người khác bỏ để về mẫu chung.")
    raise Outdated(f"Trong lúc bạn sửa, {standing.saved_by} đã lưu một bản khác.")


def _require_right_words(wordings: Sequence[Wording], catalogue: Catalogue) -> None:
    if not wordings:
        raise Refused("Mẫu chưa có đoạn nào. Hãy ghi ít nhất một đoạn, hoặc đưa về mẫu chuẩn.")
    if len(wordings) > MOST_PARAGRAPHS:
        raise Refused(f"Mẫu có {len(wordings)} đoạn, nhiều nhất là {MOST_PARAGRAPHS}.")
    for number, wording in enumerate(wordings, 1):
        for sentences in mistakes_of(wording, catalogue).values():
            raise Refused(f"Đoạn {number}. {sentences[0]}")


def _catalogue(organization: Organization) -> Catalogue:
    """Return the figures that its report has today; the standard ones where it does not stand any more."""
    year = Period.of_year(today().year)
    frame = choose(scope=Scope.everything(), period=year, as_at=today(), code=organization.code).frame
    return frame.printed if frame else STANDARD
