"""Forms on which an act rests on a paper: a new one, with what is proposed for it, or one entered before."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django import forms
from django.db.models import Q

from common.errors import Blocked, NeedsExplanation, Refused
from common.formats import short_day
from common.periods import today
from organizations.actions import next_number
from organizations.models import Document, DocumentType, IssuerLevel, Organization, OrganizationVersion
from organizations.scope import Scope
from personnel.forms.fields import CountField, DayField, OfferedField
from personnel.papers.facts import BLANK, Issuer
from personnel.workflow import PaperRefused
from regulations.models import RuleCode

MOST_PAPERS = 100  # offered for choice, the newest
# Where what a rule forbids is mended on these forms: the first of the fields that the form has.
PLACES = {
    RuleCode.EFFECTIVE_AFTER_ELECTION: ("effective_on",),
    RuleCode.DATES_IN_ORDER: ("submitted_on", "issued_on"),
}


class ActForm(forms.Form):
    """A form whose act may be refused: what the act says is shown beside the field that mends it, or on top."""

    asks_for_explanation: str  # what is said where warnings want a reason

    def refuse(self, error: Refused) -> None:
        """Show why the act did not go on."""
        if isinstance(error, NeedsExplanation) and "explanation" in self.fields:
            self.add_error("explanation", self.asks_for_explanation)
        elif isinstance(error, Blocked):
            for finding in error.findings:
                self.add_error(self._place_of(finding.rule), finding.message)
        elif isinstance(error, PaperRefused) and "number" in self.fields:
            self.add_error("number", str(error))
        else:
            self.add_error(None, str(error))

    def _place_of(self, rule: str) -> str | None:
        return next((place for place in PLACES.get(rule, ()) if place in self.fields), None)


class ReasonForm(ActForm):
    """Returning, refusing, withdrawing: why."""

    reason = forms.CharField(
        label="Lý do",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        error_messages={"required": "Hãy ghi rõ lý do."},
    )


class PaperForm(ActForm):
    """The fields of a document that is entered on the way. Whether they are needed, the form itself says."""

    NEW, EXISTING = "new", "existing"

    number = CountField(label="Số", least=1, most=99_999)
    symbol = forms.CharField(
        label="Ký hiệu",
        max_length=30,
        required=False,
        help_text="Ví dụ ĐUK trong 06-QĐ/ĐUK.",
    )
    issued_on = DayField(label="Ngày văn bản")
    signed_by = forms.CharField(label="Người ký", max_length=120, required=False)
    summary = forms.CharField(label="Trích yếu", max_length=500, required=False)

    issuer: Organization | None
    paper_fields = ("number", "symbol", "issued_on", "signed_by", "summary")

    @property
    def paper(self) -> dict[str, object]:
        """The fields of the document, as `record_document` takes them."""
        return {name: self.cleaned_data[name] for name in self.paper_fields}

    def require(self, sentences: Mapping[str, str]) -> None:
        """Ask for the fields that are empty, each with its sentence."""
        for name, sentence in sentences.items():
            if name not in self.errors and self.cleaned_data.get(name) in (None, ""):
                self.add_error(name, sentence)

    def check_day(self) -> None:
        """A document bears a day that has come, within a term of its issuer."""
        day = self.cleaned_data.get("issued_on")
        if day is None:
            return
        if day > today():
            self.add_error("issued_on", f"Ngày {short_day(day)} chưa đến. Hãy ghi ngày in trên văn bản.")
        elif self.issuer and not self.issuer.terms.as_of(day).exists():
            name = self.issuer.committee_name
            self.add_error("issued_on", f"{name} chưa có nhiệm kỳ nào vào ngày {short_day(day)}. Hãy xem lại ngày.")


class SubmissionForm(PaperForm):
    """Submitting: why in spite of warnings, and the tờ trình where there is one: a new one, or one entered before."""

    NONE = "none"

    explanation = forms.CharField(
        label="Lý do vẫn trình khi còn cảnh báo",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )
    source = forms.ChoiceField(
        label="Cách ghi",
        choices=[
            (NONE, "Không ghi tờ trình"),
            (PaperForm.NEW, "Ghi tờ trình mới"),
            (PaperForm.EXISTING, "Chọn tờ trình đã ghi nhận"),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    existing = OfferedField(label="Tờ trình đã ghi nhận")
    submitted_on = DayField(label="Ngày trình", help_text="Hồ sơ cũ nhập lại thì ghi ngày đã trình trước đây.")

    def __init__(self, issuer: Organization, scope: Scope, proposed: Mapping[str, object], data=None) -> None:
        """`issuer` submits; `proposed` is what a new tờ trình would say, before anything is sent."""
        self.issuer = issuer
        super().__init__(data, initial={**proposed, "source": self.NONE, "submitted_on": today()})
        self.submissions = {str(each.pk): each for each in _submissions_of(issuer, scope)}
        _offer(self.fields["existing"], self.submissions)

    @property
    def day(self) -> date:
        """The day of the submission, as far as it can be read: today until another is typed."""
        typed = getattr(self, "cleaned_data", {}).get("submitted_on")
        return typed or today()

    def clean(self) -> dict[str, object]:
        day = self.cleaned_data.get("submitted_on")
        if day and day > today():
            self.add_error("submitted_on", f"Ngày {short_day(day)} chưa đến. Hãy ghi ngày trình hồ sơ.")
        if self.cleaned_data.get("source") == self.EXISTING:
            self.require({"existing": "Hãy chọn một tờ trình trong danh sách."})
        elif self.cleaned_data.get("source") == self.NEW:
            self.require(
                {
                    "number": "Hãy ghi số tờ trình.",
                    "symbol": "Hãy ghi ký hiệu cơ quan, ví dụ ĐU.",
                    "issued_on": "Hãy ghi ngày tờ trình.",
                    "summary": "Hãy ghi trích yếu tờ trình.",
                }
            )
            self.check_day()
        return self.cleaned_data

    @property
    def submission(self) -> Document | None:
        """The tờ trình chosen among those entered before."""
        given = self.cleaned_data
        return self.submissions.get(given["existing"]) if given["source"] == self.EXISTING else None

    @property
    def new_paper(self) -> dict[str, object] | None:
        return self.paper if self.cleaned_data["source"] == self.NEW else None


class DecisionPaperForm(PaperForm):
    """Deciding: by which decision of the direct superior, a new one or one entered before.

    A form of this kind says who that is on a day: `superior_on`.
    """

    source = forms.ChoiceField(
        label="Cách ghi",
        choices=[(PaperForm.NEW, "Ghi quyết định mới"), (PaperForm.EXISTING, "Chọn quyết định đã ghi nhận")],
        widget=forms.RadioSelect,
        error_messages={"required": "Hãy chọn cách ghi quyết định."},
    )
    existing = OfferedField(label="Quyết định đã ghi nhận")
    issuer_name = forms.CharField(label="Cơ quan ban hành", max_length=255, required=False)
    effective_on = DayField(label="Ngày có hiệu lực", help_text="Để trống nếu có hiệu lực từ ngày quyết định.")
    explanation = forms.CharField(
        label="Lý do vẫn quyết định khi còn cảnh báo mới",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )

    def __init__(
        self,
        scope: Scope,
        superiors: Collection[Organization | None],
        *,
        day: date,
        proposed: Mapping[str, object],
        data=None,
    ) -> None:
        """`superiors`: of every day that may be meant; `proposed`: what a new decision of `day` would say."""
        self.day, self.issuer = day, self.superior_on(day)
        super().__init__(data, initial={**proposed, "source": self.NEW})
        self.decisions = {str(each.pk): each for each in _decisions_of(superiors, scope)}
        _offer(self.fields["existing"], self.decisions)
        self.fields["issued_on"].label = "Ngày quyết định"
        if len(set(superiors)) > 1:
            self.fields["issued_on"].help_text = "Cơ quan ban hành là cấp trên trực tiếp vào ngày này."
        self.paper_fields = (*PaperForm.paper_fields, "effective_on")
        if self.issuer is None:
            self.paper_fields = (*self.paper_fields, "issuer_name")
        else:
            del self.fields["issuer_name"]

    def superior_on(self, day: date) -> Organization | None:
        """Return who decides on `day`; None above the top of the tree."""
        raise NotImplementedError

    def clean(self) -> dict[str, object]:
        given = self.cleaned_data
        if given.get("source") == self.EXISTING:
            self.require({"existing": "Hãy chọn một quyết định trong danh sách."})
            self._check_issuer()
        elif given.get("source") == self.NEW:
            self._clean_new()
        return given

    @property
    def superior(self) -> Organization | OrganizationVersion | None:
        """The issuer of a new decision as it stood on the day; None for one outside the register."""
        return self.issuer and self.issuer.standing_on(self.day)

    def _check_issuer(self) -> None:
        """A decision entered before is of the direct superior on its own day."""
        decision = self.decision
        superior = self.superior_on(decision.issued_on) if decision else None
        if decision and superior != decision.issuer:
            who = superior.issuing_name if superior else "cơ quan ngoài hệ thống"
            sentence = f"Ngày {short_day(decision.issued_on)} cấp trên trực tiếp là {who}, không phải cơ quan ban hành"
            self.add_error("existing", f"{sentence} quyết định này. Hãy chọn quyết định khác.")

    def _clean_new(self) -> None:
        self.require(
            {
                "number": "Hãy ghi số quyết định.",
                "symbol": "Hãy ghi ký hiệu cơ quan, ví dụ ĐUK.",
                "issued_on": "Hãy ghi ngày quyết định.",
                "signed_by": "Hãy ghi người ký quyết định.",
                "summary": "Hãy ghi trích yếu quyết định.",
            }
        )
        if self.issuer is None:
            self.require({"issuer_name": "Hãy ghi cơ quan ban hành quyết định."})
        self.check_day()

    @property
    def given(self) -> Mapping[str, object]:
        """What was sent, as far as it can be read; before that, what is proposed."""
        return self.cleaned_data if self.is_bound else self.initial

    @property
    def decision(self) -> Document | None:
        """The decision chosen among those entered before; None when it is a new one."""
        given = self.given
        return self.decisions.get(given.get("existing")) if given.get("source") == self.EXISTING else None

    @property
    def decision_day(self) -> date:
        """The day that the decision bears; the day proposed until it is known."""
        return self.decision.issued_on if self.decision else self.given.get("issued_on") or self.day

    @property
    def effective_day(self) -> date:
        """The day from which the decision works; today until it is known."""
        return self.decision.effective_day if self.decision else self.given.get("effective_on") or self.decision_day

    def _place_of(self, rule: str) -> str | None:
        place = super()._place_of(rule)
        return "existing" if place and self.decision else place


def proposed_paper(
    writes: Issuer, issuer: Organization | None, type: DocumentType, day: date, summary: str
) -> dict[str, object]:
    """Return the fields of a new paper: the next number of its issuer, symbol, day, signer, summary."""
    return {
        "number": next_number(issuer, type, day) if issuer else None,
        "symbol": "" if writes.symbol == BLANK else writes.symbol,
        "issued_on": day,
        "signed_by": writes.signer,
        "summary": summary,
        "issuer_name": writes.name,
    }


def typed_day(data, name: str) -> date | None:
    """Return the day sent in the field `name`, before the form is made; None where none can be read."""
    try:
        return DayField(label="").clean(data.get(name)) if data else None
    except forms.ValidationError:
        return None


def _offer(field: OfferedField, papers: Mapping[str, Document]) -> None:
    """Let the field choose among these papers by their keys."""
    known = [(pk, f"{each.full_number}, {short_day(each.issued_on)}: {each.summary}") for pk, each in papers.items()]
    field.choices = [("", "– Chọn –"), *known]
    field.widget.attrs["data-search"] = ""


def _submissions_of(issuer: Organization, scope: Scope) -> Iterable[Document]:
    """Return the tờ trình of the organisation's term in force, the newest first."""
    papers = Document.objects.visible_to(scope).filter(issuer=issuer, type=DocumentType.SUBMISSION)
    return papers.filter(issuer_term__in=issuer.terms.as_of(today())).order_by("-issued_on", "-number")[:MOST_PAPERS]


def _decisions_of(superiors: Iterable[Organization | None], scope: Scope) -> Iterable[Document]:
    """Return the decisions entered before of the superiors; above the top of the tree, of the province."""
    issued = Q(issuer__in=[superior for superior in superiors if superior])
    if None in superiors:
        issued |= Q(issuer__isnull=True, issuer_level=IssuerLevel.PROVINCIAL)
    decisions = Document.objects.visible_to(scope).filter(issued, type=DocumentType.DECISION)
    return decisions.select_related("issuer").order_by("-issued_on", "-number")[:MOST_PAPERS]
