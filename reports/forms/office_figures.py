"""Forms of an office's figures: one of its own from building blocks, and the units that its report prints."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django import forms

from organizations.models import BodyKind, Position
from personnel.forms.papers import ActForm
from reports.catalogue import STANDARD, UNITS, unit_word
from reports.figures import Counted, Figure
from reports.frame import Frame
from reports.models import OfficeFigure
from reports.own_figures import METHODS, REASONS, Blocks, objections, own_figure, rule_in_words
from reports.own_figures import UNITS as UNITS_OF_OWN

LONGEST_LABEL = OfficeFigure._meta.get_field("label").max_length
EVERY = [("", "Tất cả")]
SEEN = "truoc-"  # before the name of a field: what stood there when the page was made


def _one_of(label: str, choices: Sequence[tuple[str, str]], help_text: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, widget=forms.RadioSelect, required=False, help_text=help_text
    )


def _some_of(label: str, choices: Sequence[tuple[str, str]], help_text: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, widget=forms.CheckboxSelectMultiple, required=False, help_text=help_text
    )


class OwnFigureForm(ActForm):
    """A figure put together from building blocks. A kind of block of which nothing is chosen narrows nothing."""

    label = forms.CharField(
        label="Tên chỉ tiêu",
        max_length=LONGEST_LABEL,
        help_text="Như sẽ in trong báo cáo, ví dụ: Bí thư cơ sở thôi giữ chức do nghỉ hưu.",
        error_messages={
            "required": "Hãy đặt tên cho chỉ tiêu.",
            "max_length": "Tên chỉ tiêu dài %(show_value)d ký tự, nhiều nhất là %(limit_value)d.",
        },
    )
    act = _one_of("Nội dung", [("", "Bổ sung và cho thôi"), ("appoint", "Chỉ bổ sung"), ("release", "Chỉ cho thôi")])
    positions = _some_of("Chức danh", [], "Không chọn chức danh nào: đếm mọi chức danh.")
    bodies = _some_of("Ban", BodyKind.choices, "Không chọn ban nào: đếm ở mọi ban.")
    level = _one_of(
        "Cấp",
        [("", "Mọi cấp"), ("itself", "Chính tổ chức lập báo cáo"), ("grassroots", "Các tổ chức cơ sở đảng")],
    )
    method = _one_of("Hình thức bổ sung", [*EVERY, *METHODS.items()])
    reasons = _some_of("Lý do thôi", list(REASONS.items()), "Không chọn lý do nào: đếm mọi lý do.")
    unit = forms.ChoiceField(
        label="Đếm theo",
        choices=[(unit.value, word[0].upper() + word[1:]) for unit, word in UNITS_OF_OWN.items()],
        widget=forms.RadioSelect,
        initial=Counted.ITEMS.value,
        required=False,
    )

    def __init__(self, positions: Mapping[str, Position], data=None) -> None:
        super().__init__(data)
        self.positions = positions
        self.fields["positions"].choices = [(each.pk, each.name) for each in positions.values()]

    @property
    def blocks(self) -> Blocks:
        """The blocks chosen, each kind in the order in which it is offered; known once the form has been read."""
        given = self.cleaned_data
        chosen = {name: tuple(given.get(name, ())) for name in ("positions", "bodies", "reasons")}
        blocks = Blocks(**chosen, **{name: given.get(name, "") for name in ("act", "level", "method")})
        return blocks.in_order(self.positions)

    @property
    def counted(self) -> Counted:
        return Counted(self.cleaned_data.get("unit") or Counted.ITEMS)

    def clean(self) -> dict[str, object]:
        if not set(self.errors) - {"label"}:
            for objection in objections(self.blocks, self.positions):
                self.add_error(objection.place or None, objection.message)
        return self.cleaned_data

    @property
    def figure(self) -> Figure | None:
        """The figure as it would be counted, whatever its name; None while its blocks cannot stand together."""
        self.is_valid()  # so that what can be read of it is read
        if set(self.errors) - {"label"}:
            return None
        rule = rule_in_words(self.blocks, self.counted, self.positions)
        return own_figure("own.preview", "", self.counted, self.blocks, rule)


@dataclass(frozen=True)
class UnitRow:
    """A standard figure with the field for its unit: None where it states no number, or where nothing may be chosen."""

    label: str
    depth: int
    unit: str  # as the report prints it
    is_chosen: bool
    field: forms.BoundField | None
    seen: str = ""  # the unit that was chosen here when the page was made


class UnitsForm(forms.Form):
    """The unit printed of each standard figure, by its key; "" as a superior chose, else as the figure is declared."""

    def __init__(self, frame: Frame, settings: Sequence[OfficeFigure], data=None) -> None:
        self.frame = frame
        units = [each for each in settings if not each.is_own]
        here = frame.organization.organization_id
        self.chosen_here = {each.key: each.unit for each in units if each.organization_id == here}
        self.inherited = {each.key: each for each in units if each.organization_id != here}  # the nearest comes last
        super().__init__(data, initial=self.chosen_here)
        for figure in _printable():
            label = frame.in_words(figure.label)
            self.fields[figure.key] = forms.ChoiceField(
                label=label,
                choices=list(self._choices(figure)),
                required=False,
                widget=forms.Select({"class": "form-select", "aria-label": f"Đơn vị in: {label}"}),
            )

    def _choices(self, figure: Figure) -> Iterator[tuple[str, str]]:
        above = self.inherited.get(figure.key)
        standing = f"Như {above.organization}: {_word(figure, Counted(above.unit))}" if above else ""
        yield "", standing or f"Chuẩn: {figure.unit}"
        for unit in UNITS[figure.family]:
            if above or unit is not figure.counts or self.chosen_here.get(figure.key) == unit:
                yield unit.value, _word(figure, unit)

    @property
    def chosen(self) -> dict[str, str]:
        """The units sent, by the keys of their figures; what was not sent is not chosen."""
        return {key: unit for key, unit in self.cleaned_data.items() if key in self.data}

    @property
    def seen(self) -> dict[str, str]:
        """What stood for the figures sent when the page was made, as the page sends it back."""
        return {key: self.data.get(f"{SEEN}{key}", self.chosen_here.get(key, "")) for key in self.chosen}

    def sections(self) -> Iterator[tuple[str, list[UnitRow]]]:
        """Go through the sections of the standard figures, each with its rows."""
        for section in STANDARD.sections:
            yield (
                self.frame.in_words(section.title),
                [row for figure in section.figures for row in self._rows(figure, depth=0)],
            )
        yield "Ngoài các chỉ tiêu trên", list(self._rows(STANDARD.outside, depth=0))

    def _rows(self, figure: Figure, depth: int) -> Iterator[UnitRow]:
        printed = self.frame.printed.by_key[figure.key]
        chosen = figure.key in self.chosen_here or figure.key in self.inherited
        field = self[figure.key] if figure.key in self.fields else None
        seen = self.chosen_here.get(figure.key, "")
        yield UnitRow(self.frame.in_words(figure.label), depth, printed.unit or "", chosen, field, seen)
        for part in figure.parts:
            yield from self._rows(part, depth + 1)


def _printable() -> Iterator[Figure]:
    return (figure for figure in STANDARD if figure.unit is not None)


def _word(figure: Figure, unit: Counted) -> str:
    """Return the unit as the report prints it; where people are counted once each, it says so."""
    if unit is figure.counts:
        return figure.unit
    word = unit_word(figure.family, unit)
    return f"{word} (mỗi {word} một lần)" if unit is Counted.PEOPLE else word
