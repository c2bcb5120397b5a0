"""One row of the form of a dossier: one change of one person in one position."""

from collections.abc import Collection, Mapping
from datetime import date
from functools import cached_property

from django import forms
from django.forms.utils import ErrorDict

from common.formats import short_day
from organizations.models import Organization, Position
from personnel.forms.choices import Choices, describe
from personnel.forms.fields import DayField, OfferedField, filled, readable
from personnel.forms.people import NewcomerForm
from personnel.forms.votes import VoteForm
from personnel.items import ItemDraft
from personnel.models import Act, ChangeItem, Dossier, Method, Person, ReleaseReason
from personnel.rights import may_draft
from regulations.findings import Finding

AMEND, ANNUL = "amend", "annul"
MENDINGS = [(AMEND, "Sửa lại thành…"), (ANNUL, "Hủy bỏ nội dung đã ghi")]
ACTS = [(Act.APPOINT.value, Act.APPOINT.label), (Act.RELEASE.value, Act.RELEASE.label)]
METHODS = [(each.value, each.label) for each in (Method.SUPPLEMENTARY_ELECTION, Method.DESIGNATION)]
NOT_FOUND = "Không tìm thấy đồng chí này trong phạm vi của bạn. Hãy tìm lại theo họ tên hoặc số thẻ."
NOBODY = "Hãy chọn đồng chí, hoặc đánh dấu “Đồng chí chưa có trong danh sách” rồi nhập họ tên."


class PositionSelect(forms.Select):
    """Positions, each with the kind of its body, so that the page can show those which the organisation has."""

    bodies: dict[str, str] = {}

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        if str(value) in self.bodies:
            option["attrs"]["data-body"] = self.bodies[str(value)]
        return option


