"""People: party members of whom committees are made."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from common.dated import Dated, DatedRoughly, NoOverlap, Precision, as_far_as_known
from common.formats import short_day
from common.journal import Journaled
from common.vietnamese import normalize, search_key, sort_key
from organizations.models import Document, Organization
from personnel.querysets import DisciplineQuerySet, MembershipQuerySet, PersonQuerySet, PoliticalConclusionQuerySet


class Gender(models.TextChoices):
    MALE = "male", "Nam"
    FEMALE = "female", "Nữ"


class Education(models.TextChoices):
    """Professional education (trình độ chuyên môn)."""

    SECONDARY = "secondary", "Trung cấp"
    COLLEGE = "college", "Cao đẳng"
    BACHELOR = "bachelor", "Đại học"
    MASTER = "master", "Thạc sĩ"
    DOCTOR = "doctor", "Tiến sĩ"


class PoliticalTheory(models.TextChoices):
    """Political theory (lý luận chính trị); `BACHELOR` is a legacy value of old files."""

    ELEMENTARY = "elementary", "Sơ cấp"
    INTERMEDIATE = "intermediate", "Trung cấp"
    ADVANCED = "advanced", "Cao cấp"
    BACHELOR = "bachelor", "Cử nhân"


class Person(Journaled):
    """A party member (đảng viên, đồng chí)."""

    full_name = models.CharField("họ và tên", max_length=120)
    other_name = models.CharField("tên gọi khác", max_length=120, blank=True)
    sort_key = models.CharField(max_length=600, editable=False, db_index=True)
    search_key = models.CharField(max_length=160, editable=False)
    birth_date = models.DateField("ngày sinh")
    birth_precision = models.CharField(
        "độ chính xác của ngày sinh", max_length=10, choices=Precision.choices, default=Precision.DAY
    )
    gender = models.CharField("giới tính", max_length=10, choices=Gender.choices)
    ethnic_group = models.CharField("dân tộc", max_length=40, default="Kinh")
    religion = models.CharField("tôn giáo", max_length=40, blank=True)
    birthplace = models.CharField("nơi sinh", max_length=255, blank=True)
    hometown = models.CharField("quê quán", max_length=255, blank=True)
    residence = models.CharField("nơi ở hiện nay", max_length=255, blank=True)
    joined_party_on = models.DateField("ngày vào Đảng", null=True, blank=True)
    joined_party_precision = models.CharField(
        "độ chính xác của ngày vào Đảng", max_length=10, choices=Precision.choices, default=Precision.DAY
    )
    official_on = models.DateField("ngày chính thức", null=True, blank=True)
    official_precision = models.CharField(
        "độ chính xác của ngày chính thức", max_length=10, choices=Precision.choices, default=Precision.DAY
    )
    card_number = models.CharField("số thẻ đảng viên", max_length=20, blank=True)
    general_education = models.CharField("giáo dục phổ thông", max_length=20, blank=True)  # 12/12
    education = models.CharField("chuyên môn", max_length=20, choices=Education.choices, blank=True)
    field_of_study = models.CharField("ngành", max_length=120, blank=True)
    political_theory = models.CharField("lý luận chính trị", max_length=20, choices=PoliticalTheory.choices, blank=True)
    state_management = models.CharField("quản lý nhà nước", max_length=80, blank=True)
    foreign_languages = models.CharField("ngoại ngữ", max_length=120, blank=True)
    computer_skills = models.CharField("tin học", max_length=80, blank=True)
    present_post = models.CharField("chức vụ hiện nay", max_length=255, blank=True)
    retires_on = models.DateField(
        "ngày nghỉ hưu theo quyết định", null=True, blank=True, help_text="Thay cho ngày tính theo tuổi."
    )
    retires_on_source = models.CharField("căn cứ của ngày nghỉ hưu", max_length=255, blank=True)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="doubles",
        verbose_name="đã gộp vào",
        help_text="Hồ sơ ghi trùng: mọi dữ liệu đã chuyển sang hồ sơ này.",
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = "đảng viên"
        verbose_name_plural = "đảng viên"
        ordering = ["sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["card_number"],
                condition=~Q(card_number=""),
                name="party_card_belongs_to_one_person",
                violation_error_message="Số thẻ đảng viên này đã thuộc về một người khác.",
            ),
            models.CheckConstraint(
                condition=Q(joined_party_on__isnull=True)
                | Q(official_on__isnull=True)
                | Q(official_on__gte=models.F("joined_party_on")),
                name="official_member_after_joining",
            ),
            models.CheckConstraint(
                condition=Q(joined_party_on__isnull=True) | Q(joined_party_on__gt=models.F("birth_date")),
                name="person_joins_after_birth",
            ),
            models.CheckConstraint(
                condition=Q(retires_on__isnull=True, retires_on_source="")
                | (Q(retires_on__isnull=False) & ~Q(retires_on_source="")),
                name="retirement_day_has_a_source",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=models.F("pk")),
                name="person_is_not_merged_into_oneself",
            ),
        ]

    def save(self, *args, **kwargs) -> None:
        self.compute_keys()
        super().save(*args, **kwargs)

    def compute_keys(self) -> None:
        """Normalise the name and compute what it is sorted and searched by; bulk inserts call this themselves."""
        self.full_name = normalize(self.full_name)
        self.sort_key = sort_key(self.full_name)
        self.search_key = search_key(self.full_name)

    def get_absolute_url(self) -> str:
        return reverse("personnel:person_detail", args=[self.pk])

    @property
    def birth_display(self) -> str:
        """The day of birth as far as it is known: 05/3/1980, 3/1980 or 1980."""
        return as_far_as_known(self.birth_date, self.birth_precision)

    def __str__(self) -> str:
        return self.full_name


class Membership(DatedRoughly, Journaled):
    """The organisation in which a person is a member (nơi sinh hoạt đảng)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships", verbose_name="đảng viên")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="memberships", verbose_name="tổ chức đảng"
    )

    objects = MembershipQuerySet.as_manager()

    class Meta(DatedRoughly.Meta):
        verbose_name = "nơi sinh hoạt đảng"
        verbose_name_plural = "nơi sinh hoạt đảng"
        ordering = ["person", "-valid_from"]
        constraints = [
            *DatedRoughly.Meta.constraints,
            NoOverlap(fields=["person"], name="one_membership_of_a_person_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.organization}"


class Discipline(Dated, Journaled):
    """A disciplinary measure, a dated state with an end, not a flag."""

    class Kind(models.TextChoices):
        REPRIMAND = "reprimand", "Khiển trách"
        WARNING = "warning", "Cảnh cáo"
        REMOVAL = "removal", "Cách chức"
        EXPULSION = "expulsion", "Khai trừ"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="disciplines", verbose_name="đảng viên")
    kind = models.CharField("hình thức", max_length=20, choices=Kind.choices)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="quyết định"
    )

    objects = DisciplineQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "kỷ luật"
        verbose_name_plural = "kỷ luật"
        ordering = ["person", "-valid_from"]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_kind_display()}"


class PoliticalConclusion(Dated, Journaled):
    """A conclusion that a person does not meet the political standard, in force over `[valid_from, valid_to)`.

    Confidential: only those who may see the names in a plan see it.
    """

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="political_conclusions", verbose_name="đảng viên"
    )
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="văn bản kết luận"
    )

    objects = PoliticalConclusionQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "kết luận về tiêu chuẩn chính trị"
        verbose_name_plural = "kết luận về tiêu chuẩn chính trị"
        ordering = ["person", "-valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            NoOverlap(fields=["person"], name="one_political_conclusion_on_a_person_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: từ {short_day(self.valid_from)}"
