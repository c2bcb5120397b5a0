"""Forms of documents."""

from django import forms
from django.conf import settings

from common.uploads import FileKind

ACCEPTED = ",".join(ending for kind in FileKind for ending in kind.endings)


class FileForm(forms.Form):
    """One more file of a document."""

    upload = forms.FileField(
        label="Tệp văn bản",
        allow_empty_file=True,  # the action says it better
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={"required": "Hãy chọn một tệp."},
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["upload"].help_text = f"PDF, JPEG, PNG hoặc DOCX, nhiều nhất {settings.LARGEST_UPLOAD_MB} MB."
