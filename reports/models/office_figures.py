"""How an office reports: the unit in which it prints a standard figure, and figures of its own."""

from collections.abc import Mapping
from enum import StrEnum

from django.conf import settings
from django.db import models
from django.db.models import Q

from common.journal import Journaled
from organizations.models import Organization
from reports.catalogue import UNIT_WORDS_OF_CHANGES
from reports.figures import Counted, Figure
from reports.own_figures import ACTS, LEVELS, METHODS, OWN, UNITS, Blocks, own_figure
from reports.querysets import OfficeFigureQuerySet

RETIREMENT = frozenset({"retired_by", "retired_at"})
NO_BLOCKS = Q(act="", positions=[], bodies=[], level="", method="", reasons=[])


def _choices(words: Mapping[StrEnum, str]) -> list[tuple[str, str]]:
    return [(str(each.value), word) for each, word in words.items()]


def _codes(words: Mapping[StrEnum, str]) -> list[str]:
    return ["", *(str(each.value) for each in words)]


class OfficeFigure(Journaled):
    """A figure as the organisation, and all beneath it, reports it: its own (it has a label), or a standard one (it has
    none), for which `unit` is the unit printed.

    The blocks of an own figure are those of `reports.own_figures.Blocks`; `rule` says them in words, with the positions
    as they were called when it was made. What is written is never edited: it is retired, and another made, so that
    closed books stay comparable.
    """

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="office_figures", verbose_name="tổ chức đảng"
    )
    key = models.CharField("chỉ tiêu", max_length=60)
    unit = models.CharField("đơn vị", max_length=20, choices=_choices(UNITS))
    label = models.CharField("tên chỉ tiêu", max_length=120, blank=True)
    act = models.CharField("nội dung", max_length=10, choices=_choices(ACTS), blank=True)
    positions = models.JSONField("chức danh", default=list, blank=True)
    bodies = models.JSONField("ban", default=list, blank=True)
    level = models.CharField("cấp", max_length=20, choices=_choices(LEVELS), blank=True)
    method = models.CharField("hình thức", max_length=30, choices=_choices(METHODS), blank=True)
    reasons = models.JSONField("lý do thôi", default=list, blank=True)
    rule = models.CharField("cách đếm", max_length=1000, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người lập"
    )
    made_at = models.DateTimeField("lập lúc")
    retired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người cho thôi dùng",
    )
    retired_at = models.DateTimeField("thôi dùng lúc", null=True, blank=True)

    objects = OfficeFigureQuerySet.as_manager()

    class Meta:
        verbose_name = "chỉ tiêu của cơ quan báo cáo"
        verbose_name_plural = "chỉ tiêu của cơ quan báo cáo"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "key"],
                condition=Q(retired_at__isnull=True),
                name="figure_is_set_once_at_an_organization",
            ),
            models.UniqueConstraint(fields=["key"], condition=~Q(label=""), name="own_figure_has_a_key_of_its_own"),
            models.UniqueConstraint(
                fields=["organization", "label"],
                condition=Q(retired_at__isnull=True) & ~Q(label=""),
                name="one_own_figure_of_a_name_in_use",
            ),
            models.CheckConstraint(
                condition=Q(unit__in=[unit.value for unit in Counted]), name="office_figure_counts_a_known_unit"
            ),
            models.CheckConstraint(
                condition=Q(act__in=_codes(ACTS), level__in=_codes(LEVELS), method__in=_codes(METHODS)),
                name="office_figure_is_of_known_blocks",
            ),
            models.CheckConstraint(
                condition=(Q(label="", rule="") & NO_BLOCKS & ~Q(key__startswith=OWN))
                | (Q(key__startswith=OWN) & ~Q(label="") & ~Q(rule="") & ~NO_BLOCKS),
                name="own_figure_has_blocks_and_a_standard_one_none",
            ),
            models.CheckConstraint(
                condition=~Q(act="appoint") | Q(reasons=[]), name="figure_of_appointments_has_no_release_reason"
            ),
            models.CheckConstraint(condition=~Q(act="release") | Q(method=""), name="figure_of_releases_has_no_method"),
            models.CheckConstraint(
                condition=Q(retired_at__isnull=True, retired_by__isnull=True)
                | Q(retired_at__isnull=False, retired_by__isnull=False),
                name="office_figure_is_retired_by_somebody",
            ),
        ]

    @property
    def is_own(self) -> bool:
        return bool(self.label)

    @property
    def is_in_use(self) -> bool:
        return self.retired_at is None

    @property
    def blocks(self) -> Blocks:
        return Blocks(
            act=self.act,
            positions=tuple(self.positions),
            bodies=tuple(self.bodies),
            level=self.level,
            method=self.method,
            reasons=tuple(self.reasons),
        )

    @property
    def figure(self) -> Figure:
        """The figure that it is, where it is an own one."""
        return own_figure(self.key, self.label, Counted(self.unit), self.blocks, self.rule)

    def save(self, *args, **kwargs) -> None:
        if not self._state.adding and not RETIREMENT.issuperset(kwargs.get("update_fields") or {"everything"}):
            raise TypeError("a figure of an office is never edited: retire it and make another")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs) -> tuple[int, dict[str, int]]:
        raise TypeError("a figure of an office is never deleted: closed books may have kept it")

    def __str__(self) -> str:
        return self.label or f"Đơn vị in của chỉ tiêu {self.key}: {UNIT_WORDS_OF_CHANGES.get(self.unit, 'lượt')}"
