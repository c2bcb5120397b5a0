"""What belongs to the writing of a dossier: what the rules said of it then, and forms not finished."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from common.journal import Journaled
from personnel.models.dossiers import Dossier
from personnel.querysets import JudgementQuerySet, UnfinishedFormQuerySet
from regulations.findings import UNVERIFIED, Severity


class Judgement(Journaled):
    """What a rule said of a dossier when it was submitted or confirmed, as it read on that day; never changed."""

    class Stage(models.TextChoices):
        SUBMISSION = "submission", "Khi trình"
        CONFIRMATION = "confirmation", "Khi chuẩn y"

    # What blocks is never recorded: it was not submitted.
    SEVERITIES = [(Severity.WARN.value, "Cảnh báo"), (Severity.INFO.value, "Thông tin")]

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="judgements", verbose_name="hồ sơ")
    stage = models.CharField("bước", max_length=20, choices=Stage.choices)
    judged_on = models.DateField("ngày xét")
    severity = models.CharField("mức độ", max_length=10, choices=SEVERITIES)
    rule = models.CharField("quy tắc", max_length=40, blank=True)
    message = models.CharField("nội dung", max_length=600)
    source = models.CharField("căn cứ", max_length=400, blank=True)
    validity = models.CharField("hiệu lực", max_length=80, blank=True)
    verified = models.BooleanField("đã kiểm chứng", default=True)
    explanation = models.TextField("lý do vẫn trình", blank=True)

    objects = JudgementQuerySet.as_manager()

    class Meta:
        verbose_name = "nhận định theo quy tắc"
        verbose_name_plural = "nhận định theo quy tắc"
        ordering = ["dossier", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(stage="submission", severity="warn") | ~Q(explanation=""),
                name="submission_despite_a_warning_has_an_explanation",
            ),
        ]

    @property
    def label(self) -> str:
        """What stands beside the message: the source, or "chưa kiểm chứng"."""
        return self.source if self.verified else UNVERIFIED

    def __str__(self) -> str:
        return self.message


class UnfinishedForm(models.Model):
    """What somebody has typed into the form of a dossier and not saved: the fields as they were typed.

    One for each user and dossier, and one for each user's new dossier. It is no record: it says nothing of the register
    and is thrown away when the form is saved, so the journal does not hold it.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    edition = models.PositiveIntegerField(default=0)  # of the dossier when the typing began
    typed = models.JSONField()
    saved_at = models.DateTimeField(auto_now=True)

    objects = UnfinishedFormQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "dossier"], name="one_unfinished_form_of_a_dossier"),
            models.UniqueConstraint(
                fields=["owner"], condition=Q(dossier__isnull=True), name="one_unfinished_form_of_a_new_dossier"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.owner}: {self.dossier or 'hồ sơ mới'}"
