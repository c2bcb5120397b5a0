"""The form of a template: a row for each paragraph, checked by the language as it is typed and on save."""

from collections.abc import Sequence

from django import forms
from django.forms.formsets import DELETION_FIELD_NAME, ORDERING_FIELD_NAME

from reports.catalogue import Catalogue
from reports.prose.checking import MOST_PARAGRAPHS, mistakes_of
from reports.prose.wording import Wording

BLANK_ROWS = 2
PREFIX = "doan"
TEXTS = ("text", "nothing", "unknown")


def _text(label: str, rows: int, help_text: str) -> forms.CharField:
    area = forms.Textarea({"rows": rows, "class": "form-control", "spellcheck": "false"})
    return forms.CharField(label=label, required=False, strip=True, widget=area, help_text=help_text)


class WordingForm(forms.Form):
    """One paragraph, checked by the language while it is kept."""

    text = _text("Nội dung", 3, "")
    nothing = _text("Khi kỳ này không có gì", 2, "In thay nội dung khi mọi chỉ tiêu của đoạn đều bằng không.")
    unknown = _text("Khi chưa có số liệu", 2, "In thay nội dung khi sổ chưa ghi gì để đếm.")

    def __init__(self, *args, catalogue: Catalogue, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.catalogue = catalogue
        self.typed = Wording("")  # of a row that was sent, once it is checked

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        self.typed = Wording(*(cleaned.get(name) or "" for name in TEXTS)).cleaned()
        if not cleaned.get(DELETION_FIELD_NAME):
            for name, sentences in mistakes_of(self.typed, self.catalogue).items():
                self.add_error(name, forms.ValidationError(sentences))
        return cleaned

    @property
    def written(self) -> Wording:
        """What is written, right or not, as it would be stored."""
        if not self.is_bound:
            return Wording(**{"text": ""} | self.initial)
        self.is_valid()
        return self.typed

    @property
    def is_removed(self) -> bool:
        return bool(self[DELETION_FIELD_NAME].value())

    @property
    def place(self) -> int:
        """Where it was put among the others; one without a number comes last."""
        typed = str(self[ORDERING_FIELD_NAME].value() or "")
        return int(typed) if typed.isdecimal() and len(typed) < 4 else 1000


class _ProseFormSet(forms.BaseFormSet):
    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields[ORDERING_FIELD_NAME].label = "Thứ tự"
        form.fields[ORDERING_FIELD_NAME].widget.attrs |= {"class": "form-control", "min": "1", "max": "99"}
        form.fields[ORDERING_FIELD_NAME].error_messages["invalid"] = "Thứ tự là một số, ví dụ 2."
        form.fields[DELETION_FIELD_NAME].label = "Xóa đoạn này"
        form.fields[DELETION_FIELD_NAME].widget.attrs["class"] = "form-check-input"

    @property
    def rows(self) -> list[WordingForm]:
        """The rows in the order in which they were put."""
        return sorted(self.forms, key=lambda form: form.place)

    @property
    def wordings(self) -> list[Wording]:
        """What is written, right or not, in order; without what is blank or removed."""
        return [form.written for form in self.rows if not form.is_removed and not form.written.is_blank]


ProseFormSet = forms.formset_factory(
    WordingForm,
    formset=_ProseFormSet,
    extra=BLANK_ROWS,
    can_order=True,
    can_delete=True,
    max_num=MOST_PARAGRAPHS,
    absolute_max=2 * MOST_PARAGRAPHS,
)


def prose_form(wordings: Sequence[Wording], catalogue: Catalogue) -> _ProseFormSet:
    """Return the form as it stands when it is opened on these paragraphs."""
    initial = [{name: getattr(wording, name) for name in TEXTS} for wording in wordings]
    return ProseFormSet(initial=initial, prefix=PREFIX, form_kwargs={"catalogue": catalogue})


def sent_form(sent: dict, catalogue: Catalogue) -> _ProseFormSet:
    """Return the form with what was typed."""
    return ProseFormSet(sent, prefix=PREFIX, form_kwargs={"catalogue": catalogue})
