"""Merging two records: which value of each particular stays, and why the records are merged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django import forms

from personnel.forms.papers import ReasonForm
from personnel.models import Person
from personnel.particulars import Particular, compare, values_of

KEPT, DOUBLE = "giu", "trung"


@dataclass(frozen=True)
class Side:
    """One of the two values of a particular, to be chosen or not."""

    value: str
    said: str
    is_chosen: bool


@dataclass(frozen=True)
class Choice:
    """A particular of both records; `sides` are empty where both say the same."""

    particular: Particular
    said: str
    sides: Sequence[Side] = ()


class MergeForm(ReasonForm):
    """A choice for each particular in which the records differ; what only one of them knows is proposed."""

    edition = forms.CharField(max_length=16, widget=forms.HiddenInput)

    def __init__(self, kept: Person, double: Person, sent: Mapping | None = None, **options) -> None:
        super().__init__(sent, **options)
        self.double = double
        self.pairs = compare(kept, double)
        self.fields["reason"].label = "Lý do gộp"
        self.fields["reason"].widget.attrs["rows"] = 2
        for pair in self.pairs:
            if pair.differs:
                self.fields[pair.particular.key] = forms.ChoiceField(
                    label=pair.particular.label,
                    choices=[(KEPT, "Hồ sơ được giữ"), (DOUBLE, "Hồ sơ ghi trùng")],
                    initial=KEPT if pair.mine else DOUBLE,
                    error_messages={"required": "Hãy chọn một trong hai.", "invalid_choice": "Hãy chọn lại."},
                )

    @property
    def choices(self) -> list[Choice]:
        """Every particular of both records, in the order of the profile."""
        return [self._choice(pair) for pair in self.pairs]

    def _choice(self, pair) -> Choice:
        if not pair.differs:
            return Choice(pair.particular, pair.mine)
        chosen = self[pair.particular.key].value()
        sides = [Side(value, said, chosen == value) for value, said in ((KEPT, pair.mine), (DOUBLE, pair.theirs))]
        return Choice(pair.particular, pair.mine, sides)

    @property
    def values(self) -> dict[str, object]:
        """The fields of Person that are taken from the double."""
        taken = [
            pair.particular
            for pair in self.pairs
            if pair.differs and self.cleaned_data.get(pair.particular.key) == DOUBLE
        ]
        return values_of(self.double, taken)
