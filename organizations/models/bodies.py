"""Terms, the bodies elected for a term with their authorised sizes, and the catalogue of positions."""

from django.db import models
from django.db.models import F, Q

from common.dated import Dated, NoOverlap
from common.journal import Journaled
from organizations.querysets import BodyQuerySet, TermQuerySet

ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


class BodyKind(models.TextChoices):
    """The bodies of an organisation in a term (DOMAIN.md §2)."""

    COMMITTEE = "committee", "Ban Chấp hành"
    STANDING = "standing_committee", "Ban Thường vụ"
    INSPECTION = "inspection_committee", "Ủy ban Kiểm tra"


class Term(Dated, Journaled):
    """A term (nhiệm kỳ) of one organisation, from the day its committee begins to its actual end.

    It opens with a congress, or with the designation of its committee in a reorganised body; then `congress_on` is the
    day of the designation.
    """

    class Opening(models.TextChoices):
        CONGRESS = "congress", "Đại hội"
        DESIGNATION = "designation", "Chỉ định"

    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="terms", verbose_name="tổ chức đảng"
    )
    label = models.CharField("nhiệm kỳ", max_length=9)  # 2020-2025
    ordinal = models.PositiveSmallIntegerField("đại hội lần thứ")
    opening = models.CharField("mở đầu bằng", max_length=20, choices=Opening.choices, default=Opening.CONGRESS)
    congress_on = models.DateField("ngày đại hội")
    planned_end = models.DateField("kết thúc theo kế hoạch")

    objects = TermQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "nhiệm kỳ"
        verbose_name_plural = "nhiệm kỳ"
        ordering = ["organization", "-valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            NoOverlap(fields=["organization"], name="one_term_of_an_organization_at_a_time"),
            models.UniqueConstraint(fields=["organization", "label"], name="one_term_of_a_label_in_an_organization"),
            models.CheckConstraint(condition=Q(valid_from__gte=F("congress_on")), name="term_begins_with_its_congress"),
            models.CheckConstraint(condition=Q(planned_end__gt=F("valid_from")), name="term_is_planned_to_last"),
        ]

    @property
    def ordinal_roman(self) -> str:
        """The ordinal as papers write it: lần thứ VII."""
        rest, roman = self.ordinal, ""
        for value, letters in ROMAN:
            count, rest = divmod(rest, value)
            roman += letters * count
        return roman

    def __str__(self) -> str:
        return self.label


class Body(Journaled):
    """A body (Ban Chấp hành, Ban Thường vụ, Ủy ban Kiểm tra) of a term, with the size approved for it."""

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="bodies", verbose_name="nhiệm kỳ")
    kind = models.CharField("loại", max_length=30, choices=BodyKind.choices)
    authorized_size = models.PositiveSmallIntegerField("số lượng được duyệt", null=True, blank=True)
    decision = models.ForeignKey(
        "organizations.Document",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="quyết định về số lượng",
    )

    objects = BodyQuerySet.as_manager()

    class Meta:
        verbose_name = "ban chấp hành, ban thường vụ, ủy ban kiểm tra"
        verbose_name_plural = "các ban của nhiệm kỳ"
        ordering = ["term", "kind"]
        constraints = [models.UniqueConstraint(fields=["term", "kind"], name="one_body_of_a_kind_in_a_term")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.term.label}"


class Position(models.Model):
    """A position (chức danh) that a person may hold in a body of one kind. The code is the glossary's English term."""

    code = models.CharField("mã", max_length=40, primary_key=True)
    name = models.CharField("chức danh", max_length=80)
    short_name = models.CharField("viết tắt", max_length=20)
    body_kind = models.CharField("thuộc", max_length=30, choices=BodyKind.choices)
    rank = models.PositiveSmallIntegerField("thứ bậc", unique=True)  # 1 stands above 2
    is_officer = models.BooleanField("là người đứng đầu hoặc cấp phó", default=False)
    max_holders = models.PositiveSmallIntegerField("số người giữ nhiều nhất", null=True, blank=True)

    SECRETARY = "secretary"
    DEPUTY_SECRETARY = "deputy_secretary"
    STANDING_MEMBER = "standing_member"
    COMMITTEE_MEMBER = "committee_member"
    INSPECTION_CHAIR = "inspection_chair"
    INSPECTION_DEPUTY_CHAIR = "inspection_deputy_chair"
    INSPECTION_MEMBER = "inspection_member"

    class Meta:
        verbose_name = "chức danh"
        verbose_name_plural = "danh mục chức danh"
        ordering = ["rank"]
        constraints = [
            models.CheckConstraint(
                condition=Q(max_holders__isnull=True) | Q(max_holders__gt=0), name="position_can_be_held"
            ),
        ]

    def __str__(self) -> str:
        return self.name
