"""Forms of member counts: the grid of a quarter, one count of one organisation, its correction."""

from collections.abc import Mapping, Sequence

from django import forms

from common.formats import short_day
from common.periods import today
from organizations.actions import CountEntry
from organizations.models import MemberCount, Organization
from organizations.quarters import Quarter
from personnel.forms.fields import CountField, DayField, filled
from personnel.forms.papers import ActForm
from personnel.members import QuarterRow

MOST_MEMBERS = 100_000
BOTH = "Hãy nhập cả hai số; không có đảng viên dự bị thì ghi 0."
NOT_EMPTIED = "Số liệu đã ghi không bỏ trống được. Hãy ghi số đúng."
SHAPE = {"class": "form-control", "autocomplete": "off"}


class CountRowForm(forms.Form):
    """The two numbers of one organisation in the grid of a quarter."""

    official = CountField(label="Chính thức", most=MOST_MEMBERS)
    probationary = CountField(label="Dự bị", most=MOST_MEMBERS)

    def __init__(self, *args, row: QuarterRow, **options) -> None:
        super().__init__(*args, **options)
        self.row = row
        for name, field in self.fields.items():
            named = {"aria-label": f"{field.label}, {row.version.name}"}
            field.widget = forms.TextInput(SHAPE | named | {"inputmode": "numeric", "maxlength": "7", "size": "6"})
            if self.is_bound and self.has_error(name):
                field.widget.attrs |= {"aria-invalid": "true", "class": "form-control is-invalid"}

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        typed = [cleaned.get("official"), cleaned.get("probationary")]
        if self.errors:
            return cleaned
        if self.row.now and typed == [None, None]:
            self.add_error("official", NOT_EMPTIED)
        elif typed.count(None) == 1:
            self.add_error("official" if typed[0] is None else "probationary", BOTH)
        return cleaned


class QuarterGrid:
    """The counts of a quarter as they are typed, a row for each organisation.

    `seen` tells what stood there when the page was opened, so that what somebody else has written since is not
    overwritten; a row without a change is not written.
    """

    def __init__(self, rows: Sequence[QuarterRow], quarter: Quarter, sent: Mapping[str, str] | None = None) -> None:
        self.rows = rows
        self.quarter = quarter
        self.is_sent = sent is not None
        self.refusal = ""
        self.seen = _read_seen(sent.get("seen", "")) if sent is not None else {}
        self.forms = [self._form(row, sent) for row in rows]

    def _form(self, row: QuarterRow, sent: Mapping[str, str] | None) -> CountRowForm | None:
        if not row.may_write:
            return None
        prefix = f"tc-{row.version.organization_id}"
        known = {f"{prefix}-{name}": getattr(row.now, name) for name in ("official", "probationary") if row.now}
        if sent is not None and f"{prefix}-official" not in sent:
            return filled(CountRowForm, known, is_sent=False, prefix=prefix, row=row)  # came to the list meanwhile
        typed = known if sent is None else sent
        return filled(CountRowForm, typed, is_sent=sent is not None, prefix=prefix, row=row)

    @property
    def pairs(self) -> list[tuple[QuarterRow, CountRowForm | None]]:
        return list(zip(self.rows, self.forms, strict=True))

    @property
    def may_write(self) -> bool:
        return any(self.forms)

    @property
    def seen_in_words(self) -> str:
        """What stands in the grid now, as the page sends it back."""
        counts = [row.now for row in self.rows if row.now and row.may_write]
        if self.is_sent:
            return ",".join(f"{key}:{'/'.join(map(str, numbers))}" for key, numbers in self.seen.items())
        return ",".join(f"{each.organization_id}:{each.official}/{each.probationary}" for each in counts)

    def is_valid(self) -> bool:
        judged = [form.is_valid() for form in self.forms if form and form.is_bound]
        return all(judged)

    @property
    def wrong(self) -> list[CountRowForm]:
        return [form for form in self.forms if form and form.is_bound and form.errors]

    @property
    def entries(self) -> list[CountEntry]:
        """What was typed and differs both from what stood there when the page was opened and from what stands now."""
        return [entry for form in self.forms if form and form.is_bound if (entry := self._entry(form))]

    def _entry(self, form: CountRowForm) -> CountEntry | None:
        row, numbers = form.row, (form.cleaned_data["official"], form.cleaned_data["probationary"])
        seen = self.seen.get(row.version.organization_id)
        if None in numbers or numbers in (seen, row.now and (row.now.official, row.now.probationary)):
            return None
        organization = row.version.organization
        day = row.now.counted_on if row.now else self.quarter.last
        known = seen and MemberCount(organization=organization, counted_on=day, official=seen[0], probationary=seen[1])
        return CountEntry(organization, day, *numbers, known=known)


def _read_seen(text: str) -> dict[int, tuple[int, int]]:
    """Read 12:30/2,13:45/0; what cannot be read was not seen."""
    seen = {}
    for part in text.split(","):
        key, _, numbers = part.partition(":")
        official, _, probationary = numbers.partition("/")
        if all(each.isdecimal() and len(each) < 10 for each in (key, official, probationary)):
            seen[int(key)] = int(official), int(probationary)
    return seen


class MemberCountForm(ActForm):
    """One count of one organisation."""

    counted_on = DayField(label="Tính đến ngày", required=True)
    official = CountField(label="Đảng viên chính thức", most=MOST_MEMBERS, required=True)
    probationary = CountField(label="Đảng viên dự bị", most=MOST_MEMBERS, required=True)

    def __init__(self, organization: Organization, data=None, *, count: MemberCount | None = None) -> None:
        """`count` is the one that is corrected; None for a new one."""
        names = ("counted_on", "official", "probationary")
        super().__init__(data, initial={name: getattr(count, name) for name in names} if count else {})
        self.organization = organization
        self.count = count
        self.fields["counted_on"].error_messages["required"] = "Hãy nhập ngày tính số liệu."
        for name in ("official", "probationary"):
            self.fields[name].error_messages["required"] = "Hãy nhập số đảng viên; không có thì ghi 0."

    def clean_counted_on(self):
        day = self.cleaned_data["counted_on"]
        if day > today():
            raise forms.ValidationError(f"Ngày {short_day(day)} chưa đến nên chưa có số liệu.")
        if not self.organization.versions.as_of(day).exists():
            raise forms.ValidationError(f"{self.organization} không hoạt động vào ngày {short_day(day)}.")
        others = MemberCount.objects.of_organization(self.organization).filter(counted_on=day)
        if others.exclude(pk=self.count and self.count.pk).exists():
            raise forms.ValidationError(f"Đã có số liệu tính đến ngày {short_day(day)}. Hãy sửa số liệu đó.")
        return day

    @property
    def numbers(self) -> dict[str, object]:
        """What the acts take beside the organisation or the count, and the actor."""
        return {name: self.cleaned_data[name] for name in ("counted_on", "official", "probationary")}


class CountCorrectionForm(MemberCountForm):
    """The correction of a count: what is right, and why."""

    reason = forms.CharField(
        label="Lý do sửa",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Hãy ghi rõ lý do sửa."},
    )
