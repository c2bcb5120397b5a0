"""Forms of imports: a file, how its headings are read, why an import is taken back."""

from collections.abc import Sequence

from django import forms
from django.conf import settings

from common.vietnamese import search_key
from intake.kinds.base import Kind
from intake.reading import OwnSheet

NONE = "– Không nhập –"


class FileForm(forms.Form):
    upload = forms.FileField(
        label="Tệp Excel (.xlsx)",
        allow_empty_file=True,  # the reader says it better
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": "Hãy chọn một tệp."},
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["upload"].help_text = f"Nhiều nhất {settings.LARGEST_UPLOAD_MB} MB."


class UndoForm(forms.Form):
    reason = forms.CharField(
        label="Lý do hoàn tác",
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Hãy ghi rõ lý do hoàn tác."},
    )


class MappingForm(forms.Form):
    """For each sheet of the template: which sheet of the file it is, and which heading stands for each column."""

    def __init__(self, kind: Kind, own: Sequence[OwnSheet], *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.own = {sheet.name: sheet for sheet in own}
        headings = list(dict.fromkeys(heading for sheet in own for heading in sheet.headings))
        for index, spec in enumerate(kind.sheets):
            self.fields[f"sheet-{index}"] = _choice(f"Trang “{spec.name}” là trang", list(self.own))
            for column in spec.columns:
                label = f"{column.heading} *" if column.must else column.heading
                self.fields[f"{index}-{column.key}"] = _choice(label, headings)

    def sections(self):
        """Yield (sheet of the template, field of the sheet, fields of its columns)."""
        for index, spec in enumerate(self.kind.sheets):
            columns = [self[f"{index}-{column.key}"] for column in spec.columns]
            yield spec, self[f"sheet-{index}"], columns

    def clean(self) -> dict:
        cleaned = super().clean()
        for index, spec in enumerate(self.kind.sheets):
            sheet = cleaned.get(f"sheet-{index}")
            if not sheet:
                continue
            taken: dict[str, str] = {}
            for column in spec.columns:
                name, chosen = f"{index}-{column.key}", cleaned.get(f"{index}-{column.key}")
                first = taken.setdefault(chosen, column.heading) if chosen else column.heading
                if chosen and chosen not in self.own[sheet].headings:
                    self.add_error(name, f"Trang “{sheet}” không có tiêu đề “{chosen}”.")
                elif first != column.heading:
                    self.add_error(name, f"“{chosen}” đã được chọn cho cột “{first}”.")
                elif column.must and not chosen and name not in self.errors:
                    self.add_error(name, "Cột này phải có.")
        if not self.errors and not self.mapping:
            raise forms.ValidationError("Hãy chọn ít nhất một trang để nhập.")
        return cleaned

    @property
    def mapping(self) -> dict[str, dict[str, object]]:
        """The mapping as it is kept: {sheet of the template: {"sheet": …, "columns": {key: heading}}}."""
        found = {}
        for index, spec in enumerate(self.kind.sheets):
            sheet = self.cleaned_data.get(f"sheet-{index}")
            if sheet:
                columns = {
                    column.key: self.cleaned_data[f"{index}-{column.key}"]
                    for column in spec.columns
                    if self.cleaned_data.get(f"{index}-{column.key}")
                }
                found[spec.name] = {"sheet": sheet, "columns": columns}
        return found


def _choice(label: str, texts: Sequence[str]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", NONE), *((text, text) for text in texts)], required=False)


def suggested(kind: Kind, own: Sequence[OwnSheet]) -> dict[str, str]:
    """Return what the form of mapping shows first: headings that are spelt like a column's."""
    initial: dict[str, str] = {}
    for index, spec in enumerate(kind.sheets):
        best, fitting = "", {}
        for sheet in own:
            by_key = {search_key(heading.rstrip(" *")): heading for heading in sheet.headings}
            found = {
                column.key: by_key[search_key(text)]
                for column in spec.columns
                for text in (column.heading, *column.spellings)
                if search_key(text) in by_key
            }
            if len(found) > len(fitting):
                best, fitting = sheet.name, found
        if best:
            initial[f"sheet-{index}"] = best
            initial |= {f"{index}-{key}": heading for key, heading in fitting.items()}
    return initial
