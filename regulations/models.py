"""Rules and thresholds, retirement ages, and the calendar of working days: catalogues that an administrator edits."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import Q

from common.dated import Dated, NoOverlap
from common.formats import short_day
from common.journal import Journaled
from regulations.findings import UNVERIFIED, Finding, Severity
from regulations.querysets import CalendarDayQuerySet


class Grade(models.TextChoices):
    """What a rule rests on (the head of DOMAIN.md). Only A and B may be shown to a user as a rule with its citation."""

    TEXT = "A", "A: đã đọc nguyên văn quy định"
    OFFICIAL = "B", "B: trang chính thức hoặc báo chí"
    SECONDARY = "C", "C: nguồn thuật lại"
    DERIVED = "D", "D: tính ra từ nguồn khác"
    MEMORY = "M", "M: theo trí nhớ"
    RECORDS = "R", "R: suy ra từ chính dữ liệu, không cần quy định"


VERIFIED = (Grade.TEXT, Grade.OFFICIAL)


class RuleCode(models.TextChoices):
    """The rules that the product knows how to apply. What each says is data."""

    VOTE_MAJORITY = "vote_majority", "Tỷ lệ trúng cử"
    SLATE_SURPLUS_PERCENT = "slate_surplus_percent", "Số dư trong danh sách bầu cử"
    COMMITTEE_OVER_SIZE = "committee_over_size", "Vượt số lượng cấp ủy viên được duyệt"
    SECOND_OFFICER = "second_officer", "Số người cùng giữ một chức danh"
    OFFICER_IS_MEMBER = "officer_is_member", "Bí thư, phó bí thư, ủy viên ban thường vụ là cấp ủy viên"
    INSPECTION_COMMITTEE_ALLOWED = "inspection_committee_allowed", "Nơi có ủy ban kiểm tra"
    MONTHS_BEFORE_CONGRESS = "months_before_congress", "Thời gian ngừng bổ sung trước đại hội"
    REELECTION_MONTHS_LEFT = "reelection_months_left", "Thời gian công tác còn lại khi tái cử"
    NOMINATION_MONTHS_LEFT = "nomination_months_left", "Thời gian công tác còn lại khi được giới thiệu"
    DISCIPLINED_PERSON = "disciplined_person", "Người đang bị kỷ luật"
    ALREADY_HOLDS = "already_holds", "Người đang giữ chính chức danh đó"
    DATES_IN_ORDER = "dates_in_order", "Trình tự các ngày trong hồ sơ"
    EFFECTIVE_AFTER_ELECTION = "effective_after_election", "Ngày có hiệu lực so với ngày bầu"
    DOCUMENT_NUMBER_UNIQUE = "document_number_unique", "Số văn bản không trùng"
    REPORT_WORKING_DAYS = "report_working_days", "Thời hạn báo cáo kết quả bầu cử"
    CONFIRMATION_WORKING_DAYS = "confirmation_working_days", "Thời hạn chuẩn y kết quả bầu cử"
    CELL_COMMITTEE_MIN_MEMBERS = "cell_committee_min_members", "Số đảng viên chính thức để chi bộ có chi ủy"
    CELL_COMMITTEE_MAX = "cell_committee_max", "Số chi ủy viên nhiều nhất"
    CELL_LEAST_MEMBERS = "cell_least_members", "Số đảng viên chính thức ít nhất của chi bộ"
    CELL_MOST_DEPUTIES = "cell_most_deputies", "Số phó bí thư chi bộ nhiều nhất"
    GRASSROOTS_COMMITTEE_MEMBERS = "grassroots_committee_members", "Số đảng viên của đảng bộ cơ sở"
    TERM_MONTHS = "term_months", "Thời gian của nhiệm kỳ"
    CELL_TERM_MONTHS = "cell_term_months", "Thời gian nhiệm kỳ của chi bộ trực thuộc"
    CELL_TERM_LEEWAY = "cell_term_leeway", "Thời gian đại hội chi bộ trực thuộc sớm hoặc muộn hơn"

    PLANNING_REGULATION = "planning_regulation", "Quy định về công tác quy hoạch"
    PLAN_PEOPLE_PER_POSITION = "plan_people_per_position", "Số người quy hoạch một chức danh"
    PLAN_POSITIONS_PER_PERSON = "plan_positions_per_person", "Số chức danh quy hoạch của một người ở cùng cấp"
    PLAN_HIGHER_POSITION = "plan_higher_position", "Quy hoạch chức danh cao hơn chức danh đang giữ"
    PLAN_WOMEN_PERCENT = "plan_women_percent", "Tỷ lệ nữ trong quy hoạch"
    PLAN_YOUNG_PERCENT = "plan_young_percent", "Tỷ lệ cán bộ dưới 40 tuổi trong quy hoạch"
    PLAN_ETHNIC_MINORITY = "plan_ethnic_minority", "Cán bộ người dân tộc thiểu số trong quy hoạch"
    PLAN_ONE_TERM_LEFT = "plan_one_term_left", "Còn thời gian công tác trọn một nhiệm kỳ"
    PLAN_TWO_TERMS_LEFT = "plan_two_terms_left", "Còn thời gian công tác hai nhiệm kỳ"
    PLAN_LEAST_COEFFICIENT = "plan_least_coefficient", "Hệ số quy hoạch thấp nhất"
    PLAN_MOST_COEFFICIENT = "plan_most_coefficient", "Hệ số quy hoạch cao nhất"
    PLAN_APPROVAL_WORKING_DAYS = "plan_approval_working_days", "Thời hạn phê duyệt quy hoạch"
    PLAN_LEAVES_AT_ONCE = "plan_leaves_at_once", "Đưa ra khỏi quy hoạch ngay"
    PLAN_RETURNS = "plan_returns", "Đưa trở lại quy hoạch"
    PLAN_POSITION_MISSING = "plan_position_missing", "Chức danh chưa có người quy hoạch"
    PLAN_BALLOT_MISSING = "plan_ballot_missing", "Kết quả lấy phiếu giới thiệu"

    COMMITTEE_WOMEN_PERCENT = "committee_women_percent", "Chỉ tiêu tỷ lệ nữ trong cấp ủy"
    COMMITTEE_YOUNG_PERCENT = "committee_young_percent", "Chỉ tiêu tỷ lệ cấp ủy viên dưới 40 tuổi"
    COMMITTEE_MINORITY_PERCENT = "committee_minority_percent", "Chỉ tiêu tỷ lệ cấp ủy viên là người dân tộc thiểu số"
    COMMITTEE_NEW_PERCENT = "committee_new_percent", "Chỉ tiêu tỷ lệ cấp ủy viên tham gia lần đầu"


# What the product has no rule for: an office that has set itself a target enters it. Each is a least share in percent.
OFFICE_TARGETS = (
    RuleCode.COMMITTEE_WOMEN_PERCENT,
    RuleCode.COMMITTEE_YOUNG_PERCENT,
    RuleCode.COMMITTEE_MINORITY_PERCENT,
    RuleCode.COMMITTEE_NEW_PERCENT,
)


class Rule(Dated, Journaled):
    """What one rule says in one period of validity. A rule that changes is closed and followed by a new row."""

    SEVERITIES = [
        (Severity.BLOCK.value, "chặn: hồ sơ không trình được"),
        (Severity.WARN.value, "cảnh báo: phải nêu lý do"),
        (Severity.INFO.value, "thông tin"),
    ]

    code = models.CharField("quy tắc", max_length=40, choices=RuleCode.choices)
    statement = models.CharField(
        "nội dung",
        max_length=300,
        help_text="Một câu cho người dùng đọc. Khi sửa ngưỡng, hãy sửa cả con số trong câu này.",
    )
    value = models.DecimalField(
        "ngưỡng",
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Để trống khi quy tắc không có con số; có ngưỡng thì ghi cả đơn vị.",
    )
    unit = models.CharField("đơn vị", max_length=40, blank=True)
    severity = models.CharField("mức độ", max_length=10, choices=SEVERITIES)
    citation = models.CharField(
        "văn bản", max_length=255, blank=True, help_text="Chỉ ghi khi đã đối chiếu: số, ký hiệu và cơ quan ban hành."
    )
    article = models.CharField("điều, khoản", max_length=80, blank=True)
    grade = models.CharField(
        "căn cứ",
        max_length=1,
        choices=Grade.choices,
        help_text=f"Hạng A và B hiện ra kèm văn bản; hạng C, D và M hiện là “{UNVERIFIED}”; hạng R không kèm nguồn.",
    )
    start_is_known = models.BooleanField(
        "đã biết ngày bắt đầu có hiệu lực",
        default=True,
        help_text="Bỏ chọn khi ngày đầu chỉ là mặc định; khi đó ngày ấy không hiện ra như hiệu lực của quy định.",
    )

    class Meta(Dated.Meta):
        verbose_name = "quy tắc"
        verbose_name_plural = "quy tắc và ngưỡng"
        ordering = ["code", "-valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            NoOverlap(
                fields=["code"],
                name="one_rule_of_a_code_at_a_time",
                violation_error_message="Quy tắc này đã có nội dung khác cùng thời gian.",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True, unit="") | (Q(value__isnull=False) & ~Q(unit="")),
                name="rule_has_value_and_unit_together",
                violation_error_message="Ngưỡng và đơn vị phải cùng có hoặc cùng để trống.",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=0),
                name="rule_value_is_not_negative",
                violation_error_message="Ngưỡng không được âm.",
            ),
            models.CheckConstraint(
                condition=~Q(citation="") | Q(article=""),
                name="rule_article_belongs_to_a_citation",
                violation_error_message="Có điều, khoản thì phải ghi văn bản.",
            ),
            models.CheckConstraint(
                condition=~Q(code__in=OFFICE_TARGETS) | Q(value__isnull=False, value__gt=0, value__lte=100, unit="%"),
                name="target_of_an_office_is_a_percentage",
                violation_error_message="Chỉ tiêu cơ cấu cấp ủy phải có ngưỡng trên 0 và không quá 100, đơn vị “%%”.",
            ),
        ]

    @property
    def is_verified(self) -> bool:
        """Whether it may be shown as a rule with its citation; a target of the office only when it has one."""
        return self.grade in VERIFIED and (bool(self.citation) or not self.is_office_target)

    @property
    def is_office_target(self) -> bool:
        """Whether it is a target that the office set, which no rule that the product starts with speaks of."""
        return self.code in OFFICE_TARGETS

    @property
    def needs_no_source(self) -> bool:
        """Whether the records themselves prove what it says, so that there is nothing to cite or to verify."""
        return self.grade == Grade.RECORDS and not self.is_office_target

    @property
    def source(self) -> str:
        """What the rule rests on, as a user may read it.

        A verified rule: its document and article, or its own statement while no document is entered. Any other:
        "chưa kiểm chứng", whatever document is entered; nothing when the records themselves prove it.
        """
        if self.needs_no_source:
            return ""
        if not self.is_verified:
            return UNVERIFIED
        return ", ".join(part for part in (self.citation, self.article) if part) or self.statement

    @property
    def validity(self) -> str:
        """The period of validity in words, the last day included: từ 08/10/2025, đến hết 07/10/2025."""
        words = [f"từ {short_day(self.valid_from)}"] if self.start_is_known else []
        if self.valid_to:
            words.append(f"đến hết {short_day(self.valid_to - timedelta(days=1))}")
        return " ".join(words) or "đang áp dụng"

    @property
    def threshold(self) -> str:
        """The value with its unit as people write it: 30 %, 6 tháng, 2,5 năm; empty without a value."""
        if self.value is None:
            return ""
        number = f"{Decimal(self.value):f}"
        if "." in number:
            number = number.rstrip("0").rstrip(".").replace(".", ",")
        return f"{number} {self.unit}"

    def __str__(self) -> str:
        return f"{self.get_code_display()} ({self.validity})"


class KeptFinding(Journaled):
    """A finding kept beside the record that it is about, as it read on the day of the act; never changed."""

    # What blocks is never kept: the act did not go on.
    SEVERITIES = [(Severity.WARN.value, "Cảnh báo"), (Severity.INFO.value, "Thông tin")]

    judged_on = models.DateField("ngày xét")
    severity = models.CharField("mức độ", max_length=10, choices=SEVERITIES)
    rule = models.CharField("quy tắc", max_length=40, blank=True)
    message = models.CharField("nội dung", max_length=600)
    source = models.CharField("căn cứ", max_length=400, blank=True)
    validity = models.CharField("hiệu lực", max_length=80, blank=True)
    verified = models.BooleanField("đã kiểm chứng", default=True)
    explanation = models.TextField("lý do vẫn trình", blank=True)

    class Meta:
        abstract = True

    @classmethod
    def keeping(cls, finding: Finding, *, on: date, explanation: str, **fields) -> Self:
        """Return the finding as a row, not yet saved; `fields` are those of the record. Only warnings are explained."""
        return cls(
            judged_on=on,
            severity=finding.severity,
            rule=finding.rule,
            message=finding.message,
            source=finding.source,
            validity=finding.validity,
            verified=finding.verified,
            explanation=explanation if finding.warns else "",
            **fields,
        )

    @property
    def label(self) -> str:
        """What stands beside the message: the source, or "chưa kiểm chứng"."""
        return self.source if self.verified else UNVERIFIED


class RetirementAge(Dated, Journaled):
    """The age of retirement of those born from the month of `valid_from` (included) to that of `valid_to` (excluded).

    The two days say when somebody was BORN, not when the row is in force; both are the first of a month. So
    `as_of(birth_date)` finds the row of a person, and no two rows of a gender meet.
    """

    class Gender(models.TextChoices):
        MALE = "male", "Nam"
        FEMALE = "female", "Nữ"

    gender = models.CharField("giới tính", max_length=10, choices=Gender.choices)
    valid_from = models.DateField("sinh từ ngày", help_text="Ngày đầu của tháng sinh đầu tiên.")
    valid_to = models.DateField(
        "sinh trước ngày",
        null=True,
        blank=True,
        help_text="Ngày đầu của tháng sau tháng sinh cuối cùng; để trống khi không có giới hạn.",
    )
    months = models.PositiveSmallIntegerField("tuổi nghỉ hưu (tháng)", help_text="60 tuổi 3 tháng là 723 tháng.")
    grade = models.CharField("căn cứ", max_length=1, choices=Grade.choices)
    source = models.CharField("nguồn", max_length=255, blank=True)

    class Meta(Dated.Meta):
        verbose_name = "tuổi nghỉ hưu"
        verbose_name_plural = "bảng tuổi nghỉ hưu"
        ordering = ["gender", "valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            NoOverlap(
                fields=["gender"],
                name="one_retirement_age_of_a_month_of_birth",
                violation_error_message="Đã có tuổi nghỉ hưu khác cho các tháng sinh này.",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__day=1) & (Q(valid_to__isnull=True) | Q(valid_to__day=1)),
                name="retirement_age_is_of_whole_months_of_birth",
                violation_error_message="Cả hai ngày phải là ngày đầu tháng.",
            ),
            models.CheckConstraint(
                condition=Q(months__gt=0),
                name="retirement_age_is_positive",
                violation_error_message="Tuổi nghỉ hưu phải lớn hơn 0.",
            ),
        ]

    @property
    def is_verified(self) -> bool:
        return self.grade in VERIFIED

    @property
    def age(self) -> str:
        """The age in words: 60 tuổi 3 tháng, 62 tuổi."""
        years, months = divmod(self.months, 12)
        return f"{years} tuổi {months} tháng" if months else f"{years} tuổi"

    def __str__(self) -> str:
        return f"{self.get_gender_display()} sinh từ {self.valid_from:%m/%Y}: {self.age}"


class CalendarDay(Journaled):
    """A day on which the office does not keep to the week: a public holiday, or a Saturday or Sunday that is worked."""

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", "nghỉ"
        WORKING_DAY = "working_day", "làm việc"

    day = models.DateField(
        "ngày",
        help_text="Ngày lễ dương lịch cố định đã có sẵn đến năm 2030. Tết Nguyên đán, Giỗ Tổ Hùng Vương, ngày nghỉ "
        "liền kề Quốc khánh, ngày nghỉ bù và ngày làm bù được thông báo hằng năm: hãy nhập khi có thông báo.",
    )
    kind = models.CharField("loại", max_length=20, choices=Kind.choices, default=Kind.HOLIDAY)
    name = models.CharField("tên gọi", max_length=120)

    objects = CalendarDayQuerySet.as_manager()

    class Meta:
        verbose_name = "ngày nghỉ, ngày làm bù"
        verbose_name_plural = "lịch ngày nghỉ, ngày làm bù"
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(
                fields=["day"], name="one_entry_of_a_calendar_day", violation_error_message="Ngày này đã có trong lịch."
            ),
        ]

    def __str__(self) -> str:
        return f"{short_day(self.day)}: {self.name}"
