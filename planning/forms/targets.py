"""The grid of targets: many organisations down, groups of positions or single offices across."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django import forms

from organizations.models import OrganizationVersion, Position
from personnel.forms.fields import CountField, filled, readable
from planning.actions import TargetDraft
from planning.checks.numbers import BY_COEFFICIENT, number_range
from planning.models import PlanningRound, PlanTarget, PositionGroup
from regulations.models import Rule, RuleCode
from regulations.rulebook import Rulebook

MOST_SEATS = 999


@dataclass(frozen=True)
class Column:
    """What a column sets: the seats of a group, or those of one office in it. `key` names it in the fields."""

    group: PositionGroup
    position: Position | None = None

    @property
    def key(self) -> str:
        return self.position.pk if self.position else self.group.value

    @property
    def label(self) -> str:
        return self.position.name if self.position else self.group.label


def columns_of(*, single: bool) -> list[Column]:
    """Return the columns of the grid: the groups, or the offices in those groups that have more than one."""
    if not single:
        return [Column(group) for group in PositionGroup]
    positions = Position.objects.in_bulk()
    offices = [(group, code) for group in PositionGroup for code in group.positions if len(group.positions) > 1]
    return [Column(group, positions[code]) for group, code in offices]


@dataclass(frozen=True)
class Defaults:
    """What the rules of a day say of targets."""

    book: Rulebook

    @property
    def rules(self) -> list[Rule]:
        """The rules behind the numbers, for the page to name."""
        codes = (RuleCode.PLAN_MOST_COEFFICIENT, RuleCode.PLAN_PEOPLE_PER_POSITION)
        return [rule for code in codes if (rule := self.book.get(code))]

    @property
    def least(self) -> Decimal:
        """How many people each seat wants at least."""
        value = self.book.value(RuleCode.PLAN_LEAST_COEFFICIENT)
        return Decimal(1) if value is None else value

    @property
    def least_in_hundredths(self) -> int:
        """The same for the page's script, which reckons in whole numbers."""
        return int(self.least * 100)

    def limit(self, group: PositionGroup) -> Decimal | None:
        """Return the highest coefficient; None where only custom says (committees go by the coefficient itself)."""
        return None if group in BY_COEFFICIENT else self.book.value(RuleCode.PLAN_PEOPLE_PER_POSITION)

    def coefficient(self, group: PositionGroup) -> Decimal | None:
        return self.limit(group) or self.book.value(RuleCode.PLAN_MOST_COEFFICIENT)


class CoefficientField(forms.DecimalField):
    """A coefficient, typed as 1,5 or 1.5."""

    def __init__(self) -> None:
        super().__init__(
            label="Hệ số",
            required=False,
            min_value=1,
            max_digits=3,
            decimal_places=2,
            widget=forms.TextInput(),
            error_messages={
                "invalid": "Hệ số là một số như 1,5.",
                "min_value": "Hệ số phải từ 1 trở lên.",
                "max_digits": "Hệ số phải nhỏ hơn 10, nhiều nhất hai chữ số sau dấu phẩy.",
                "max_decimal_places": "Hệ số có nhiều nhất hai chữ số sau dấu phẩy.",
                "max_whole_digits": "Hệ số phải nhỏ hơn 10.",
            },
        )

    def to_python(self, value: object) -> Decimal | None:
        return super().to_python(value.strip().replace(",", ".") if isinstance(value, str) else value)

    def prepare_value(self, value: object) -> str:
        return as_typed(value) if isinstance(value, Decimal) else str(value or "")


def as_typed(number: Decimal | None) -> str:
    """Return a coefficient as people type it: 1,5; empty for none."""
    return "" if number is None else f"{number.normalize():f}".replace(".", ",")


