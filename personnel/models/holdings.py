"""Holdings: who sat in which seat, from when to when, by which paper."""

from django.db import models
from django.db.models import Q

from common.dated import DatedRoughly, NoOverlap
from common.journal import Journaled
from organizations.models import Body, Position
from personnel.models.dossiers import ChangeItem, Dossier, Method, ReleaseReason
from personnel.models.people import Person
from personnel.querysets import HoldingQuerySet


class EndReason(models.TextChoices):
    """Why a holding ended: the reason of a release, or a consequence of another act."""

    RETIREMENT = ReleaseReason.RETIREMENT.value, ReleaseReason.RETIREMENT.label
    TRANSFER = ReleaseReason.TRANSFER.value, ReleaseReason.TRANSFER.label
    RESIGNATION = ReleaseReason.RESIGNATION.value, ReleaseReason.RESIGNATION.label
    OWN_WISH = ReleaseReason.OWN_WISH.value, ReleaseReason.OWN_WISH.label
    DISCIPLINE = ReleaseReason.DISCIPLINE.value, ReleaseReason.DISCIPLINE.label
    DEATH = ReleaseReason.DEATH.value, ReleaseReason.DEATH.label
    ORGANIZATION_ENDED = ReleaseReason.ORGANIZATION_ENDED.value, ReleaseReason.ORGANIZATION_ENDED.label
    PROMOTION = "promotion", "Giữ chức vụ cao hơn"
    END_OF_TERM = "end_of_term", "Hết nhiệm kỳ"


class Holding(DatedRoughly, Journaled):
    """A seat held by a person. Written by the actions that confirm dossiers, never by hand."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="holdings", verbose_name="đồng chí")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="holdings", verbose_name="ban")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="+", verbose_name="chức danh")
    elected_on = models.DateField("ngày bầu", null=True, blank=True)
    method = models.CharField("hình thức", max_length=30, choices=Method.choices)
    began_by = models.ForeignKey(
        ChangeItem, on_delete=models.PROTECT, related_name="holdings_begun", verbose_name="bắt đầu theo"
    )
    ended_by = models.ForeignKey(
        Dossier,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="holdings_ended",
        verbose_name="kết thúc theo",
    )
    ended_by_item = models.ForeignKey(
        ChangeItem,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="holdings_ended",
        verbose_name="do lượt",
    )
    end_reason = models.CharField("lý do kết thúc", max_length=30, choices=EndReason.choices, blank=True)

    objects = HoldingQuerySet.as_manager()

    class Meta(DatedRoughly.Meta):
        verbose_name = "chức danh đã giữ"
        verbose_name_plural = "chức danh đã giữ"
        ordering = ["person", "-valid_from", "position"]
        constraints = [
            *DatedRoughly.Meta.constraints,
            NoOverlap(fields=["person", "body", "position"], name="person_sits_once_in_a_seat"),
            NoOverlap(
                fields=["body"],
                only={"position": [Position.SECRETARY]},
                name="one_secretary_of_a_committee_at_a_time",
            ),
            NoOverlap(
                fields=["body"],
                only={"position": [Position.INSPECTION_CHAIR]},
                name="one_chair_of_an_inspection_committee_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["body"],
                condition=Q(position=Position.SECRETARY, valid_to__isnull=True),
                name="one_open_secretary_per_committee",
                violation_error_message="Cấp ủy này đã có Bí thư.",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True, ended_by__isnull=True, end_reason="")
                | (Q(valid_to__isnull=False, ended_by__isnull=False) & ~Q(end_reason="")),
                name="holding_ends_on_a_day_by_a_paper_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(elected_on__isnull=True) | Q(elected_on__lte=models.F("valid_from")),
                name="holding_begins_after_its_election",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.position}"
