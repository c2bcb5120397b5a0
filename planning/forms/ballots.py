"""The grid of a ballot: the fields of the step, and a row for each candidate."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.forms.models import model_to_dict

from common.formats import padded, percent, short_day
from personnel.forms.fields import CountField, DayField
from planning.actions import VoteDraft
from planning.ballot_rules import must_have_votes, problem_of_votes, problems_of_step
from planning.ballots import BallotSheet
from planning.models import BallotResult, BallotStep, PlanEntry

COUNTS = ("summoned", "present", "issued", "collected", "valid")
THRESHOLD = ("comparison", "percent", "base")
MOST = 32_000  # what a column of small numbers holds
# The script sends this with the ticks. Without it a tick follows the threshold, and a reason turns it round.
TICKS = "ticks"


class PercentField(forms.DecimalField):
    """A share in percent, typed with a comma or a point: 66,67."""

    def __init__(self, *, label: str) -> None:
        super().__init__(
            label=label,
            max_digits=5,
            decimal_places=2,
            widget=forms.TextInput({"inputmode": "decimal", "maxlength": "8", "autocomplete": "off"}),
            error_messages={"invalid": "Hãy nhập một tỷ lệ, ví dụ 50 hoặc 66,67."},
        )

    def to_python(self, value: object) -> Decimal | None:
        if isinstance(value, str):
            value = value.replace("%", "").strip().replace(",", ".")
        return super().to_python(value)

    def prepare_value(self, value: object) -> object:
        return f"{value.normalize():f}".replace(".", ",") if isinstance(value, Decimal) else value


class VotesField(CountField):
    """How many votes somebody got: digits and nothing else, for 1.000 may mean one or a thousand."""

    def to_python(self, value: object) -> int | None:
        if isinstance(value, str) and value.strip() and not value.strip().isdecimal():
            raise forms.ValidationError("Hãy nhập số phiếu bằng chữ số, ví dụ 15.")
        return super().to_python(value)


class StepForm(forms.Form):
    """Who met, on which day, how many voted, and what is needed to go on."""

    body = forms.CharField(label="Hội nghị", max_length=160, widget=forms.TextInput({"list": "bodies"}))
    held_on = DayField(label="Ngày lấy phiếu", required=True)
    summoned = CountField(label="Triệu tập", most=MOST, required=True)
    present = CountField(label="Có mặt", most=MOST, required=True)
    issued = CountField(label="Phiếu phát ra", most=MOST, required=True)
    collected = CountField(label="Phiếu thu về", most=MOST, required=True)
    valid = CountField(label="Phiếu hợp lệ", most=MOST, required=True)
    comparison = forms.ChoiceField(label="Mức", choices=BallotStep.Comparison.choices)
    percent = PercentField(label="Tỷ lệ (%)")
    base = forms.ChoiceField(label="Tính trên", choices=BallotStep.Base.choices)

    def __init__(self, sheet: BallotSheet, typed: Mapping[str, str] | None = None) -> None:
        super().__init__(typed, initial=_initial(sheet))
        self.sheet = sheet
        for name, field in self.fields.items():
            field.error_messages["required"] = f"Hãy ghi {field.label.lower()}."
            if name in COUNTS:
                field.widget.attrs["autocomplete"] = "off"

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        problems = problems_of_step(cleaned, opened_on=self.sheet.round.opened_on, before=self.sheet.before)
        for name, problem in problems.items():
            self.add_error(name, problem)
        return cleaned

    @property
    def count_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in COUNTS]

    @property
    def step(self) -> BallotStep | None:
        """The step as it is typed, to reckon with; None while a number is missing or does not fit."""
        if not self.is_bound:
            return self.sheet.step
        return None if self.errors else BallotStep(**self.cleaned_data)


def _initial(sheet: BallotSheet) -> dict[str, object]:
    """Return the step as recorded; for a new one the threshold of the step before, else the usual one."""
    if sheet.step:
        return model_to_dict(sheet.step)
    return model_to_dict(sheet.before or BallotStep(), fields=THRESHOLD)


class ResultForm(forms.Form):
    """The row of one candidate."""

    votes = VotesField(label="Số phiếu", most=MOST)
    reason = forms.CharField(label="Lý do khác với tỷ lệ", max_length=300, required=False)

    def __init__(self, entry: PlanEntry, former: BallotResult | None, typed: Mapping[str, str] | None = None) -> None:
        initial = {"votes": former.votes, "reason": former.reason} if former else {}
        super().__init__(typed, prefix=f"entry-{entry.pk}", initial=initial)
        self.entry, self.former = entry, former
        typing = {"inputmode": "numeric", "maxlength": "6", "autocomplete": "off", "data-votes": ""}
        self.fields["votes"].widget = forms.TextInput(
            typing | {"class": "form-control", "aria-label": f"Số phiếu của {entry.person}"}
        )
        self.fields["reason"].widget.attrs |= {"class": "form-control", "data-reason": ""}
        self.tick_name = self.add_prefix("goes_on")
        self.goes_on = former.goes_on if former else False
        self.share = ""
        self.note = ""  # what is particular about somebody who need not have votes
        self.is_later = False  # introduced after the ballot

    @property
    def votes_given(self) -> int | None:
        """The votes, as far as they can be read."""
        if self.is_bound:
            return None if "votes" in self.errors else self.cleaned_data.get("votes")
        return self.former.votes if self.former else None

    @property
    def wants_reason(self) -> bool:
        """Whether the reason is to be seen: it is recorded, typed or missed."""
        return bool(self["reason"].value()) or "reason" in self.errors

    @property
    def reason_given(self) -> str:
        return self.cleaned_data.get("reason", "").strip() if self.is_bound else ""

    def read_tick(self, typed: Mapping[str, str]) -> None:
        """Take the tick as sent; without the script it follows the threshold unless a reason turns it round."""
        self.goes_on = self.tick_name in typed

    def reckon(self, step: BallotStep, *, ticks: bool) -> None:
        """Work out the share, and the tick where it was not sent; what does not fit is said in the row."""
        votes = self.votes_given
        if votes is None:
            return
        self.share = percent(votes, step.base_count)
        if not self.is_bound:
            return
        problem = problem_of_votes(votes, self.entry, step)
        if problem:
            self.add_error("votes", problem)
            return
        reaches = votes >= step.threshold
        if not ticks:
            self.goes_on = reaches != bool(self.reason_given)
        if self.goes_on != reaches and not self.reason_given:
            self.add_error("reason", "Kết luận khác với tỷ lệ phiếu. Hãy ghi lý do.")

    def require_votes(self) -> None:
        if "votes" not in self.errors and self.cleaned_data.get("votes") is None:
            self.add_error("votes", "Hãy ghi số phiếu; không có phiếu nào thì ghi 0.")

    @property
    def draft(self) -> VoteDraft | None:
        """What is to be recorded; None when the row was left empty."""
        votes = self.cleaned_data["votes"]
        return None if votes is None else VoteDraft(self.entry, votes, self.goes_on, self.reason_given)


@dataclass(frozen=True)
class Problem:
    """Something to mend: what it says, in which field."""

    message: str
    where: str = ""
    field_id: str = ""


class BallotEntry:
    """The whole grid: opened from a sheet, or sent back with what was typed."""

    def __init__(self, sheet: BallotSheet, typed: Mapping[str, str] | None = None) -> None:
        self.sheet = sheet
        self.typed = typed or {}
        self.is_sent = typed is not None
        self.step_form = StepForm(sheet, typed)
        self.rows = [ResultForm(entry, sheet.former.get(entry.pk), typed) for entry in sheet.candidates]
        self.refusals: list[str] = []
        self.step = self.step_form.step
        self._reckon()

    def _reckon(self) -> None:
        ticks = TICKS in self.typed
        for row in self.rows if self.is_sent else ():
            row.read_tick(self.typed)
        if self.is_sent:
            self._require_votes()
            self._require_same_candidates()
        for row in self.rows if self.step else ():
            row.reckon(self.step, ticks=ticks)
        for row in self.rows:
            row.note = self._note_of(row)
            row.is_later = bool(self.step) and row.entry.introduced_on > self.step.held_on

    def _note_of(self, row: ResultForm) -> str:
        if row.entry.valid_to:
            return f"đã đưa ra khỏi danh sách ngày {short_day(row.entry.valid_to)}"
        if self.sheet.step and row.former is None:
            return "chưa có kết quả ở bước này; không lấy phiếu thì để trống"
        return ""

    def _require_votes(self) -> None:
        held_on = self.step_form.cleaned_data.get("held_on")
        former = self.sheet.former if self.sheet.step else None
        for row in self.rows if held_on else ():
            if must_have_votes(row.entry, held_on, former):
                row.require_votes()

    def _require_same_candidates(self) -> None:
        """Say so when people have joined or left the list since the page was opened."""
        if "entries" not in self.typed:
            return
        seen, now = set(self.typed["entries"].split()), set(self.candidates.split())
        changes = [
            (len(now - seen), "thêm {} dòng"),
            (len(seen - now), "bớt {} dòng"),
        ]
        said = " và ".join(words.format(padded(count)) for count, words in changes if count)
        if said:
            self.refusals.append(f"Danh sách lấy phiếu đã thay đổi trong lúc bạn nhập: {said}. Hãy xem lại rồi lưu.")

    @property
    def candidates(self) -> str:
        """The keys of the rows, by which a later change of the list is noticed."""
        return " ".join(str(row.entry.pk) for row in self.rows)

    @property
    def is_outdated(self) -> bool:
        """Whether the step is not recorded as it was when the writer began."""
        numbers = self.typed.get("number", ""), str(self.sheet.number)
        return self.typed.get("version", "") != self.sheet.version or numbers[0] != numbers[1]

    def is_valid(self) -> bool:
        return not self.problems

    def refuse(self, why: str) -> None:
        """Show why the act did not go on."""
        self.refusals.append(why)

    @property
    def problems(self) -> list[Problem]:
        return [*map(Problem, self.refusals), *self._problems_in_fields()]

    def _problems_in_fields(self) -> Iterator[Problem]:
        for field in self.step_form:
            for error in field.errors:
                yield Problem(error, field.label, field.id_for_label)
        for row in self.rows:
            for field in row:
                for error in field.errors:
                    yield Problem(error, f"{row.entry.person} · {field.label}", field.id_for_label)

    @property
    def counts(self) -> dict[str, object]:
        """The fields of the step, as `record_ballot` takes them."""
        return self.step_form.cleaned_data

    @property
    def votes(self) -> list[VoteDraft]:
        return [row.draft for row in self.rows if row.draft]

    # What follows from what is typed

    @property
    def with_votes(self) -> int:
        """How many rows have a number of votes that can be read."""
        return sum(row.votes_given is not None for row in self.rows)

    @property
    def going_on(self) -> int:
        return sum(row.goes_on for row in self.rows)

    @property
    def planned_people(self) -> int:
        """How many people the plan would hold with those who go on, and those who are in it and stay."""
        there = self.sheet.aim.there if self.sheet.aim else frozenset()
        return len(there.union(row.entry.person_id for row in self.rows if row.goes_on))

    @property
    def beside_aim(self) -> str:
        """Whether these are "fewer" or "more" people than the target wants; empty when they fit or none has votes."""
        aim, people = self.sheet.aim, self.planned_people
        if not self.with_votes:
            return ""
        return "fewer" if people < aim.least else "more" if people > aim.most else ""

    @property
    def people_there(self) -> str:
        """The keys of those in the plan already, for the script, which counts people once."""
        return " ".join(map(str, sorted(self.sheet.aim.there)))

    def differences(self) -> list[str]:
        """Return where what is typed differs from the step as it is recorded; nothing while it is not recorded."""
        return [*self._differences_of_step(), *self._differences_of_rows()] if self.sheet.step else []

    def _differences_of_step(self) -> Iterator[str]:
        saved = self.sheet.step
        for field in self.step_form:
            if field.errors:
                yield f"{field.label}: bạn ghi “{field.value()}”, bản đã lưu {_shown(saved, field.name)}"
            elif self.counts[field.name] != getattr(saved, field.name):
                typed = _shown(BallotStep(**{field.name: self.counts[field.name]}), field.name)
                yield f"{field.label}: bạn ghi {typed}, bản đã lưu {_shown(saved, field.name)}"

    def _differences_of_rows(self) -> Iterator[str]:
        for row in self.rows:
            mine = _result(row.votes_given, row.goes_on, row.reason_given)
            theirs = _result(row.former.votes, row.former.goes_on, row.former.reason) if row.former else "chưa có phiếu"
            if mine != theirs:
                yield f"{row.entry.person}: bạn ghi {mine}, bản đã lưu {theirs}"


def _shown(step: BallotStep, name: str) -> str:
    value = getattr(step, name)
    if name == "held_on":
        return short_day(value)
    if name == "percent":
        return PercentField(label="").prepare_value(value)
    return str(getattr(step, f"get_{name}_display", lambda: value)())


def _result(votes: int | None, goes_on: bool, reason: str) -> str:
    if votes is None:
        return "chưa có phiếu"
    return f"{votes} phiếu, {'đi tiếp' if goes_on else 'không đi tiếp'}" + (f" ({reason})" if reason else "")
