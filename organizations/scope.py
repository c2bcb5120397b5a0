"""Scope: which parts of the tree somebody may see and act on. A value; `accounts` computes it from a user's roles."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Right(StrEnum):
    """What a role may do inside its part of the tree (DESIGN.md §6)."""

    VIEW = "view"  # records, dashboards, reports
    VIEW_PLANS = "view_plans"  # the names in a plan
    DRAFT = "draft"  # write and submit dossiers
    DRAFT_INSPECTION = "draft_inspection"  # those that touch the inspection committee, and no others
    CONFIRM = "confirm"  # confirm, refuse, return
    PLAN = "plan"  # run planning rounds
    KEEP_REGISTER = "keep_register"  # organisations, terms, people, documents
    ADMINISTER = "administer"  # users, roles, catalogues


@dataclass(frozen=True)
class Scope:
    """Rights, each over the organisations whose path begins with one of its paths.

    A path is "/1/5/": the identities from the root down to the organisation. An organisation that was moved has had
    several paths; its scope holds all of them, so that records keep belonging to it wherever it stood on their day.
    """

    paths_by_right: dict[Right, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def everything(cls) -> "Scope":
        """Return the scope of the system itself: management commands and checks, never a request."""
        return cls({right: frozenset({"/"}) for right in Right})

    @classmethod
    def of(cls, grants: Iterable[tuple[Right, Iterable[str]]]) -> "Scope":
        paths: dict[Right, set[str]] = {}
        for right, granted in grants:
            paths.setdefault(right, set()).update(granted)
        return cls({right: frozenset(granted) for right, granted in paths.items()})

    def paths(self, right: Right = Right.VIEW) -> frozenset[str]:
        return self.paths_by_right.get(right, frozenset())

    def may(self, right: Right) -> bool:
        """Whether the right is held anywhere."""
        return bool(self.paths(right))

    def covers(self, path: str, right: Right = Right.VIEW) -> bool:
        """Whether the right is held over the organisation at `path`."""
        return any(path.startswith(granted) for granted in self.paths(right))
