"""Forms by which a workbook of people to introduce is taken in: the file first, what was read of it afterwards."""

from datetime import date

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from common.errors import Refused
from common.formats import short_day
from common.periods import today
from organizations.models import Organization
from personnel.forms.fields import DayField, demanded
from planning.models import PlanningRound
from planning.sheets.typed import LARGEST, Typed, from_signed, from_upload


class UploadForm(forms.Form):
    """The file, and the day on which those in it are introduced. `typed` is what was read, once the form is valid."""

    upload = forms.FileField(
        label="Tệp Excel",
        allow_empty_file=True,  # the reader says it better
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": "Hãy chọn một tệp Excel (.xlsx)."},
    )
    introduced_on = demanded(
        DayField(label="Ngày giới thiệu", help_text="Ngày hội nghị giới thiệu những người trong tệp."),
        "Hãy nhập ngày giới thiệu.",
    )

    def __init__(self, planning_round: PlanningRound, *args, **kwargs) -> None:
        super().__init__(*args, initial={"introduced_on": today()}, **kwargs)
        self.planning_round = planning_round
        self.fields["upload"].help_text = f"Sổ Excel (.xlsx), nhiều nhất {settings.LARGEST_UPLOAD_MB} MB."

    def clean_introduced_on(self) -> date:
        day, opened = self.cleaned_data["introduced_on"], self.planning_round.opened_on
        if day > today():
            raise forms.ValidationError(f"Ngày {short_day(day)} chưa đến. Hãy ghi ngày đã giới thiệu.")
        if day < opened:
            raise forms.ValidationError(f"Đợt quy hoạch mở ngày {short_day(opened)}. Hãy ghi từ ngày đó trở đi.")
        return day

    def clean_upload(self) -> UploadedFile:
        upload = self.cleaned_data["upload"]
        try:
            self.typed: Typed = from_upload(upload)
        except Refused as error:
            raise forms.ValidationError(str(error)) from error
        return upload


class ReadForm(forms.Form):
    """What was read of a file before, with the day: signed for `belongs_to`. `typed` and `day`, once it is valid."""

    read = forms.CharField(max_length=LARGEST, strip=False)

    def __init__(self, data, belongs_to: dict[str, int]) -> None:
        super().__init__(data)
        self.belongs_to = belongs_to

    def clean_read(self) -> str:
        text = self.cleaned_data["read"]
        try:
            self.typed, self.day = from_signed(text, **self.belongs_to)
        except Refused as error:
            raise forms.ValidationError(str(error)) from error
        return text


def owner_of(planning_round: PlanningRound, organization: Organization, user) -> dict[str, int]:
    """Return where and for whom a file was read: what is signed serves nowhere else."""
    return {"round": planning_round.pk, "organization": organization.pk, "user": user.pk}
