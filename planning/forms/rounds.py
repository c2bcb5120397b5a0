"""Forms of rounds: open one, change what it rests on, close it."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from django import forms
from django.db.models import QuerySet

from common.formats import short_day
from common.periods import today
from organizations.models import (
    GRASSROOTS_KINDS,
    Document,
    DocumentType,
    Organization,
    OrganizationKind,
    OrganizationVersion,
    Term,
)
from organizations.scope import Right, Scope
from personnel.forms.fields import DayField, OfferedField, demanded
from personnel.forms.papers import ActForm
from personnel.models import Discipline, PoliticalConclusion
from planning.models import PlanningRound

LABEL = re.compile(r"([0-9]{4})-([0-9]{4})")
NEVER_A_BASIS = (DocumentType.SUBMISSION, DocumentType.MINUTES, DocumentType.REPORT, DocumentType.OPTIONS)


class BasisField(forms.MultipleChoiceField):
    """The documents that a round rests on, of those that the scope shows; cleans to the documents."""

    def __init__(self) -> None:
        super().__init__(
            label="Văn bản căn cứ",
            required=False,
            widget=forms.SelectMultiple({"data-search": "", "size": "8"}),
            help_text="Gõ số, cơ quan ban hành hoặc trích yếu để tìm; chọn được nhiều văn bản.",
            error_messages={"invalid_choice": "Không có văn bản “%(value)s”. Hãy chọn trong danh sách."},
        )
        self.documents: dict[str, Document] = {}

    def offer(self, documents: Iterable[Document]) -> None:
        self.documents = {str(document.pk): document for document in documents}
        self.choices = [(key, f"{each.citation}: {each.summary}") for key, each in self.documents.items()]

    def clean(self, value: object) -> list[Document]:
        return [self.documents[key] for key in super().clean(value)]


class RoundForm(ActForm):
    """Opening a round."""

    authority = demanded(
        OfferedField(label="Tổ chức chủ trì", widget=forms.Select({"data-search": ""})),
        "Hãy chọn tổ chức chủ trì đợt quy hoạch.",
    )
    plan_term = demanded(
        forms.CharField(
            label="Nhiệm kỳ quy hoạch",
            max_length=11,
            widget=forms.TextInput({"list": "plan-terms", "autocomplete": "off", "placeholder": "2025-2030"}),
        ),
        "Hãy ghi nhiệm kỳ theo dạng 2025-2030.",
    )
    kind = demanded(
        forms.ChoiceField(label="Loại đợt", choices=PlanningRound.Kind.choices, widget=forms.RadioSelect),
        "Hãy chọn loại đợt.",
    )
    opened_on = demanded(DayField(label="Ngày mở đợt"), "Hãy nhập ngày mở đợt.")
    legal_basis = BasisField()

    def __init__(self, scope: Scope, data=None) -> None:
        super().__init__(data, initial={"kind": PlanningRound.Kind.FIRST, "opened_on": today()})
        self.authorities = {each.code: each.organization for each in _authorities(scope)}
        offered = [(code, organization.name) for code, organization in self.authorities.items()]
        self.fields["authority"].choices = [("", "– Chọn –"), *offered]
        if data is None and offered:
            self.initial["authority"] = offered[0][0]  # the topmost
        self.fields["legal_basis"].offer(citable_documents(scope))

    @property
    def plan_terms(self) -> list[str]:
        """The plan terms that are likely to be meant, the next one first."""
        return likely_plan_terms(Term.objects.order_by().values_list("label", flat=True).distinct(), today().year)

    def clean_authority(self) -> Organization:
        return self.authorities[self.cleaned_data["authority"]]

    def clean_plan_term(self) -> str:
        label = re.sub(r"\s", "", self.cleaned_data["plan_term"]).replace("–", "-")
        years = LABEL.fullmatch(label)
        if not years or int(years[1]) >= int(years[2]):
            raise forms.ValidationError("Hãy ghi nhiệm kỳ theo dạng 2025-2030, năm đầu trước năm cuối.")
        return label

    def clean_opened_on(self) -> date:
        return _come(self.cleaned_data["opened_on"])

    def clean(self) -> dict[str, object]:
        authority, day = self.cleaned_data.get("authority"), self.cleaned_data.get("opened_on")
        if authority and day and not authority.versions.as_of(day).exists():
            self.add_error("opened_on", f"{authority} chưa được thành lập vào ngày {short_day(day)}. Hãy xem lại ngày.")
        self._look_for_a_twin()
        return self.cleaned_data

    def _look_for_a_twin(self) -> None:
        """A round of the same kind that is still open is gone on with: two of them would split one list in two."""
        given = {name: self.cleaned_data.get(name) for name in ("authority", "plan_term", "kind")}
        twin = all(given.values()) and PlanningRound.objects.filter(**given, closed_on=None).first()
        if twin:
            opened = short_day(twin.opened_on)
            sentence = f"Đợt {twin} của {twin.authority} mở ngày {opened} chưa kết thúc."
            self.add_error(None, f"{sentence} Hãy làm tiếp trong đợt đó, hoặc kết thúc đợt đó trước khi mở đợt mới.")


class BasisForm(ActForm):
    """Changing what a round rests on. Documents that the scope does not show stay as they are."""

    legal_basis = BasisField()

    def __init__(self, planning_round: PlanningRound, scope: Scope, data=None) -> None:
        standing = list(planning_round.legal_basis.in_citing_order())
        super().__init__(data, initial={"legal_basis": [str(document.pk) for document in standing]})
        shown = set(Document.objects.visible_to(scope).filter(planning_rounds=planning_round))
        offered = [*(document for document in standing if document in shown), *citable_documents(scope)]
        self.fields["legal_basis"].offer(dict.fromkeys(offered))
        self.hidden = [document for document in standing if document not in shown]

    @property
    def documents(self) -> list[Document]:
        return [*self.cleaned_data["legal_basis"], *self.hidden]


class CloseForm(ActForm):
    """Closing a round."""

    closed_on = demanded(DayField(label="Ngày kết thúc đợt"), "Hãy nhập ngày kết thúc đợt.")

    def __init__(self, data=None) -> None:
        super().__init__(data, initial={"closed_on": today()})

    def clean_closed_on(self) -> date:
        return _come(self.cleaned_data["closed_on"])


def _come(day: date) -> date:
    if day > today():
        raise forms.ValidationError(f"Ngày {short_day(day)} chưa đến. Hãy ghi ngày đã diễn ra, muộn nhất là hôm nay.")
    return day


def _authorities(scope: Scope) -> Sequence[OrganizationVersion]:
    """Return who may conduct a round: the organisations of today, from the grassroots up, that the user plans for."""
    standing = OrganizationVersion.objects.as_of(today()).visible_to(scope).with_codes().select_related("organization")
    kinds = (OrganizationKind.BLOC, *GRASSROOTS_KINDS)
    return [version for version in standing.filter(kind__in=kinds).as_tree() if scope.covers(version.path, Right.PLAN)]


def citable_documents(scope: Scope) -> QuerySet[Document]:
    """Return the documents that a round may rest on: not those by which dossiers and plans were decided or asked for,
    nor those that tell a fact about one person.

    The highest issuers first, of each the newest.
    """
    documents = Document.objects.visible_to(scope).exclude(type__in=NEVER_A_BASIS)
    documents = documents.filter(confirmed_dossiers__isnull=True, plan_approvals__isnull=True)
    for fact in (Discipline, PoliticalConclusion):
        documents = documents.exclude(pk__in=fact.objects.filter(document__isnull=False).values("document"))
    return documents.order_by("issuer_level", "-issued_on", "type", "-number", "pk")


def likely_plan_terms(labels: Iterable[str], year: int) -> list[str]:
    """Return the terms known that are not over in `year`, and the one after the last of them, the last first."""
    spans = {(int(found[1]), int(found[2])) for label in labels if (found := LABEL.fullmatch(label))}
    current = sorted(span for span in spans if span[1] >= year)
    if current:
        begins, ends = current[-1]
        current.append((ends, 2 * ends - begins))
    return [f"{begins}-{ends}" for begins, ends in reversed(current)]
