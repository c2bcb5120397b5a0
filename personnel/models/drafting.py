"""What belongs to the writing of a dossier: what the rules said of it then, and forms not finished."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from personnel.models.dossiers import Dossier
from personnel.querysets import JudgementQuerySet, UnfinishedFormQuerySet
from regulations.models import KeptFinding


class Judgement(KeptFinding):
    """What a rule said of a dossier when it was submitted or confirmed, as it read on that day; never changed."""

    class Stage(models.TextChoices):
        SUBMISSION = "submission", "Khi trình"
        CONFIRMATION = "confirmation", "Khi chuẩn y"

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="judgements", verbose_name="hồ sơ")
    stage = models.CharField("bước", max_length=20, choices=Stage.choices)

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
