"""Forms by which a dossier moves on: submit, decide, give a reason, correct."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django import forms
from django.db.models import Q

from common.errors import Blocked, NeedsExplanation, Refused
from common.formats import short_day
from common.periods import today
from organizations.actions import next_number
from organizations.models import Document, DocumentType, IssuerLevel, Organization, OrganizationVersion, PaperKind
from organizations.scope import Scope
from personnel.forms.fields import CountField, DayField, OfferedField
from personnel.models import ChangeItem, Dossier
from personnel.papers.contexts import CONTEXTS
from personnel.papers.facts import BLANK, Issuer, facts_of
from personnel.workflow import PaperRefused, Superiors
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


class SubmitForm(PaperForm):
    """Submitting: why in spite of warnings, and the tờ trình where there is one: a new one, or one entered before."""

    NONE = "none"
    asks_for_explanation = "Hồ sơ còn cảnh báo. Hãy ghi lý do vẫn trình."

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

    def __init__(self, dossier: Dossier, scope: Scope, data=None) -> None:
        self.issuer = dossier.organization
        proposed = _proposed_submission(dossier, scope) if data is None else {}
        super().__init__(data, initial=proposed | {"source": self.NONE, "submitted_on": today()})
        self.submissions = {str(each.pk): each for each in _submissions_of(dossier.organization, scope)}
        _offer(self.fields["existing"], self.submissions)

    @property
    def day(self) -> date:
        """The day on which the dossier is submitted, as far as it can be read: today until another is typed."""
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


class DecisionForm(PaperForm):
    """Confirming: by which decision, and which of the items."""

    asks_for_explanation = "Có cảnh báo mới so với khi trình. Hãy ghi lý do vẫn chuẩn y."

    accepted = forms.MultipleChoiceField(label="Nội dung chuẩn y", required=False)
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
        label="Lý do vẫn chuẩn y khi còn cảnh báo mới",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )

    def __init__(self, dossier: Dossier, items: Iterable[ChangeItem], scope: Scope, data=None) -> None:
        self.dossier, self.items = dossier, list(items)
        self.superiors = Superiors(dossier)
        superiors = self.superiors.since_submission()
        self.day = _day_of_decision(dossier, superiors, data)
        self.issuer = self.superiors.on(self.day)
        proposed = _proposed_decision(dossier, scope, self.issuer, self.day) if data is None else {}
        everything = [str(item.pk) for item in self.items]
        super().__init__(data, initial=proposed | {"accepted": everything, "source": self.NEW})
        self.decisions = {str(each.pk): each for each in _decisions_of(superiors, scope)}
        self.fields["accepted"].choices = [(str(item.pk), str(item)) for item in self.items]
        _offer(self.fields["existing"], self.decisions)
        self.fields["issued_on"].label = "Ngày quyết định"
        if len(set(superiors)) > 1:
            self.fields["issued_on"].help_text = "Cơ quan ban hành là cấp trên trực tiếp vào ngày này."
        self.paper_fields = (*PaperForm.paper_fields, "effective_on")
        if self.issuer is None:
            self.paper_fields = (*self.paper_fields, "issuer_name")
        else:
            del self.fields["issuer_name"]

    def clean(self) -> dict[str, object]:
        given = self.cleaned_data
        if "accepted" not in self.errors and not given.get("accepted"):
            sentence = "Chưa nội dung nào được chọn. Nếu không chuẩn y cả hồ sơ, hãy dùng “Không chuẩn y”."
            self.add_error("accepted", sentence)
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
        superior = self.superiors.on(decision.issued_on) if decision else None
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
    def _given(self) -> Mapping[str, object]:
        """What was sent, as far as it can be read; before that, what is proposed."""
        return self.cleaned_data if self.is_bound else self.initial

    @property
    def decision(self) -> Document | None:
        """The decision chosen among those entered before; None when it is a new one."""
        given = self._given
        return self.decisions.get(given.get("existing")) if given.get("source") == self.EXISTING else None

    @property
    def decision_day(self) -> date:
        """The day that the decision bears; the day proposed until it is known."""
        return self.decision.issued_on if self.decision else self._given.get("issued_on") or self.day

    @property
    def effective_day(self) -> date:
        """The day from which the decision works; today until it is known."""
        return self.decision.effective_day if self.decision else self._given.get("effective_on") or self.decision_day

    @property
    def refused(self) -> list[ChangeItem]:
        accepted = set(self._given.get("accepted", ()))
        return [item for item in self.items if str(item.pk) not in accepted]

    @property
    def chosen(self) -> list[ChangeItem]:
        refused = self.refused
        return [item for item in self.items if item not in refused]

    def _place_of(self, rule: str) -> str | None:
        place = super()._place_of(rule)
        return "existing" if place and self.decision else place


class ReasonForm(ActForm):
    """Returning, refusing, withdrawing: why."""

    reason = forms.CharField(
        label="Lý do",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        error_messages={"required": "Hãy ghi rõ lý do."},
    )


def _proposed_submission(dossier: Dossier, scope: Scope) -> dict[str, object]:
    """Return what a new tờ trình of the dossier would say."""
    facts = facts_of(dossier, scope)
    said = CONTEXTS[PaperKind.SUBMISSION](facts)
    return _proposed(facts.proposer, dossier.organization, DocumentType.SUBMISSION, today(), said)


def _proposed_decision(dossier: Dossier, scope: Scope, issuer: Organization | None, day: date) -> dict[str, object]:
    """Return what a new decision of the issuer on the day would say."""
    facts = facts_of(dossier, scope)
    said = CONTEXTS[PaperKind.DECISION](facts)
    proposed = _proposed(facts.decider, issuer, DocumentType.DECISION, day, said)
    if facts.place.parent != issuer:  # the superior of the tờ trình's day is not the one that decides
        proposed |= {"symbol": "", "signed_by": "", "issuer_name": ""}
    return proposed


def _proposed(
    writes: Issuer, issuer: Organization | None, type: DocumentType, day: date, said: Mapping[str, object]
) -> dict[str, object]:
    """Return the fields of a new paper: the next number of its issuer, symbol, day, signer, summary."""
    return {
        "number": next_number(issuer, type, day) if issuer else None,
        "symbol": "" if writes.symbol == BLANK else writes.symbol,
        "issued_on": day,
        "signed_by": writes.signer,
        "summary": said["trich_yeu"],
        "issuer_name": writes.name,
    }


def _day_of_decision(dossier: Dossier, superiors: Sequence[Organization | None], data) -> date:
    """Return the day typed, as far as it can be read; until then the day proposed.

    That is today, or the day of the submission when the direct superior has changed since: the dossier was most likely
    decided by the one to which it went.
    """
    try:
        typed = DecisionForm.base_fields["issued_on"].clean(data.get("issued_on")) if data else None
    except forms.ValidationError:
        typed = None
    proposed = dossier.submitted_on if superiors[0] != superiors[-1] else today()
    return typed or proposed or today()


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
