"""Organisations: an identity that stays, attributes that are dated."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from common.dated import Dated, NoOverlap
from common.journal import Journaled
from common.vietnamese import normalize, search_key, text_sort_key
from organizations.querysets import MemberCountQuerySet, OrganizationQuerySet, OrganizationVersionQuerySet


class OrganizationKind(models.TextChoices):
    """The kinds of party organisation (DOMAIN.md §2)."""

    BLOC = "bloc", "Đảng bộ cấp trên trực tiếp cơ sở"
    GRASSROOTS_COMMITTEE = "grassroots_committee", "Đảng bộ cơ sở"
    GRASSROOTS_CELL = "grassroots_cell", "Chi bộ cơ sở"
    SECTION_COMMITTEE = "section_committee", "Đảng bộ bộ phận"
    SUBORDINATE_CELL = "subordinate_cell", "Chi bộ trực thuộc"


GRASSROOTS_KINDS = (OrganizationKind.GRASSROOTS_COMMITTEE, OrganizationKind.GRASSROOTS_CELL)


class OrganizationAttributes(models.Model):
    """What may change about an organisation while it stays the same organisation."""

    name = models.CharField("tên tổ chức", max_length=255)
    short_name = models.CharField("tên viết tắt", max_length=80, blank=True)
    kind = models.CharField("loại hình", max_length=30, choices=OrganizationKind.choices)
    parent = models.ForeignKey(
        "organizations.Organization",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="cấp trên trực tiếp",
    )
    # "/1/5/": identities from the root down; `db_index` gives PostgreSQL a second index that serves LIKE '/1/%'.
    path = models.CharField("đường dẫn", max_length=255, db_index=True, editable=False)

    class Meta:
        abstract = True

    @property
    def committee_name(self) -> str:
        """The name of the committee that leads it: Đảng bộ X → Đảng ủy X, Chi bộ Y → Chi ủy Y."""
        for organization, committee in (("Đảng bộ", "Đảng ủy"), ("Chi bộ", "Chi ủy")):
            if self.name.startswith(organization):
                return committee + self.name.removeprefix(organization)
        return self.name

    @property
    def issuing_name(self) -> str:
        """Who speaks in its papers: Đảng ủy X of a grassroots organisation, above it Ban Thường vụ Đảng ủy Y."""
        above = self.kind == OrganizationKind.BLOC
        return f"Ban Thường vụ {self.committee_name}" if above else self.committee_name

    @property
    def is_grassroots(self) -> bool:
        return self.kind in GRASSROOTS_KINDS


class Organization(OrganizationAttributes, Journaled):
    """A party organisation (tổ chức đảng). Its attributes are those of the version in force today, kept by actions."""

    code = models.CharField("mã", max_length=20, unique=True)
    sort_key = models.CharField(max_length=1000, editable=False, db_index=True)
    search_key = models.CharField(max_length=400, editable=False)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = "tổ chức đảng"
        verbose_name_plural = "tổ chức đảng"
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(path="") | (Q(path__startswith="/") & Q(path__endswith="/")),
                name="organization_path_runs_from_root_to_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.compute_keys()
        super().save(*args, **kwargs)

    def compute_keys(self) -> None:
        """Normalise the name and compute what it is sorted and searched by; bulk inserts call this themselves."""
        self.name = normalize(self.name)
        self.sort_key = text_sort_key(self.name)
        self.search_key = search_key(f"{self.name} {self.short_name} {self.code}")

    def standing_on(self, day: date) -> "Organization | OrganizationVersion":
        """Return the organisation as it stood on `day`; as it is today for a day on which it did not stand."""
        return self.versions.as_of(day).select_related("parent").first() or self


class OrganizationVersion(OrganizationAttributes, Dated, Journaled):
    """What an organisation was called, what it was and under whom it stood, `[valid_from, valid_to)`."""

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="versions", verbose_name="tổ chức đảng"
    )
    decision = models.ForeignKey(
        "organizations.Document",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="văn bản",
    )
    reorganization = models.ForeignKey(
        "organizations.Reorganization",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="versions",
        verbose_name="theo lần sắp xếp",
    )

    objects = OrganizationVersionQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "giai đoạn của tổ chức"
        verbose_name_plural = "giai đoạn của tổ chức"
        ordering = ["organization", "valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            NoOverlap(fields=["organization"], name="one_version_of_an_organization_at_a_time"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("organization")),
                name="organization_is_not_its_own_parent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} (từ {self.valid_from:%d/%m/%Y})"


class MemberCount(Journaled):
    """How many members an organisation reported on a day, official and probationary apart."""

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="member_counts", verbose_name="tổ chức đảng"
    )
    counted_on = models.DateField("tính đến ngày")
    official = models.PositiveIntegerField("đảng viên chính thức")
    probationary = models.PositiveIntegerField("đảng viên dự bị", default=0)

    objects = MemberCountQuerySet.as_manager()

    class Meta:
        verbose_name = "số lượng đảng viên"
        verbose_name_plural = "số lượng đảng viên"
        ordering = ["organization", "-counted_on"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "counted_on"], name="one_member_count_a_day"),
        ]

    @property
    def total(self) -> int:
        return self.official + self.probationary

    def __str__(self) -> str:
        return f"{self.organization}: {self.total}"
