"""Forms by which a dated fact about a person is entered: a disciplinary measure, a political conclusion."""

from collections.abc import Iterable

from django import forms

from common.formats import short_day
from common.periods import today
from organizations.actions import may_enter_document
from organizations.models import Document, DocumentType, Organization
from personnel.forms.fields import DayField, OfferedField, demanded
from personnel.forms.papers import MOST_PAPERS, PaperForm
from personnel.models import Discipline
from personnel.recording import NewPaper

OUTSIDE = "outside"


class FactForm(PaperForm):
    """A fact in force over `[valid_from, valid_to)`, and the paper that tells it: new, entered before, or none."""

    NONE = "none"
    types: Iterable[DocumentType]  # of the papers that tell it

    valid_from = demanded(DayField(label="Có hiệu lực từ ngày"), "Hãy nhập ngày có hiệu lực.")
    valid_to = DayField(
        label="Hết hiệu lực từ ngày", help_text="Ngày đầu tiên không còn hiệu lực; để trống khi chưa biết."
    )
    source = forms.ChoiceField(
        label="Cách ghi văn bản",
        choices=[
            (NONE, "Không ghi văn bản"),
            (PaperForm.NEW, "Ghi văn bản mới"),
            (PaperForm.EXISTING, "Chọn văn bản đã ghi nhận"),
        ],
        widget=forms.RadioSelect,
        initial=NONE,
        error_messages={"required": "Hãy chọn cách ghi văn bản."},
    )
    existing = OfferedField(label="Văn bản đã ghi nhận", widget=forms.Select({"data-search": ""}))
    type = OfferedField(label="Loại văn bản")
    issued_by = OfferedField(label="Cơ quan ban hành")
    issuer_name = forms.CharField(
        label="Tên cơ quan ban hành khác",
        max_length=255,
        required=False,
        help_text="Chỉ ghi khi cơ quan ban hành không có trong danh sách.",
    )

    def __init__(self, place: Organization, by, data=None) -> None:
        """`place` is the organisation of which the person is a member; it and its superior issue such papers."""
        super().__init__(data)
        issuers = [each for each in (place, place.parent) if each and may_enter_document(by, each)]
        self.issuers = {each.code: each for each in issuers}
        named = [(code, each.issuing_name) for code, each in self.issuers.items()]
        self.fields["issued_by"].choices = [("", "– Chọn –"), *named, (OUTSIDE, "Cơ quan khác")]
        self.fields["type"].choices = [(each.value, each.label) for each in self.types]
        papers = Document.objects.visible_to(by.scope).filter(type__in=self.types).newest_first()[:MOST_PAPERS]
        self.papers = {str(each.pk): each for each in papers}
        known = [(key, f"{each}: {each.summary}") for key, each in self.papers.items()]
        self.fields["existing"].choices = [("", "– Chọn –"), *known]

    def clean(self) -> dict[str, object]:
        given = self.cleaned_data
        self._check_days()
        if given.get("source") == self.EXISTING:
            self.require({"existing": "Hãy chọn một văn bản trong danh sách."})
        elif given.get("source") == self.NEW:
            self._check_new_paper()
        return given

    def _check_days(self) -> None:
        begins, ends = self.cleaned_data.get("valid_from"), self.cleaned_data.get("valid_to")
        if begins and begins > today():
            self.add_error("valid_from", f"Ngày {short_day(begins)} chưa đến. Hãy ghi ngày đã có hiệu lực.")
        if begins and ends and ends <= begins:
            sentence = f"Ngày hết hiệu lực ({short_day(ends)}) phải sau ngày có hiệu lực ({short_day(begins)})."
            self.add_error("valid_to", f"{sentence} Hãy sửa một trong hai ngày.")

    def _check_new_paper(self) -> None:
        self.require(
            {
                "issued_by": "Hãy chọn cơ quan ban hành.",
                "number": "Hãy ghi số văn bản.",
                "symbol": "Hãy ghi ký hiệu cơ quan, ví dụ ĐUK.",
                "issued_on": "Hãy ghi ngày văn bản.",
                "summary": "Hãy ghi trích yếu.",
            }
        )
        if self.cleaned_data.get("issued_by") == OUTSIDE:
            self.require({"issuer_name": "Hãy ghi tên cơ quan ban hành."})
        self.check_day()

    @property
    def issuer(self) -> Organization | None:
        """The organisation in the register that issued a new paper; None for another."""
        return self.issuers.get(self.cleaned_data.get("issued_by", ""))

    @property
    def document(self) -> Document | None:
        """The paper chosen among those entered before."""
        given = self.cleaned_data
        return self.papers.get(given["existing"]) if given["source"] == self.EXISTING else None

    @property
    def new_paper(self) -> NewPaper | None:
        given = self.cleaned_data
        if given["source"] != self.NEW:
            return None
        outside = {} if self.issuer else {"issuer_name": given["issuer_name"]}
        return NewPaper(given["type"] or self.fields["type"].choices[0][0], self.issuer, self.paper | outside)

    @property
    def fact(self) -> dict[str, object]:
        """What the act takes beside the person and the actor."""
        given = self.cleaned_data
        days = {"valid_from": given["valid_from"], "valid_to": given["valid_to"]}
        return days | {"document": self.document, "paper": self.new_paper}


class DisciplineForm(FactForm):
    """A disciplinary measure."""

    types = (DocumentType.DECISION,)
    kind = demanded(OfferedField(Discipline.Kind.choices, label="Hình thức kỷ luật"), "Hãy chọn hình thức kỷ luật.")
    field_order = ["kind"]

    @property
    def fact(self) -> dict[str, object]:
        return super().fact | {"kind": self.cleaned_data["kind"]}


class ConclusionForm(FactForm):
    """A conclusion that the person does not meet the political standard."""

    types = (DocumentType.CONCLUSION, DocumentType.NOTICE, DocumentType.DECISION, DocumentType.LETTER)