class TargetCell(forms.Form):
    """One cell: how many seats, times which coefficient. No seats: no target."""

    seats = CountField(label="Số vị trí", least=1, most=MOST_SEATS)
    coefficient = CoefficientField()

    def __init__(
        self,
        *args,
        organization: OrganizationVersion,
        column: Column,
        standing: PlanTarget | None,
        defaults: Defaults,
        is_proposed: bool = False,
        **options,
    ) -> None:
        super().__init__(*args, **options)
        self.organization, self.column, self.standing, self.defaults = organization, column, standing, defaults
        self.is_proposed = is_proposed

    @property
    def default(self) -> str:
        return as_typed(self.defaults.coefficient(self.column.group))

    def clean(self) -> dict[str, object]:
        given = self.cleaned_data
        if "coefficient" in given and "seats" in given:
            self._check(given["seats"], given["coefficient"])
        return given

    def _check(self, seats: int | None, coefficient: Decimal | None) -> None:
        limit = self.defaults.limit(self.column.group)
        if seats is None:
            if coefficient is not None and self.standing is None:
                self.add_error("seats", "Có hệ số thì hãy nhập cả số vị trí.")
        elif coefficient is None and self.defaults.coefficient(self.column.group) is None:
            self.add_error("coefficient", "Hãy nhập hệ số, ví dụ 1,5.")
        elif coefficient is not None and limit is not None and coefficient > limit:
            self.add_error("coefficient", f"Hệ số không quá {as_typed(limit)}: số người nhiều nhất cho một chức danh.")

    @property
    def target(self) -> PlanTarget | None:
        """The target that the cell says, not saved; None while it says none."""
        typed = readable(self) if self.is_bound else self._initially()
        if not typed.get("seats") or "coefficient" not in typed:
            return None
        coefficient = typed["coefficient"] or self.defaults.coefficient(self.column.group)
        return coefficient and PlanTarget(seats=typed["seats"], coefficient=coefficient)

    def _initially(self) -> dict[str, object]:
        try:
            return {name: field.clean(self[name].value()) for name, field in self.fields.items()}
        except forms.ValidationError:
            return {}

    @property
    def range(self) -> str:
        """How many people the target wants: 27–40 người."""
        if not self.target:
            return ""
        least, most = number_range(self.target, self.defaults.least)
        return f"{least}–{most} người" if least < most else f"{least} người"

    def draft(self) -> TargetDraft | None:
        """Return the change that the cell asks for; None when it says what stands."""
        new, old = self.target, self.standing
        if (new and (new.seats, new.coefficient)) == (old and (old.seats, old.coefficient)):
            return None
        place = (self.organization.organization, self.column.group)
        if new is None:
            return TargetDraft(*place, None, position=self.column.position)
        return TargetDraft(*place, new.seats, new.coefficient, self.column.position)


@dataclass(frozen=True)
class GridRow:
    organization: OrganizationVersion
    cells: Sequence[TargetCell]


class TargetGrid:
    """The cells of some organisations. `typed` is what was sent; cells that were not sent stay as they are.

    `is_sent`: what was typed is judged; otherwise it is only shown again, with `proposed` seats in cells left empty.
    """

    def __init__(
        self,
        planning_round: PlanningRound,
        organizations: Sequence[OrganizationVersion],
        columns: Sequence[Column],
        defaults: Defaults,
        *,
        typed: Mapping[str, str] | None = None,
        is_sent: bool = False,
        proposed: Mapping[int, Mapping[str, int]] | None = None,
    ) -> None:
        self.columns, self.defaults = columns, defaults
        self.typed, self.is_sent, self.proposed = typed or {}, is_sent, proposed or {}
        self.is_asked_for_proposals = proposed is not None
        self.standing = _standing(planning_round, [each.organization_id for each in organizations])
        self.rows = [GridRow(each, [self._cell(each, column) for column in columns]) for each in organizations]

    def _cell(self, organization: OrganizationVersion, column: Column) -> TargetCell:
        prefix = f"t{organization.organization_id}-{column.key}"
        standing = self.standing.get((organization.organization_id, column.key))
        options = {"organization": organization, "column": column, "standing": standing, "defaults": self.defaults}
        if f"{prefix}-seats" in self.typed and self.is_sent:
            return TargetCell(self.typed, prefix=prefix, **options)
        shown = self._shown(prefix, standing)
        seats = self.proposed.get(organization.organization_id, {}).get(column.key)
        if seats and not shown[f"{prefix}-seats"]:
            shown[f"{prefix}-seats"] = str(seats)
            options["is_proposed"] = True
        return filled(TargetCell, shown, is_sent=False, prefix=prefix, **options)

    def _shown(self, prefix: str, standing: PlanTarget | None) -> dict[str, str]:
        stands = (str(standing.seats), as_typed(standing.coefficient)) if standing else ("", "")
        fields = zip((f"{prefix}-seats", f"{prefix}-coefficient"), stands, strict=True)
        return {name: self.typed.get(name, value).strip() for name, value in fields}

    @property
    def cells(self) -> list[TargetCell]:
        return [cell for row in self.rows for cell in row.cells]

    @property
    def proposals(self) -> int:
        """In how many cells the seats are a suggestion."""
        return sum(cell.is_proposed for cell in self.cells)

    @property
    def wrong(self) -> list[TargetCell]:
        """The cells that cannot be saved as they are."""
        return [cell for cell in self.cells if cell.is_bound and not cell.is_valid()]

    @property
    def drafts(self) -> list[TargetDraft]:
        """What saving changes."""
        return [draft for cell in self.cells if cell.is_bound and (draft := cell.draft())]


def _standing(planning_round: PlanningRound, organizations: Collection[int]) -> dict[tuple[int, str], PlanTarget]:
    targets = planning_round.targets.filter(organization__in=organizations)
    return {(target.organization_id, target.position_id or target.group): target for target in targets}
