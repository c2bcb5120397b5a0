"""Dossiers of change, their items (the lượt that a summary counts), and the votes on them."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from common.dated import Precision, day_in_words
from common.journal import Journaled
from organizations.models import Body, BodyKind, Document, Organization, Position
from personnel.item_querysets import ChangeItemQuerySet
from personnel.models.people import Person
from personnel.querysets import CongressResultQuerySet, DossierQuerySet, VoteQuerySet


class Dossier(Journaled):
    """A request of one organisation (hồ sơ kiện toàn): change items with their papers.

    draft → submitted → confirmed | refused; returned: submitted → draft; withdrawn: from draft or submitted.

    `report_due_on` is the day by which a vote is to be reported, `decision_due_on` that by which the superior is to
    decide (DOMAIN.md §4), both included. `edition` grows by one with each save of the draft, so that a second writer
    learns of the first. `is_recorded`: written down at one go from what was decided already (a reorganisation, an
    office's old files), so the one who writes it also enters its decision. `form_key` is drawn when the form of a new
    dossier is opened: sent twice, it makes one dossier.
    """

    class Kind(models.TextChoices):
        CONGRESS = "congress", "Kết quả đại hội"
        SUPPLEMENT = "supplement", "Kiện toàn trong nhiệm kỳ"
        CORRECTION = "correction", "Đính chính"
        REORGANIZATION = "reorganization", "Sắp xếp tổ chức"
        HISTORY = "history", "Ghi nhận việc đã quyết định"

    class State(models.TextChoices):
        DRAFT = "draft", "Nháp"
        SUBMITTED = "submitted", "Đã trình"
        CONFIRMED = "confirmed", "Đã chuẩn y"
        REFUSED = "refused", "Không chuẩn y"
        WITHDRAWN = "withdrawn", "Đã rút"

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="dossiers", verbose_name="tổ chức đảng"
    )
    kind = models.CharField("loại hồ sơ", max_length=20, choices=Kind.choices)
    state = models.CharField("trạng thái", max_length=20, choices=State.choices, default=State.DRAFT)
    year = models.PositiveSmallIntegerField("năm")
    number = models.PositiveIntegerField("số thứ tự trong năm")
    opened_on = models.DateField("ngày lập")
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người lập"
    )
    submitted_on = models.DateField("ngày trình", null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    submission = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tờ trình"
    )
    decided_on = models.DateField("ngày quyết định", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decision = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="confirmed_dossiers",
        verbose_name="quyết định chuẩn y",
    )
    reason = models.TextField("lý do trả lại, không chuẩn y hoặc rút", blank=True)
    explanation = models.TextField("lý do trình khi còn cảnh báo", blank=True)
    report_due_on = models.DateField("hạn báo cáo", null=True, blank=True)
    decision_due_on = models.DateField("hạn chuẩn y", null=True, blank=True)
    edition = models.PositiveIntegerField("lần sửa", default=1)
    is_recorded = models.BooleanField("ghi nhận việc đã quyết định", default=False)
    reorganization = models.ForeignKey(
        "organizations.Reorganization",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="dossiers",
        verbose_name="sắp xếp tổ chức",
    )
    form_key = models.UUIDField("mã của lần nhập", null=True, blank=True, unique=True, editable=False)
    corrects = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name="đính chính hồ sơ",
    )

    objects = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = "hồ sơ kiện toàn"
        verbose_name_plural = "hồ sơ kiện toàn"
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="one_dossier_of_a_number_in_a_year"),
            models.CheckConstraint(
                condition=Q(submitted_on__isnull=True, submitted_by__isnull=True)
                | Q(submitted_on__isnull=False, submitted_by__isnull=False),
                name="dossier_submitted_by_somebody_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True, decided_by__isnull=True)
                | Q(decided_on__isnull=False, decided_by__isnull=False),
                name="dossier_decided_by_somebody_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["submitted", "confirmed", "refused"], submitted_on__isnull=False)
                | Q(state="draft", submitted_on__isnull=True)
                | Q(state="withdrawn"),
                name="dossier_state_agrees_with_submission",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["confirmed", "refused"], decided_on__isnull=False)
                | Q(~Q(state__in=["confirmed", "refused"]), decided_on__isnull=True),
                name="dossier_state_agrees_with_decision_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(decision__isnull=False) | Q(kind="history", is_recorded=True),
                name="confirmed_dossier_has_a_decision",
            ),
            models.CheckConstraint(
                condition=Q(kind="correction", corrects__isnull=False)
                | Q(~Q(kind="correction"), corrects__isnull=True),
                name="correction_names_the_dossier_it_mends",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("drafted_by")) | Q(is_recorded=True),
                name="dossier_is_decided_by_another_hand",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["reorganization", "history"], is_recorded=True)
                | ~Q(kind__in=["reorganization", "history"]),
                name="dossier_of_a_past_act_is_recorded",
            ),
            models.CheckConstraint(
                condition=Q(kind="reorganization", reorganization__isnull=False)
                | Q(~Q(kind="reorganization"), reorganization__isnull=True),
                name="only_a_reorganisation_has_its_dossiers",
            ),
        ]

    @property
    def code(self) -> str:
        """HS-2022-017."""
        return f"HS-{self.year}-{self.number:03d}"

    @property
    def due_on(self) -> date | None:
        """The last day for what comes next: the report while it is a draft, the decision once it is submitted."""
        return {self.State.DRAFT: self.report_due_on, self.State.SUBMITTED: self.decision_due_on}.get(self.state)

    @property
    def tells_of_a_past_act(self) -> bool:
        """Whether it only tells of what was done by other papers: nothing was asked for or decided by it."""
        return self.kind in (self.Kind.REORGANIZATION, self.Kind.HISTORY)

    def is_overdue(self, day: date) -> bool:
        return self.due_on is not None and self.due_on < day

    def get_absolute_url(self) -> str:
        return reverse("personnel:dossier_detail", args=[self.pk])

    def __str__(self) -> str:
        return self.code


class CongressResult(Journaled):
    """What a dossier of kind "congress result" says of the term that it opens."""

    dossier = models.OneToOneField(Dossier, on_delete=models.CASCADE, related_name="congress", verbose_name="hồ sơ")
    label = models.CharField("nhiệm kỳ", max_length=9)
    ordinal = models.PositiveSmallIntegerField("đại hội lần thứ")
    congress_on = models.DateField("ngày đại hội")
    planned_end = models.DateField("kết thúc theo kế hoạch")
    committee_size = models.PositiveSmallIntegerField("số lượng Ban Chấp hành")
    standing_size = models.PositiveSmallIntegerField("số lượng Ban Thường vụ", null=True, blank=True)
    inspection_size = models.PositiveSmallIntegerField("số lượng Ủy ban Kiểm tra", null=True, blank=True)

    objects = CongressResultQuerySet.as_manager()

    class Meta:
        verbose_name = "kết quả đại hội"
        verbose_name_plural = "kết quả đại hội"

    @property
    def sizes(self) -> dict[str, int | None]:
        return {
            BodyKind.COMMITTEE: self.committee_size,
            BodyKind.STANDING: self.standing_size,
            BodyKind.INSPECTION: self.inspection_size,
        }

    def __str__(self) -> str:
        return f"Đại hội nhiệm kỳ {self.label}"


class Act(models.TextChoices):
    """What a change item does."""

    APPOINT = "appoint", "Bổ sung"
    RELEASE = "release", "Cho thôi"
    ANNUL = "annul", "Hủy bỏ nội dung đã ghi"  # only in a correction: the item corrected never took place


class Method(models.TextChoices):
    """How a seat is filled."""

    CONGRESS = "congress", "Đại hội bầu"
    SUPPLEMENTARY_ELECTION = "supplementary_election", "Bầu bổ sung"
    DESIGNATION = "designation", "Chỉ định"


class ReleaseReason(models.TextChoices):
    """Why a seat falls vacant (DOMAIN.md §5)."""

    RETIREMENT = "retirement", "Nghỉ hưu"
    TRANSFER = "transfer", "Chuyển công tác"
    RESIGNATION = "resignation", "Thôi giữ chức vụ quản lý"
    OWN_WISH = "own_wish", "Nguyện vọng cá nhân"
    DISCIPLINE = "discipline", "Kỷ luật"
    DEATH = "death", "Từ trần"
    ORGANIZATION_ENDED = "organization_ended", "Tổ chức kết thúc"


class ChangeItem(Journaled):
    """One change of one person in one position (lượt): the unit that the summary counts.

    `proposed_on` is the day asked for; `effective_on` the day from which it works, known at confirmation; the
    decision's day is kept in `confirmed_on`. From `superseded_on` on (the day a correction was confirmed) it no longer
    stands.
    """

    class Outcome(models.TextChoices):
        PENDING = "pending", "Chưa chuẩn y"
        CONFIRMED = "confirmed", "Đã chuẩn y"
        REFUSED = "refused", "Không chuẩn y"

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="items", verbose_name="hồ sơ")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="change_items", verbose_name="đồng chí")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="+", verbose_name="chức danh")
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="change_items", verbose_name="ban"
    )
    act = models.CharField("nội dung", max_length=10, choices=Act.choices)
    method = models.CharField("hình thức", max_length=30, choices=Method.choices, blank=True)
    release_reason = models.CharField("lý do thôi", max_length=30, choices=ReleaseReason.choices, blank=True)
    elected_on = models.DateField("ngày bầu", null=True, blank=True)
    proposed_on = models.DateField("ngày đề nghị có hiệu lực", null=True, blank=True)
    effective_on = models.DateField("ngày có hiệu lực", null=True, blank=True, db_index=True)
    effective_precision = models.CharField(
        "độ chính xác của ngày có hiệu lực", max_length=10, choices=Precision.choices, default=Precision.DAY
    )
    outcome = models.CharField("kết quả", max_length=10, choices=Outcome.choices, default=Outcome.PENDING)
    confirmed_on = models.DateField("ngày chuẩn y", null=True, blank=True)
    superseded_on = models.DateField("ngày bị đính chính", null=True, blank=True)
    corrects = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name="đính chính nội dung",
    )
    note = models.CharField("ghi chú", max_length=500, blank=True)

    place = ""  # which row of a form it was typed in; no column

    objects = ChangeItemQuerySet.as_manager()

    class Meta:
        verbose_name = "lượt thay đổi"
        verbose_name_plural = "lượt thay đổi"
        ordering = ["dossier", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(act="appoint", release_reason="") & ~Q(method=""))
                | (Q(act="release", method="") & ~Q(release_reason=""))
                | Q(act="annul", method="", release_reason="", corrects__isnull=False),
                name="appointment_has_a_method_and_release_a_reason",
            ),
            models.CheckConstraint(
                condition=(
                    Q(outcome="confirmed")
                    & Q(confirmed_on__isnull=False, effective_on__isnull=False, body__isnull=False)
                )
                | (Q(outcome__in=["pending", "refused"]) & Q(confirmed_on__isnull=True, effective_on__isnull=True)),
                name="only_confirmed_item_takes_effect",
            ),
            models.CheckConstraint(
                condition=Q(superseded_on__isnull=True) | Q(outcome="confirmed"),
                name="only_confirmed_item_can_be_superseded",
            ),
            models.CheckConstraint(
                condition=Q(elected_on__isnull=True)
                | Q(effective_on__isnull=True)
                | Q(effective_on__gte=F("elected_on")),
                name="item_takes_effect_after_its_election",
            ),
            models.UniqueConstraint(
                fields=["corrects"],
                condition=Q(corrects__isnull=False, outcome="confirmed"),
                name="item_is_corrected_once",
            ),
        ]

    @property
    def stands(self) -> bool:
        """Whether the item is confirmed and no correction has taken its place."""
        return self.outcome == self.Outcome.CONFIRMED and self.superseded_on is None

    @property
    def day(self) -> date:
        """The day that places the item in a period: its effect, or until confirmed the vote or the day asked for."""
        known = self.effective_on or self.elected_on or self.proposed_on
        return known or self.dossier.submitted_on or self.dossier.opened_on

    @property
    def effective_display(self) -> str:
        """The day of its effect as far as it is known: 05/3/2017, "tháng 3/2017", "năm 2017"; empty while unknown."""
        return day_in_words(self.effective_on, self.effective_precision) if self.effective_on else ""

    @property
    def how(self) -> str:
        """The method of an appointment or the reason of a release, in words."""
        return self.get_method_display() or self.get_release_reason_display()

    def __str__(self) -> str:
        return f"{self.get_act_display()} {self.position}: {self.person}"


class Vote(Journaled):
    """The vote on one item: elected with more than half of those summoned, not of the ballots (DOMAIN.md §4, A)."""

    item = models.OneToOneField(ChangeItem, on_delete=models.CASCADE, related_name="vote", verbose_name="lượt thay đổi")
    summoned = models.PositiveIntegerField("số triệu tập")
    excluded = models.PositiveIntegerField("số không tính", default=0)
    excluded_reason = models.CharField("lý do không tính", max_length=255, blank=True)
    present = models.PositiveIntegerField("số có mặt")
    issued = models.PositiveIntegerField("số phiếu phát ra")
    collected = models.PositiveIntegerField("số phiếu thu về")
    valid = models.PositiveIntegerField("số phiếu hợp lệ")
    in_favour = models.PositiveIntegerField("số phiếu đồng ý")
    seats = models.PositiveIntegerField("số lượng cần bầu", null=True, blank=True)
    slate = models.PositiveIntegerField("số người trong danh sách bầu", null=True, blank=True)

    objects = VoteQuerySet.as_manager()

    class Meta:
        verbose_name = "kết quả bầu"
        verbose_name_plural = "kết quả bầu"
        constraints = [
            models.CheckConstraint(
                condition=Q(excluded__lt=F("summoned"), present__lte=F("summoned"))
                & Q(issued__lte=F("present"), collected__lte=F("issued"))
                & Q(valid__lte=F("collected"), in_favour__lte=F("valid")),
                name="vote_numbers_do_not_exceed_each_other",
            ),
            models.CheckConstraint(
                condition=Q(excluded=0) | ~Q(excluded_reason=""), name="vote_excludes_with_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(seats__isnull=True, slate__isnull=True)
                | Q(seats__isnull=False, slate__isnull=False, seats__gt=0, slate__gt=0),
                name="vote_has_seats_and_slate_together",
            ),
        ]

    @property
    def threshold(self) -> int:
        """The least number of votes that elects: floor(base / 2) + 1, base = summoned - excluded."""
        return self.base // 2 + 1

    @property
    def base(self) -> int:
        """Those against whom the votes are held: summoned, less those excluded."""
        return self.summoned - self.excluded

    @property
    def is_elected(self) -> bool:
        return self.in_favour >= self.threshold

    def __str__(self) -> str:
        return f"{self.in_favour}/{self.base}"
