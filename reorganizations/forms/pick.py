"""The first step: which kind of reorganisation, of which organisations, from which day. It stands in the address."""

from django import forms

from common.formats import short_day
from common.periods import today
from organizations.models import Organization
from organizations.scope import Scope
from personnel.forms.fields import DayField
from personnel.forms.papers import typed_day
from reorganizations.drafts import Kind
from reorganizations.forms.places import Places

# What each kind is for, in the order in which they are offered.
KINDS = {
    Kind.ESTABLISHED: "Lập một tổ chức đảng mới, có thể chỉ định ngay cấp ủy đầu tiên.",
    Kind.RENAMED: "Tổ chức giữ nguyên, chỉ đổi tên.",
    Kind.KIND_CHANGED: "Chi bộ cơ sở lên đảng bộ cơ sở, hoặc ngược lại; cấp ủy và nhiệm kỳ giữ nguyên.",
    Kind.TRANSFERRED: "Chuyển một tổ chức, cùng mọi tổ chức bên dưới, về cấp trên trực tiếp khác.",
    Kind.MERGED: "Nhiều tổ chức thành một tổ chức mới, hoặc sáp nhập vào một tổ chức đang có.",
    Kind.SPLIT: "Một tổ chức chia thành nhiều tổ chức, hoặc tách một phần ra.",
    Kind.DISSOLVED: "Tổ chức kết thúc, đảng viên và tổ chức trực thuộc chuyển về nơi khác.",
}


class OneOf(forms.Select):
    """A select of one whose value is a list, as that of a select of many is."""

    def value_from_datadict(self, data, files, name):
        return data.getlist(name)


class PickForm(forms.Form):
    """The kind, the organisations and the day, as the address tells them."""

    tu = forms.MultipleChoiceField(
        label="Tổ chức đảng",
        required=False,
        error_messages={"invalid_choice": "Không có tổ chức đảng “%(value)s” trong phạm vi của bạn vào ngày này."},
    )
    ngay = DayField(label="Ngày có hiệu lực", required=True, help_text="Có thể khác ngày ký quyết định.")

    def __init__(self, kind: str, scope: Scope, data) -> None:
        """`data` is the address; the organisations offered are those of the day in it, or of today."""
        self.kind = kind
        sent = data if "ngay" in data else None
        chosen = data.getlist("tu")
        super().__init__(sent, initial={"ngay": today(), "tu": chosen})
        self.places = Places(scope, typed_day(data, "ngay") or today())
        if kind == Kind.ESTABLISHED:
            del self.fields["tu"]
            return
        many = kind == Kind.MERGED
        field = self.fields["tu"]
        field.label = "Các tổ chức đảng kết thúc" if many else "Tổ chức đảng"
        field.help_text = "Sáp nhập vào một tổ chức đang có thì chỉ chọn tổ chức bị sáp nhập." if many else ""
        attributes = {"class": "form-select", "data-search": ""}
        field.widget = (forms.SelectMultiple if many else OneOf)(attributes)
        field.choices = ([] if many else [("", "– Chọn –")]) + self.places.options()
        if not many:
            self.initial["tu"] = chosen[0] if chosen else ""

    def clean_ngay(self):
        day = self.cleaned_data["ngay"]
        if day > today():
            raise forms.ValidationError(
                f"Ngày {short_day(day)} chưa đến. Hãy ghi nhận khi việc sắp xếp đã có hiệu lực."
            )
        return day

    def clean_tu(self) -> list[str]:
        chosen = [code for code in self.cleaned_data["tu"] if code]
        if not chosen:
            raise forms.ValidationError("Hãy chọn tổ chức đảng.")
        if self.kind != Kind.MERGED and len(chosen) > 1:
            raise forms.ValidationError("Hãy chọn đúng một tổ chức đảng.")
        return chosen

    @property
    def sources(self) -> tuple[Organization, ...]:
        return tuple(self.places.by_code[code] for code in self.cleaned_data.get("tu", ()))

    @property
    def day(self):
        return self.cleaned_data["ngay"]
