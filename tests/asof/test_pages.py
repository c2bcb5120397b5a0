"""Whatever happened, the pages of every day name who sat where, as a slow reading of the facts has it."""

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, example, given, settings

from accounts.roles import Role
from organizations.models import Organization
from tests import factories
from tests.asof.histories import ORGANIZING, SEATING, STORY, histories
from tests.asof.test_as_of import days_around, lived
from tests.common.constraints import undone

pytestmark = pytest.mark.django_db
DAYS_LOOKED_AT = 10


@example(acts=STORY)
@settings(
    max_examples=4,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(acts=histories((*SEATING, *ORGANIZING), 14))
def test_the_organisation_and_its_seats(acts):
    with undone():
        reference = lived(acts)
        client = Client()
        top = Organization.objects.order_by("pk").first()
        client.force_login(factories.user(Role.ORGANIZATION_BOARD, top))
        led = sorted({term.code for term in reference.terms})
        days = days_around(reference.days())
        for turn, day in enumerate(days[:: max(1, len(days) // DAYS_LOOKED_AT)]):
            client.post(reverse("choose_day"), {"day": f"{day:%d/%m/%Y}"})
            code = led[turn % len(led)]
            page = client.get(reverse("personnel:organization_detail", args=[code]))
            assert page.status_code == 200
            term = reference.term(code, day)
            shown = {
                (each.body.kind, seat.person.full_name, holding.position_id)
                for each in page.context["bodies"]
                for seat in each.seats
                for holding in seat.holdings
            }
            expected = {
                (kind, name, position)
                for kind in (term.sizes if term else ())
                for name, positions in reference.in_body(code, kind, day).items()
                for position in positions
            }
            assert shown == expected, (day, code)
            for _, name, _ in expected:
                assert name in page.content.decode(), (day, code, name)
            if code in reference.tree(day):
                assert reference.name(code, day) in page.content.decode(), (day, code)
