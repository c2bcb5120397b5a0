"""Validity: every dated table is half open, `[valid_from, valid_to)`; an empty `valid_to` means "still so"."""

from datetime import date
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.ddl_references import Statement, Table
from django.db.models import F, Q
from django.db.models.expressions import Combinable

from common.formats import short_day
from common.periods import Period


class Precision(models.TextChoices):
    """How much of a day is known. Old files often lack the day, or the month too."""

    DAY = "day", "đủ ngày, tháng, năm"
    MONTH = "month", "chỉ biết tháng, năm"
    YEAR = "year", "chỉ biết năm"


def as_far_as_known(day: date, precision: str) -> str:
    """Return 05/3/1980, 3/1980 or 1980."""
    if precision == Precision.YEAR:
        return str(day.year)
    if precision == Precision.MONTH:
        return f"{day.month}/{day.year}"
    return short_day(day)


def day_in_words(day: date, precision: str) -> str:
    """Return 05/3/2017, "tháng 3/2017" or "năm 2017", as lists show a day of old history."""
    word = {Precision.YEAR: "năm ", Precision.MONTH: "tháng "}.get(precision, "")
    return f"{word}{as_far_as_known(day, precision)}"


def is_rough(end: date | None, precision: str, day: date) -> bool:
    """Whether `day` lies in the month or year that is all that is known of the begin or end `end`."""
    return (
        end is not None
        and precision != Precision.DAY
        and end.year == day.year
        and (precision == Precision.YEAR or end.month == day.month)
    )


class DatedQuerySet(models.QuerySet):
    """Reads of dated rows."""

    def as_of(self, day: date | Combinable) -> Self:
        """Return the rows in force on `day` (a date, or an expression such as OuterRef)."""
        return self.filter(in_force(day))

    def begun_by(self, day: date) -> Self:
        """Return the rows that began on or before `day`, ended since or not."""
        return self.filter(valid_from__lte=day)

    def during(self, period: Period) -> Self:
        """Return the rows in force on at least one day of `period`."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=period.first), valid_from__lt=period.end)


class RoughlyDatedQuerySet(DatedQuerySet):
    """Reads of dated rows whose days may be known in part."""

    def unsure_on(self, day: date) -> Self:
        """Return the rows of which nobody knows whether they were in force on `day`: it lies in a rough first or last
        month or year."""
        return self.filter(unsure(day))


def unsure(day: date, prefix: str = "") -> Q:
    """Return the condition that `day` lies in the month or year that is all that is known of a row's begin or end."""
    condition = Q()
    for end, precision in (("valid_from", "from_precision"), ("valid_to", "to_precision")):
        of_year = {f"{prefix}{precision}": Precision.YEAR, f"{prefix}{end}__year": day.year}
        of_month = {f"{prefix}{end}__year": day.year, f"{prefix}{end}__month": day.month}
        condition |= Q(**of_year) | Q(**{f"{prefix}{precision}": Precision.MONTH}, **of_month)
    return condition


def in_force(day: date | Combinable, prefix: str = "") -> Q:
    """Return the condition that the dated row at `prefix` ("" or "versions__") is in force on `day`."""
    open_or_later = Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": day})
    return Q(**{f"{prefix}valid_from__lte": day}) & open_or_later


