"""The decision that a reorganisation rests on: a new one, or one entered before."""

from django import forms

from organizations.actions import may_enter_document
from organizations.models import DocumentType, OrganizationKind, OrganizationVersion
from personnel.forms.facts import OUTSIDE, FactForm
from personnel.forms.papers import PaperForm
from reorganizations.forms.places import Places


class DecisionForm(FactForm):
    """A decision of one of the upper organisations in the user's part of the tree, or of an outside one."""

    types = (DocumentType.DECISION, DocumentType.REGULATION, DocumentType.NOTICE)

    def __init__(self, places: Places, by, data=None) -> None:
        super().__init__(_topmost(places), by, data)
        del self.fields["valid_from"], self.fields["valid_to"]  # the act has its own day
        source = self.fields["source"]
        source.choices = [choice for choice in source.choices if choice[0] != self.NONE]
        source.initial = PaperForm.NEW
        above = [each for each in places.versions if each.kind == OrganizationKind.BLOC]
        self.issuers |= {
            each.organization.code: each.organization for each in above if may_enter_document(by, each.organization)
        }
        named = [(code, each.issuing_name) for code, each in self.issuers.items()]
        self.fields["issued_by"].choices = [("", "– Chọn –"), *named, (OUTSIDE, "Cơ quan khác")]

    @property
    def given(self) -> dict[str, object]:
        """The paper as the acts take it."""
        return {"document": self.document, "paper": self.new_paper}


def _topmost(places: Places):
    """Return the organisation highest in the user's part of the tree; any where there is none."""
    if places.versions:
        return min(places.versions, key=lambda each: each.path.count("/")).organization
    return OrganizationVersion.objects.visible_to(places.scope).select_related("organization").first().organization


class CorrectionForm(DecisionForm):
    """Taking back a reorganisation: why, and by which paper."""

    types = (DocumentType.DECISION, DocumentType.NOTICE, DocumentType.LETTER)
    reason = forms.CharField(
        label="Lý do đính chính",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        error_messages={"required": "Hãy ghi rõ lý do."},
    )
    field_order = ["reason"]
