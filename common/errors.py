"""What an action raises when it may not go on. The message is the sentence that the user reads."""


class Refused(Exception):
    """An act that the rules of the domain do not allow."""


class NotAllowed(Refused):
    """The actor may not do this (wrong role, wrong part of the tree, or the same hand twice)."""


class WrongState(Refused):
    """The object has moved on: somebody else submitted, confirmed or withdrew it meanwhile."""


class Outdated(WrongState):
    """Somebody else has saved the object since the one who now saves opened it."""


class Blocked(Refused):
    """Rules forbid the act; `findings` says which, and why."""

    def __init__(self, findings) -> None:
        self.findings = list(findings)
        super().__init__(" ".join(finding.message for finding in self.findings))


class NeedsExplanation(Blocked):
    """Rules warn: the act goes on once a reason is given. `findings` are the warnings."""