class Dated(models.Model):
    """A row in force from `valid_from` (included) to `valid_to` (excluded; empty while it lasts)."""

    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="%(app_label)s_%(class)s_ends_after_it_begins",
                violation_error_message="Ngày kết thúc phải sau ngày bắt đầu.",
            ),
        ]

    def is_in_force(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


class DatedRoughly(Dated):
    """A dated row of which the first day or the end may be known only by month or year, as in old history.

    What is known roughly is stored as widely as it may be: a begin "năm 2017" as 1/1/2017, an end "năm 2017" as
    31/12/2017. So nobody is missing from an answer, and the answer says that it rests on such a day (`is_unsure_on`).
    """

    from_precision = models.CharField(
        "độ chính xác của ngày bắt đầu", max_length=10, choices=Precision.choices, default=Precision.DAY
    )
    to_precision = models.CharField(
        "độ chính xác của ngày kết thúc", max_length=10, choices=Precision.choices, default=Precision.DAY
    )

    objects = RoughlyDatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        abstract = True

    @property
    def from_display(self) -> str:
        """The first day as far as it is known: 05/3/2017, "tháng 3/2017", "năm 2017"."""
        return day_in_words(self.valid_from, self.from_precision)

    @property
    def to_display(self) -> str:
        """The end as far as it is known; empty while it lasts."""
        return day_in_words(self.valid_to, self.to_precision) if self.valid_to else ""

    def is_unsure_on(self, day: date) -> bool:
        """Whether `day` lies in the month or year that is all that is known of the begin or the end."""
        ends = ((self.valid_from, self.from_precision), (self.valid_to, self.to_precision))
        return any(is_rough(end, precision, day) for end, precision in ends)


class NoOverlap(models.BaseConstraint):
    """No two rows with equal `fields` are in force on the same day, in history as well as now.

    An exclusion constraint on PostgreSQL (needs the extension btree_gist), two equal triggers on SQLite.
    """

    default_violation_error_message = "Đã có một bản ghi khác cùng thời gian."

    def __init__(self, *, fields: list[str], name: str, only: dict[str, list[str]] | None = None, **kwargs) -> None:
        """Refuse overlaps among rows equal in `fields`; `only` = {field: values} limits which rows are compared."""
        super().__init__(name=name, **kwargs)
        self.fields = list(fields)
        self.only = only or {}

    def deconstruct(self):
        path, args, kwargs = super().deconstruct()
        kwargs["fields"] = self.fields
        if self.only:
            kwargs["only"] = self.only
        return path, args, kwargs

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NoOverlap) and self.deconstruct() == other.deconstruct()

    __hash__ = models.BaseConstraint.__hash__

    # In the database

    def constraint_sql(self, model, schema_editor):
        schema_editor.deferred_sql.extend(self._create_statements(model, schema_editor))

    def create_sql(self, model, schema_editor):
        first, *others = self._create_statements(model, schema_editor)
        schema_editor.deferred_sql.extend(others)
        return first

    def remove_sql(self, model, schema_editor):
        table = Table(model._meta.db_table, schema_editor.quote_name)
        name = schema_editor.quote_name(self.name)
        if schema_editor.connection.vendor == "postgresql":
            return Statement(f"ALTER TABLE %(table)s DROP CONSTRAINT {name}", table=table)
        for event in ("insert", "update"):
            trigger = schema_editor.quote_name(f"{self.name}_on_{event}")
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {trigger}")
        return None

    def _create_statements(self, model, schema_editor) -> list[Statement]:
        columns = {field: schema_editor.quote_name(model._meta.get_field(field).column) for field in self._all_fields()}
        if schema_editor.connection.vendor == "postgresql":
            return [self._exclusion(model, schema_editor, columns)]
        return [self._trigger(model, schema_editor, columns, event) for event in ("insert", "update")]

    def _all_fields(self) -> list[str]:
        return [*self.fields, *self.only, "valid_from", "valid_to"]

    def _exclusion(self, model, schema_editor, columns) -> Statement:
        equal = ", ".join(f"{columns[field]} WITH =" for field in self.fields)
        compared = " AND ".join(["valid_from IS NOT NULL", *self._only_sql(columns, "")])
        return Statement(
            f"ALTER TABLE %(table)s ADD CONSTRAINT {schema_editor.quote_name(self.name)} EXCLUDE USING gist "
            f"({equal}, daterange(valid_from, valid_to, '[)') WITH &&) WHERE ({compared})",
            table=Table(model._meta.db_table, schema_editor.quote_name),
        )

    def _trigger(self, model, schema_editor, columns, event: str) -> Statement:
        conditions = [f"other.{columns[field]} = NEW.{columns[field]}" for field in self.fields]
        conditions += ["NEW.valid_from IS NOT NULL AND other.valid_from IS NOT NULL"]
        conditions += ["(other.valid_to IS NULL OR NEW.valid_from < other.valid_to)"]
        conditions += ["(NEW.valid_to IS NULL OR other.valid_from < NEW.valid_to)"]
        conditions += self._only_sql(columns, "other.") + self._only_sql(columns, "NEW.")
        if event == "update":
            conditions.append("other.rowid <> OLD.rowid")
        return Statement(
            f"CREATE TRIGGER {schema_editor.quote_name(f'{self.name}_on_{event}')} BEFORE {event.upper()} ON %(table)s "
            f"WHEN EXISTS (SELECT 1 FROM %(table)s AS other WHERE {' AND '.join(conditions)}) "
            f"BEGIN SELECT RAISE(ABORT, '{self.name}'); END",
            table=Table(model._meta.db_table, schema_editor.quote_name),
        )

    def _only_sql(self, columns, prefix: str) -> list[str]:
        listed = {field: ", ".join(f"'{value}'" for value in values) for field, values in self.only.items()}
        return [f"{prefix}{columns[field]} IN ({values})" for field, values in listed.items()]

    # In forms and full_clean()

    def validate(self, model, instance, exclude=None, using="default") -> None:
        if exclude and set(exclude) & set(self._all_fields()):
            return
        if instance.valid_from is None or any(
            getattr(instance, model._meta.get_field(field).attname) not in values for field, values in self.only.items()
        ):
            return
        same = {field: getattr(instance, field) for field in self.fields}
        listed = {f"{field}__in": values for field, values in self.only.items()}
        others = model._base_manager.using(using).filter(**same, **listed).exclude(pk=instance.pk)
        others = others.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=instance.valid_from))
        if instance.valid_to:
            others = others.filter(valid_from__lt=instance.valid_to)
        if others.exists():
            raise ValidationError(self.get_violation_error_message(), code=self.violation_error_code)
