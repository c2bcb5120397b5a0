"""A new organisation whose superior is itself moved by the act: the preview sees what the act would come to."""

from dataclasses import replace
from datetime import date

import pytest

from common.errors import Blocked
from organizations.models import Organization, OrganizationVersion
from reorganizations.drafts import Draft
from reorganizations.effects import effects_of
from tests import factories

pytestmark = pytest.mark.django_db

MARCH = date(2022, 3, 10)


def new(parent: Organization, code: str):
    kind = "subordinate_cell" if parent.code != "KHOI" else "grassroots_committee"
    return replace(factories.successor(parent, code, kind=kind), official=15, probationary=1)


def split(place, *successors, places, goes_on=False) -> tuple[Draft, list[str], list[str]]:
    """Return the draft, what blocks it by its preview, and what else is said."""
    draft = Draft("split", MARCH, (place,), successors, goes_on=goes_on, places=places)
    effects = effects_of(draft)
    return draft, [each.message for each in effects.blocking], [each.message for each in effects.notes]


@pytest.mark.parametrize("goes_on", [False, True])
def test_a_superior_that_would_come_beneath_the_new_one_is_refused_before_the_act(bloc, first, goes_on):
    successors = new(bloc, "C"), new(first.cell, "D")

    draft, blocking, _ = split(first.organization, *successors, places={first.cell.pk: 1}, goes_on=goes_on)

    [sentence] = blocking
    assert sentence.startswith(
        "Chi bộ A.1, cấp trên của Đảng bộ mới D, chuyển về Đảng bộ mới D, nên Đảng bộ mới D sẽ nằm dưới chính mình."
    )
    with pytest.raises(Blocked, match="nằm dưới chính mình"):
        factories.reorganize("split", first.organization, successors=successors, goes_on=goes_on, places=draft.places)


def test_round_about_two_new_ones_it_is_refused_too(bloc, first):
    other = factories.organization(first.organization, code="A.2", kind="subordinate_cell")
    successors = new(first.cell, "C"), new(other, "D")

    _, blocking, _ = split(first.organization, *successors, places={first.cell.pk: 1, other.pk: 0})

    assert len(blocking) == 2


def test_a_superior_that_goes_elsewhere_takes_the_new_one_along_as_the_preview_says(bloc, first):
    successors = new(bloc, "C"), new(first.cell, "D")

    draft, blocking, notes = split(first.organization, *successors, places={first.cell.pk: 0})
    factories.reorganize("split", first.organization, successors=successors, places=draft.places)

    assert blocking == []
    assert "Chi bộ A.1, cấp trên của Đảng bộ mới D, chuyển về Đảng bộ mới C; Đảng bộ mới D chuyển theo." in notes
    version = OrganizationVersion.objects.get(organization__code="D")
    assert version.path.startswith(Organization.objects.get(code="C").path)


def test_of_a_superior_that_stays_nothing_is_said(bloc, first):
    _, blocking, notes = split(first.organization, new(first.cell, "C"), places={}, goes_on=True)

    assert (blocking, notes) == ([], [])
