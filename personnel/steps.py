"""What a user may do next with a dossier: the state says what can be done, the rights say by whom."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from organizations.models import Position
from organizations.scope import Right
from personnel.models import Dossier
from personnel.rights import may_draft

State = Dossier.State


@dataclass(frozen=True)
class NextStep:
    """One thing to do: the verb on its button, the page where it is done."""

    label: str
    icon: str
    url: str
    is_primary: bool = False


def next_steps(dossier: Dossier, user, positions: Iterable[Position]) -> list[NextStep]:
    """Return what `user` may do now with the dossier, whose items are about these positions; at most one is primary."""
    positions = list(positions)
    steps = []
    if may_decide(user, dossier) and dossier.state == State.SUBMITTED:
        steps += [
            _step("Chuẩn y", "check-circle", "dossier_confirm", dossier, is_primary=True),
            _step("Trả lại", "arrow-return-left", "dossier_return", dossier),
            _step("Không chuẩn y", "x-circle", "dossier_refuse", dossier),
        ]
    if may_draft(user.scope, dossier.organization, positions):
        steps += _drafters_steps(dossier, is_empty=not positions)
    return steps


def may_decide(user, dossier: Dossier) -> bool:
    """Whether `user` may confirm, refuse and return it: whoever drafted may not (DESIGN.md §4)."""
    return user.scope.covers(dossier.organization.path, Right.CONFIRM) and dossier.drafted_by_id != user.pk


def waits_for_another_hand(dossier: Dossier, user) -> bool:
    """Whether `user` could decide on it, had somebody else drafted it."""
    confirms = user.scope.covers(dossier.organization.path, Right.CONFIRM)
    return dossier.state == State.SUBMITTED and confirms and dossier.drafted_by_id == user.pk


def _drafters_steps(dossier: Dossier, *, is_empty: bool) -> list[NextStep]:
    withdraw = _step("Rút", "dash-circle", "dossier_withdraw", dossier)
    if dossier.state == State.DRAFT:
        edit = _step("Sửa", "pencil", "dossier_edit", dossier, is_primary=is_empty)
        return [edit, withdraw] if is_empty else [_submit(dossier), edit, withdraw]
    if dossier.state == State.SUBMITTED:
        return [withdraw]
    is_mended_otherwise = dossier.kind == Dossier.Kind.REORGANIZATION  # the reorganisation is taken back as a whole
    if dossier.state == State.CONFIRMED and not is_mended_otherwise and not (dossier.tells_of_a_past_act and is_empty):
        return [_step("Đính chính", "eraser", "dossier_correct", dossier)]
    return []


def _submit(dossier: Dossier) -> NextStep:
    return _step("Trình", "send", "dossier_submit", dossier, is_primary=True)


def _step(label: str, icon: str, page: str, dossier: Dossier, *, is_primary: bool = False) -> NextStep:
    return NextStep(label, icon, reverse(f"personnel:{page}", args=[dossier.pk]), is_primary)
