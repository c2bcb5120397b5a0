"""Forms by which a dossier moves on: submit, decide."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django import forms

from common.periods import today
from organizations.models import DocumentType, Organization, PaperKind
from organizations.scope import Scope
from personnel.forms.papers import DecisionPaperForm, SubmissionForm, proposed_paper, typed_day
from personnel.models import ChangeItem, Dossier
from personnel.papers.contexts import CONTEXTS
from personnel.papers.facts import facts_of
from personnel.workflow import Superiors


class SubmitForm(SubmissionForm):
    """Submitting a dossier."""

    asks_for_explanation = "Hồ sơ còn cảnh báo. Hãy ghi lý do vẫn trình."

    def __init__(self, dossier: Dossier, scope: Scope, data=None) -> None:
        proposed = _proposed_submission(dossier, scope) if data is None else {}
        super().__init__(dossier.organization, scope, proposed, data)


class DecisionForm(DecisionPaperForm):
    """Confirming: by which decision, and which of the items."""

    asks_for_explanation = "Có cảnh báo mới so với khi trình. Hãy ghi lý do vẫn chuẩn y."

    accepted = forms.MultipleChoiceField(label="Nội dung chuẩn y", required=False)

    def __init__(self, dossier: Dossier, items: Iterable[ChangeItem], scope: Scope, data=None) -> None:
        self.items = list(items)
        self.superiors = Superiors(dossier.organization)
        superiors = self.superiors.since(dossier.submitted_on or today())
        day = _day_of_decision(dossier, superiors, data)
        proposed = _proposed_decision(dossier, scope, self.superior_on(day), day) if data is None else {}
        everything = [str(item.pk) for item in self.items]
        super().__init__(scope, superiors, day=day, proposed=proposed | {"accepted": everything}, data=data)
        self.fields["accepted"].choices = [(str(item.pk), str(item)) for item in self.items]
        self.fields["explanation"].label = "Lý do vẫn chuẩn y khi còn cảnh báo mới"

    def superior_on(self, day: date) -> Organization | None:
        return self.superiors.on(day)

    def clean(self) -> dict[str, object]:
        if "accepted" not in self.errors and not self.cleaned_data.get("accepted"):
            sentence = "Chưa nội dung nào được chọn. Nếu không chuẩn y cả hồ sơ, hãy dùng “Không chuẩn y”."
            self.add_error("accepted", sentence)
        return super().clean()

    @property
    def refused(self) -> list[ChangeItem]:
        accepted = set(self.given.get("accepted", ()))
        return [item for item in self.items if str(item.pk) not in accepted]

    @property
    def chosen(self) -> list[ChangeItem]:
        refused = self.refused
        return [item for item in self.items if item not in refused]


def _proposed_submission(dossier: Dossier, scope: Scope) -> Mapping[str, object]:
    """Return what a new tờ trình of the dossier would say."""
    facts = facts_of(dossier, scope)
    summary = CONTEXTS[PaperKind.SUBMISSION](facts)["trich_yeu"]
    return proposed_paper(facts.proposer, dossier.organization, DocumentType.SUBMISSION, today(), summary)


def _proposed_decision(dossier: Dossier, scope: Scope, issuer: Organization | None, day: date) -> dict[str, object]:
    """Return what a new decision of the issuer on the day would say."""
    facts = facts_of(dossier, scope)
    summary = CONTEXTS[PaperKind.DECISION](facts)["trich_yeu"]
    proposed = proposed_paper(facts.decider, issuer, DocumentType.DECISION, day, summary)
    if facts.place.parent != issuer:  # the superior of the tờ trình's day is not the one that decides
        proposed |= {"symbol": "", "signed_by": "", "issuer_name": ""}
    return proposed


def _day_of_decision(dossier: Dossier, superiors: Sequence[Organization | None], data) -> date:
    """Return the day typed, as far as it can be read; until then the day proposed.

    That is today, or the day of the submission when the direct superior has changed since: the dossier was most likely
    decided by the one to which it went.
    """
    proposed = dossier.submitted_on if superiors[0] != superiors[-1] else today()
    return typed_day(data, "issued_on") or proposed or today()
