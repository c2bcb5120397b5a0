"""What was handed in when books were closed: the figures, the fingerprints of their records, the files."""

from django.db import models
from django.db.models import Q

from common.journal import Journaled
from common.uploads import LONGEST_NAME, private_storage, random_name
from organizations.models import Closing
from reports.querysets import ClosedFigureQuerySet, ClosedFileQuerySet, ClosedRecordQuerySet


def closed_file_name(file: "ClosedFile", name: str) -> str:
    return random_name("closings", name)


class Kept(models.Model):
    """A row that is written once and never changed."""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs) -> None:
        if self.pk and not kwargs.get("force_insert"):
            raise TypeError("what was kept of closed books is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs) -> tuple[int, dict[str, int]]:
        raise TypeError("what was kept of closed books is never deleted")


class ClosedFigure(Kept, Journaled):
    """A figure as it stood at the closing. `value` is empty where the register knew nothing to count.

    `counts` is what one was in that number (reports.figures.Counted); empty in books closed before an office could
    choose it: as the figure is declared.
    """

    closing = models.ForeignKey(Closing, on_delete=models.PROTECT, related_name="figures", verbose_name="lần khóa sổ")
    order = models.PositiveSmallIntegerField("thứ tự")
    depth = models.PositiveSmallIntegerField("bậc", default=0)
    key = models.CharField("chỉ tiêu", max_length=60)
    label = models.CharField("nội dung", max_length=300)
    unit = models.CharField("đơn vị", max_length=40, blank=True)
    counts = models.CharField("đếm theo", max_length=20, blank=True)
    value = models.PositiveIntegerField("số lượng", null=True, blank=True)
    pending = models.PositiveIntegerField("đang chờ", default=0)

    objects = ClosedFigureQuerySet.as_manager()

    class Meta:
        verbose_name = "chỉ tiêu đã khóa"
        verbose_name_plural = "chỉ tiêu đã khóa"
        ordering = ["closing", "order"]
        constraints = [models.UniqueConstraint(fields=["closing", "key"], name="figure_is_kept_once_in_a_closing")]

    def __str__(self) -> str:
        return self.label


class ClosedRecord(Kept):
    """The fingerprint of a record that a figure counted: which figures, and what the record said.

    `figures` are the keys of the figures that counted it; `told` its cells under their headings as the records of a
    figure show them; `identities` the keys of the people, organisations and papers that it spoke of. Written with its
    closing and never again, so the journal's entry of the closing speaks for it.
    """

    closing = models.ForeignKey(Closing, on_delete=models.PROTECT, related_name="records", verbose_name="lần khóa sổ")
    family = models.CharField("loại bản ghi", max_length=20)
    record = models.BigIntegerField("bản ghi")
    figures = models.JSONField("chỉ tiêu đã đếm")
    told = models.JSONField("nội dung")
    identities = models.JSONField("đối tượng")

    objects = ClosedRecordQuerySet.as_manager()

    class Meta:
        verbose_name = "bản ghi đã khóa"
        verbose_name_plural = "bản ghi đã khóa"
        ordering = ["closing", "family", "record"]
        constraints = [
            models.UniqueConstraint(fields=["closing", "family", "record"], name="record_is_kept_once_in_a_closing")
        ]

    def __str__(self) -> str:
        return f"{self.family} {self.record}"


class ClosedFile(Kept, Journaled):
    """A file that was handed in with closed books: the workbook that the product made, the paper that was sent."""

    class Kind(models.TextChoices):
        WORKBOOK = "workbook", "Bảng tính"
        PAPER = "paper", "Văn bản đã gửi"

    closing = models.ForeignKey(Closing, on_delete=models.PROTECT, related_name="files", verbose_name="lần khóa sổ")
    kind = models.CharField("loại", max_length=10, choices=Kind.choices)
    name = models.CharField("tên tệp", max_length=LONGEST_NAME)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField("dung lượng (byte)")
    sha256 = models.CharField("mã kiểm tra SHA-256", max_length=64)
    content = models.FileField("nội dung", storage=private_storage, upload_to=closed_file_name)
    names_planned_people = models.BooleanField("có tên nhân sự quy hoạch", default=False)

    objects = ClosedFileQuerySet.as_manager()

    class Meta:
        verbose_name = "tệp đã khóa"
        verbose_name_plural = "tệp đã khóa"
        ordering = ["closing", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["closing", "kind"], name="one_file_of_a_kind_in_a_closing"),
            models.CheckConstraint(condition=Q(size__gt=0), name="closed_file_has_content"),
        ]

    def __str__(self) -> str:
        return self.name
