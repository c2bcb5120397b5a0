"""Forms of acts on a term, each resting on a paper: new, or entered before."""

from django import forms

from common.formats import short_day
from common.periods import today
from organizations.models import DocumentType, Organization, Term
from personnel.forms.facts import FactForm
from personnel.forms.fields import DayField
from personnel.forms.papers import PaperForm


class TermActForm(FactForm):
    """What both have: the paper, without which neither is done."""

    types = (DocumentType.DECISION, DocumentType.NOTICE, DocumentType.LETTER)

    def __init__(self, term: Term, place: Organization, by, data=None) -> None:
        super().__init__(place, by, data)
        del self.fields["valid_from"], self.fields["valid_to"]  # a term has its own days
        self.term = term
        source = self.fields["source"]
        source.choices = [choice for choice in source.choices if choice[0] != self.NONE]
        source.initial = PaperForm.NEW

    @property
    def papers_given(self) -> dict[str, object]:
        """The paper as the acts take it."""
        return {"document": self.document, "paper": self.new_paper}


class CloseTermForm(TermActForm):
    """Ending a term before the next one opens."""

    ended_on = DayField(
        label="Nhiệm kỳ kết thúc từ ngày", required=True, help_text="Ngày đầu tiên không còn trong nhiệm kỳ."
    )
    field_order = ["ended_on"]

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        self.fields["ended_on"].error_messages["required"] = "Hãy nhập ngày nhiệm kỳ kết thúc."

    def clean_ended_on(self):
        day = self.cleaned_data["ended_on"]
        if day > today():
            raise forms.ValidationError(f"Ngày {short_day(day)} chưa đến. Hãy ghi nhận khi nhiệm kỳ đã kết thúc.")
        if day <= self.term.valid_from:
            began = short_day(self.term.valid_from)
            raise forms.ValidationError(f"Nhiệm kỳ bắt đầu ngày {began}, phải kết thúc sau ngày đó.")
        return day


class ReopenForm(TermActForm):
    """Letting a term go on that was closed by mistake."""

    reason = forms.CharField(
        label="Lý do mở lại",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Hãy ghi rõ lý do mở lại."},
    )
    field_order = ["reason"]


class PostponeForm(TermActForm):
    """Putting off the congress."""

    planned_end = DayField(label="Đại hội dự kiến lùi đến ngày", required=True)
    explanation = forms.CharField(
        label="Lý do",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = ["planned_end"]
    asks_for_explanation = "Thời gian này ngoài thông lệ. Hãy ghi lý do."

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        self.fields["planned_end"].error_messages["required"] = "Hãy nhập ngày đại hội dự kiến lùi đến."

    def clean_planned_end(self):
        day = self.cleaned_data["planned_end"]
        if day <= self.term.planned_end:
            planned = short_day(self.term.planned_end)
            raise forms.ValidationError(f"Nhiệm kỳ đã dự kiến đến ngày {planned}. Ngày mới phải sau ngày đó.")
        return day
