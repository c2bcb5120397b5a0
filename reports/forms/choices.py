"""What is chosen for a report. The names of the fields stand in addresses, so are Vietnamese."""

from collections.abc import Iterable, Sequence

from django import forms

from common.formats import short_day
from common.periods import (
    FIRST_YEAR,
    HALVES,
    LAST_YEAR,
    MONTHS,
    NINE_MONTHS,
    PARTS_OF_YEAR,
    QUARTERS,
    WHOLE_YEAR,
    Period,
    UnknownPeriod,
)
from organizations.models import Term
from personnel.forms.fields import DayField

TWO_DAYS = "hai-ngay"
A_YEAR_EARLIER, THE_ONE_BEFORE = "cung-ky", "lien-truoc"
KINDS = [
    (WHOLE_YEAR.slug, "Cả năm"),
    ("Quý", [(part.slug, part.label) for part in QUARTERS]),
    ("Nhiều tháng", [(part.slug, part.label) for part in (*HALVES, NINE_MONTHS)]),
    ("Tháng", [(part.slug, part.label) for part in MONTHS]),
    (TWO_DAYS, "Từ ngày đến ngày"),
]
COMPARISONS = [
    (A_YEAR_EARLIER, "Cùng kỳ năm trước"),
    (THE_ONE_BEFORE, "Kỳ liền trước"),
    (TWO_DAYS, "Từ ngày đến ngày"),
]


class PeriodForm(forms.Form):
    """The period of a report and the one beside it. Once it is valid, `period` and `compared` say which.

    A kind may also be the slug of a period that the page offers, a term of the organisation: the year is then not read.
    """

    ky = forms.CharField(label="Kỳ báo cáo", max_length=32, required=False, widget=forms.Select(choices=KINDS))
    nam = forms.IntegerField(
        label="Năm",
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        localize=False,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), f"Năm phải là số từ {FIRST_YEAR} đến {LAST_YEAR}."
        ),
    )
    tu = DayField(label="Từ ngày")
    den = DayField(label="Đến hết ngày")
    so_voi = forms.ChoiceField(label="So với", choices=COMPARISONS, required=False)
    ss_tu = DayField(label="Từ ngày")
    ss_den = DayField(label="Đến hết ngày")

    @classmethod
    def of(cls, period: Period, compared: Period | None, terms: Iterable[Term] = ()) -> "PeriodForm":
        """Return the form as it stands when these periods are chosen; the terms are offered as periods."""
        offered = {period_of_term(term).slug: f"Nhiệm kỳ {term.label}" for term in terms}
        kind = period.part.slug if period.part else period.slug if period.slug in offered else TWO_DAYS
        beside = _comparison(period, compared)
        typed = {"ky": kind, "nam": period.first.year, "so_voi": beside}
        if kind == TWO_DAYS:
            typed |= {"tu": period.first, "den": period.last}
        if beside == TWO_DAYS:
            typed |= {"ss_tu": compared.first, "ss_den": compared.last}
        form = cls(initial=typed, auto_id="chosen-%s")
        if offered:
            form.fields["ky"].widget.choices = [*KINDS, ("Nhiệm kỳ của tổ chức", list(offered.items()))]
        return form

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            is_select = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = "form-select" if is_select else "form-control"

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        if not self.errors:
            self.period = self._period(cleaned)
            self.compared = self._compared(cleaned)
        return cleaned

    def _period(self, cleaned: dict) -> Period | None:
        kind = cleaned["ky"] or WHOLE_YEAR.slug
        if kind in PARTS_OF_YEAR:
            return PARTS_OF_YEAR[kind].of(cleaned["nam"])
        if kind == TWO_DAYS:
            return self._two_days(cleaned, "tu", "den")
        try:
            return Period.of_slug(kind)
        except UnknownPeriod as error:
            self.add_error("ky", str(error))
            return None

    def _compared(self, cleaned: dict) -> Period | None:
        """Return the period beside, or None for the same a year earlier."""
        if cleaned["so_voi"] == THE_ONE_BEFORE and self.period:
            return self.period.the_one_before()
        if cleaned["so_voi"] == TWO_DAYS:
            return self._two_days(cleaned, "ss_tu", "ss_den")
        return None

    def _two_days(self, cleaned: dict, first: str, last: str) -> Period | None:
        for name in (first, last):
            if cleaned[name] is None:
                self.add_error(name, "Hãy nhập ngày đầu và ngày cuối của kỳ, ví dụ 01/4/2022 và 30/6/2022.")
                return None
        if cleaned[last] < cleaned[first]:
            message = "Ngày cuối kỳ ({}) sớm hơn ngày đầu kỳ ({}). Hãy sửa một trong hai ngày."
            self.add_error(last, message.format(short_day(cleaned[last]), short_day(cleaned[first])))
            return None
        return Period.between(cleaned[first], cleaned[last])

    @property
    def year(self) -> int | None:
        """The year typed, where it is one, whatever else is wrong."""
        return self.cleaned_data.get("nam")

    @property
    def problems(self) -> Sequence[str]:
        """What is wrong, in sentences."""
        return [problem for problems in self.errors.values() for problem in problems]


def period_of_term(term: Term) -> Period:
    """Return the days of a term: up to its planned end while it lasts."""
    return Period(term.valid_from, term.valid_to or term.planned_end)


def _comparison(period: Period, compared: Period | None) -> str:
    if compared is None or compared == period.a_year_earlier():
        return A_YEAR_EARLIER
    return THE_ONE_BEFORE if compared == period.the_one_before() else TWO_DAYS


class ClosingForm(forms.Form):
    """What is said when books are closed."""

    note = forms.CharField(label="Ghi chú", max_length=500, required=False)
    paper = forms.FileField(
        label="Văn bản báo cáo đã gửi (PDF, Word hoặc ảnh quét)",
        required=False,
        help_text="Bảng tính được lưu kèm tự động.",
    )


class ReopeningForm(forms.Form):
    """Why closed books are opened again."""

    reason = forms.CharField(
        label="Lý do mở lại sổ",
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Hãy ghi lý do mở lại sổ."},
    )


class SearchForm(forms.Form):
    """The search box of the page frame."""

    q = forms.CharField(label="Tìm", max_length=100, required=False, strip=True)
