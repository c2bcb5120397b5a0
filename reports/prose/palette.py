"""The fields that a writer can choose from, with what each prints now."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reports.figures import Figure
from reports.prose.fields import OWN_FIGURES, TEXT_FIELDS, Variant, can_be_named, name_of
from reports.prose.rendering import Paragraph, Writer
from reports.summary import Summary


@dataclass(frozen=True)
class Choice:
    """A field as it is written, and what it prints in this report."""

    field: str
    printed: str
    variants: tuple["Choice", ...] = ()
    variant: str = ""


@dataclass(frozen=True)
class Group:
    title: str
    choices: tuple[Choice, ...]


def palette_of(summary: Summary) -> list[Group]:
    """Return all fields of a report in groups: the common texts, then the figures as the report has them."""
    palette = _Palette(summary)
    return [group for group in palette.groups() if group.choices]


class _Palette:
    def __init__(self, summary: Summary) -> None:
        self.summary = summary
        self.writer = Writer(summary)

    def groups(self) -> Iterator[Group]:
        yield Group("Văn bản chung", tuple(self._choice(field.name) for field in TEXT_FIELDS))
        for section in self.summary.sections:
            yield Group(section.title, self._figures(result.figure for result in section))
        yield Group("Ngoài các chỉ tiêu trên", self._figures([self.summary.outside.figure]))
        if self.writer.summary.own:
            own = self._figures(result.figure for result in self.writer.summary.own)
            yield Group("Chỉ tiêu riêng", (self._choice(OWN_FIGURES), *own))

    def _figures(self, figures: Iterable[Figure]) -> tuple[Choice, ...]:
        return tuple(self._choice(name_of(figure), _variants_of(figure)) for figure in figures if can_be_named(figure))

    def _choice(self, name: str, variants: Iterable[Variant] = (), variant: str = "") -> Choice:
        field = f"{{{name}: {variant}}}" if variant else f"{{{name}}}"
        return Choice(
            field=field,
            printed=Paragraph(self.writer.field(field)).text,
            variants=tuple(self._choice(name, variant=each) for each in variants),
            variant=variant,
        )


def _variants_of(figure: Figure) -> Iterator[Variant]:
    if figure.unit is not None:
        yield Variant.NUMBER
    if figure.names_positions:
        yield Variant.POSITIONS
    if figure.unit is not None:
        yield Variant.COMPARED