class ItemForm(forms.Form):
    """A row. With it come the forms of a newcomer and of the vote, whose fields bear its prefix."""

    corrects = forms.CharField(required=False, widget=forms.HiddenInput)
    mending = OfferedField(MENDINGS, label="Cách đính chính", empty="Giữ nguyên")
    person = forms.CharField(label="Đồng chí", required=False, widget=forms.Select({"data-person": ""}))
    person_words = forms.CharField(label="Họ tên đầy đủ hoặc số thẻ đảng viên", max_length=120, required=False)
    is_new = forms.BooleanField(label="Đồng chí chưa có trong danh sách", required=False)
    act = OfferedField(ACTS, label="Nội dung", initial=Act.APPOINT.value)
    position = OfferedField(label="Chức danh", widget=PositionSelect)
    method = OfferedField(METHODS, label="Hình thức")
    release_reason = OfferedField(ReleaseReason.choices, label="Lý do thôi")
    elected_on = DayField(label="Ngày bầu")
    proposed_on = DayField(label="Đề nghị có hiệu lực từ", help_text="Để trống: theo quyết định chuẩn y.")
    note = forms.CharField(label="Ghi chú", max_length=500, required=False)
    DELETE = forms.BooleanField(label="Bỏ dòng này", required=False)

    def __init__(self, *args, choices: Choices, kind: str, original: ChangeItem | None = None, **options) -> None:
        super().__init__(*args, **options)
        self.offer = choices
        self.kind = kind
        self.original = original
        self.organization: Organization | None = None
        self.body_kinds: Collection[str] | None = None  # of the organisation; None: not asked
        self.findings: list[Finding] = []  # what an action said against it
        typed = self.data if self.is_bound else {f"{self.prefix}-{key}": value for key, value in self.initial.items()}
        self._fill_parts(typed)
        self.fields["person"].widget.choices = [("", ""), *self._chosen_person()]
        self.fields["position"].choices = [("", "– Chọn –"), *((each.pk, each.name) for each in self._positions())]
        self.fields["position"].widget.bodies = {each.pk: each.body_kind for each in self._positions()}
        if original and original.method == Method.CONGRESS:
            self.fields["method"].choices = [*self.fields["method"].choices, (Method.CONGRESS, Method.CONGRESS.label)]

    def _fill_parts(self, typed: Mapping[str, str]) -> None:
        """Judge of the newcomer and the vote what the row asks for; the rest is only shown again as it was typed."""
        vote, newcomer = f"{self.prefix}-vote", f"{self.prefix}-new"
        self.vote = filled(VoteForm, typed, is_sent=False, prefix=vote)
        self.newcomer = filled(NewcomerForm, typed, is_sent=False, prefix=newcomer)
        if not self.is_bound or self.is_left_out or self._is_annulment:
            return
        self.vote = filled(VoteForm, typed, is_sent=True, prefix=vote)
        if self["is_new"].value():
            self.newcomer = filled(NewcomerForm, typed, is_sent=True, prefix=newcomer)

    def _positions(self) -> list[Position]:
        return list(self.offer.positions.values())

    def _chosen_person(self) -> list[tuple[str, str]]:
        key = str(self["person"].value() or "")
        person = self.offer.person(key)
        return [(key, describe(person))] if person else []

    # What the page asks

    @property
    def is_congress(self) -> bool:
        return self.kind == Dossier.Kind.CONGRESS

    @property
    def is_open(self) -> bool:
        """Whether the vote is unfolded: something stands in it."""
        return not self.vote.is_blank

    @property
    def is_blank(self) -> bool:
        """Whether nothing was entered: such a row is left out without a word."""
        if self.kind == Dossier.Kind.CORRECTION:
            return not self["mending"].value()
        names = ("person", "person_words", "position", "elected_on", "proposed_on", "note")
        typed = any(str(self[name].value() or "").strip() for name in names)
        return not typed and self.vote.is_blank and not (self["is_new"].value() and not self.newcomer.is_blank)

    @property
    def is_left_out(self) -> bool:
        return bool(self["DELETE"].value()) or self.is_blank

    # What is wrong with it

    def full_clean(self) -> None:
        """Find nothing wrong with a row that is left out, also when the page is shown again for another reason."""
        if self.is_bound and self.is_left_out:
            self._errors, self.cleaned_data = ErrorDict(renderer=self.renderer), {}
        else:
            super().full_clean()

    def is_valid(self) -> bool:
        if self.is_left_out:
            return True
        valid = super().is_valid()
        if self._is_annulment:
            return valid
        if self.cleaned_data.get("is_new"):
            valid = self.newcomer.is_valid() and valid
        return self.vote.is_valid() and valid

    @property
    def parts(self) -> list[forms.Form]:
        """The forms whose errors count."""
        if self._is_annulment:
            return [self]
        return [self, self.newcomer, self.vote] if self["is_new"].value() else [self, self.vote]

    @property
    def _is_annulment(self) -> bool:
        return self.kind == Dossier.Kind.CORRECTION and self["mending"].value() == ANNUL

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        if self.kind == Dossier.Kind.CORRECTION and not self.original:
            raise forms.ValidationError("Nội dung được đính chính không còn hiệu lực. Hãy mở lại hồ sơ đính chính.")
        if self._is_annulment:
            return cleaned
        if not cleaned.get("is_new") and not self.chosen_person:
            self.add_error("person", self._nobody(cleaned))
        self._check_position(cleaned)
        if self.chosen_act == Act.APPOINT and not self.is_congress and "method" in cleaned and not cleaned["method"]:
            self.add_error("method", "Hãy chọn hình thức: bầu bổ sung hay chỉ định.")
        if self.chosen_act == Act.RELEASE and "release_reason" in cleaned and not cleaned["release_reason"]:
            self.add_error("release_reason", "Hãy chọn lý do thôi.")
        return cleaned

    def _nobody(self, cleaned: dict[str, object]) -> str:
        words = cleaned.get("person_words")
        if cleaned.get("person"):
            return NOT_FOUND
        if not words:
            return NOBODY
        found = len(self.offer.people_named(words))
        return f"Có {found} đồng chí tên “{words}”. Hãy nhập số thẻ đảng viên." if found > 1 else NOT_FOUND

    def _check_position(self, cleaned: dict[str, object]) -> None:
        if "position" not in cleaned:
            return
        position = self.chosen_position
        if not position:
            self.add_error("position", "Hãy chọn chức danh.")
            return
        if self.organization and not may_draft(self.offer.scope, self.organization, [position]):
            self.add_error("position", "Bạn chỉ lập hồ sơ về các chức danh trong Ủy ban Kiểm tra của tổ chức này.")
        elif self.body_kinds is not None and position.body_kind not in self.body_kinds:
            self.add_error("position", self._no_body(position))

    def _no_body(self, position: Position) -> str:
        body = position.get_body_kind_display()
        if self.is_congress:
            return f"Chưa nhập số lượng {body} ở mục Đại hội nên chưa có chức danh {position}."
        day = short_day(self.offer.day)
        return f"{self.organization} không có {body} vào ngày {day} nên không có chức danh {position}."

    # What it says

    @cached_property
    def chosen_person(self) -> Person | None:
        """The person chosen, or the newcomer as typed; None while there is neither."""
        if self._is_annulment:
            return self.original and self.original.person
        if self["is_new"].value():
            return self.newcomer.person()
        if key := str(self["person"].value() or ""):
            return self.offer.person(key)
        named = self.offer.people_named(self["person_words"].value() or "")
        return named[0] if len(named) == 1 else None

    @property
    def chosen_position(self) -> Position | None:
        return self.offer.positions.get(readable(self).get("position", ""))

    @property
    def chosen_act(self) -> str:
        return Act.APPOINT if self.is_congress else readable(self).get("act", "")

    def draft(self, congress_on: date | None = None) -> ItemDraft | None:
        """Return what the row asks for; None while it does not say who, what and how.

        Whoever a congress elects was elected on its day, `congress_on`, unless the row says another.
        """
        if self.is_left_out or (self.kind == Dossier.Kind.CORRECTION and not self.original):
            return None
        if self._is_annulment:
            mended = self.original
            return ItemDraft("annul", mended.person, mended.position, corrects=mended, place=self.prefix)
        typed, act = readable(self), self.chosen_act
        method = typed.get("method", "") if act == Act.APPOINT else ""
        method = Method.CONGRESS if self.is_congress else method
        reason = typed.get("release_reason", "") if act == Act.RELEASE else ""
        if not (self.chosen_person and self.chosen_position and (method or reason)):
            return None
        return ItemDraft(
            act=act,
            person=self.chosen_person,
            position=self.chosen_position,
            method=method,
            release_reason=reason,
            elected_on=typed.get("elected_on") or congress_on,
            proposed_on=None if self.is_congress else typed.get("proposed_on"),
            corrects=self.original,
            note=typed.get("note", ""),
            vote=self.vote.numbers(),
            place=self.prefix,
        )
