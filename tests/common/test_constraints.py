"""Every constraint that a model declares is tried against the database by a case of its own."""

from importlib import import_module

import pytest

from tests.common import constraints


@pytest.mark.parametrize("app", constraints.APPS)
def test_every_constraint_has_a_case(app):
    import_module(f"tests.{app}.test_constraints")

    assert set(constraints.constraints_of(app)) - set(constraints.CASES) == set()


def test_every_case_tries_a_constraint_that_exists():
    for app in constraints.APPS:
        import_module(f"tests.{app}.test_constraints")
    declared = {name for app in constraints.APPS for name in constraints.constraints_of(app)}

    assert set(constraints.CASES) - declared == set()


def test_constraints_have_names_of_their_own():
    declared = [name for app in constraints.APPS for name in constraints.constraints_of(app)]

    assert len(declared) == len(set(declared))
