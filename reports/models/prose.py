"""The office's own words for its reports."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from common.journal import Journaled
from organizations.models import Organization
from reports.prose.wording import Prose, Wording, edition_of, read
from reports.querysets import ProseTemplateQuerySet


class ProseTemplate(Journaled):
    """The paragraphs of the reports of an organisation and all beneath it that have no template of their own.

    Saved as a whole by an act that refuses what the language does not allow. Reset to the standard, the row is gone;
    the journal keeps what it said.
    """

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="prose_templates", verbose_name="tổ chức đảng"
    )
    paragraphs = models.JSONField("các đoạn")
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người lưu"
    )
    saved_at = models.DateTimeField("lưu lúc")

    objects = ProseTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = "mẫu lời văn báo cáo"
        verbose_name_plural = "mẫu lời văn báo cáo"
        ordering = ["organization"]
        constraints = [
            models.UniqueConstraint(fields=["organization"], name="one_prose_template_of_an_organization"),
            models.CheckConstraint(condition=~Q(paragraphs=[]), name="prose_template_has_paragraphs"),
        ]

    @property
    def wordings(self) -> tuple[Wording, ...]:
        return read(self.paragraphs)

    @property
    def edition(self) -> str:
        """A mark that changes with every change of the paragraphs."""
        return edition_of(self.wordings)

    def as_prose(self) -> Prose:
        return Prose(self.wordings, self.organization, str(self.saved_by), self.saved_at)

    def __str__(self) -> str:
        return f"Mẫu lời văn báo cáo của {self.organization}"
