"""What every test shares."""

import os

from hypothesis import HealthCheck, settings

# The same examples on every run and machine; a test that needs the database is slow to start, not wrong.
settings.register_profile(
    "ci", derandomize=True, max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("explore", max_examples=1000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
