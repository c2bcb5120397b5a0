"""The yearly review of a plan: who stays, who is to leave."""

from django.db import models
from django.db.models import Q

from common.journal import Journaled
from planning.models.plans import PlanEntry
from planning.models.rounds import PlanningRound
from planning.querysets import ReviewVerdictQuerySet


class ReviewVerdict(Journaled):
    """What a review says of somebody who is in the plan: stays, or leaves it by the decision that ends the review."""

    class Verdict(models.TextChoices):
        KEEP = "keep", "Giữ"
        REMOVE = "remove", "Đưa ra"

    round = models.ForeignKey(PlanningRound, on_delete=models.PROTECT, related_name="verdicts", verbose_name="đợt")
    entry = models.ForeignKey(
        PlanEntry, on_delete=models.PROTECT, related_name="verdicts", verbose_name="người trong quy hoạch"
    )
    verdict = models.CharField("kết luận", max_length=10, choices=Verdict.choices)
    reason = models.CharField("lý do đưa ra", max_length=30, choices=PlanEntry.RemovalReason.choices, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)

    objects = ReviewVerdictQuerySet.as_manager()

    class Meta:
        verbose_name = "kết luận rà soát"
        verbose_name_plural = "kết luận rà soát"
        ordering = ["round", "entry"]
        constraints = [
            models.UniqueConstraint(fields=["round", "entry"], name="one_verdict_on_an_entry_in_a_review"),
            models.CheckConstraint(
                condition=Q(verdict="keep", reason="") | (Q(verdict="remove") & ~Q(reason="")),
                name="review_takes_out_for_a_reason",
            ),
        ]

    @property
    def takes_out(self) -> bool:
        return self.verdict == self.Verdict.REMOVE

    def __str__(self) -> str:
        return f"{self.get_verdict_display()}: {self.entry}"
