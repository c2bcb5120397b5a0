"""Administration screens: the catalogue of positions is edited here, records that only actions write are read."""

from django import forms
from django.contrib import admin
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join

from common.admin import ReadOnlyAdmin
from common.errors import Refused
from common.papers import CONTENT_TYPE
from organizations.actions import remove_paper_template, replace_paper_template
from organizations.models import (
    Body,
    Document,
    MemberCount,
    Organization,
    OrganizationVersion,
    PaperKind,
    PaperTemplate,
    Position,
    Term,
)
from organizations.papers import default_template, inspect_template


@admin.register(Position)
class PositionAdmin(admin.ModelAdmin):
    """The names may be changed; codes, bodies and ranks are what the rules of the product rest on."""

    list_display = ("name", "short_name", "body_kind", "rank", "is_officer", "max_holders")
    fields = ("code", "name", "short_name", "body_kind", "rank", "is_officer", "max_holders")
    readonly_fields = ("code", "body_kind", "rank", "is_officer", "max_holders")

    def has_add_permission(self, request) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


@admin.register(Organization)
class OrganizationAdmin(ReadOnlyAdmin):
    list_display = ("name", "code", "kind", "parent")
    list_filter = ("kind",)
    list_select_related = ("parent",)
    search_fields = ("search_key", "code")


@admin.register(OrganizationVersion)
class OrganizationVersionAdmin(ReadOnlyAdmin):
    list_display = ("name", "kind", "parent", "valid_from", "valid_to")
    list_filter = ("kind",)
    list_select_related = ("parent",)
    search_fields = ("organization__search_key",)


@admin.register(Term)
class TermAdmin(ReadOnlyAdmin):
    list_display = ("organization", "label", "ordinal", "congress_on", "valid_from", "planned_end", "valid_to")
    list_filter = ("label",)
    list_select_related = ("organization",)
    search_fields = ("organization__search_key",)


@admin.register(Body)
class BodyAdmin(ReadOnlyAdmin):
    list_display = ("kind", "term", "organization", "authorized_size")
    list_filter = ("kind", "term__label")
    list_select_related = ("term__organization",)
    search_fields = ("term__organization__search_key",)

    @admin.display(description="tổ chức đảng", ordering="term__organization__sort_key")
    def organization(self, body: Body) -> str:
        return body.term.organization.name


@admin.register(Document)
class DocumentAdmin(ReadOnlyAdmin):
    list_display = ("full_number", "type", "issued_on", "issuer_name", "summary")
    list_filter = ("type", "issuer_level")
    search_fields = ("summary", "issuer_name", "number")


@admin.register(MemberCount)
class MemberCountAdmin(ReadOnlyAdmin):
    list_display = ("organization", "counted_on", "official", "probationary")
    list_select_related = ("organization",)
    search_fields = ("organization__search_key",)


class PaperTemplateForm(forms.ModelForm):
    upload = forms.FileField(
        label="tệp mẫu",
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        help_text="Tệp Word (.docx). Mẫu được viết thử trước khi lưu; các thẻ {{ … }} phải dùng tên có trong mẫu gốc.",
    )

    class Meta:
        model = PaperTemplate
        fields = ("kind",)

    def clean(self) -> dict:
        given = super().clean()
        kind = self.instance.kind or given.get("kind")
        if kind and given.get("upload"):
            try:
                inspect_template(kind, given["upload"])
            except Refused as error:
                self.add_error("upload", str(error))
        return given


@admin.register(PaperTemplate)
class PaperTemplateAdmin(admin.ModelAdmin):
    """The office's own templates; a paper without one is written with the template that comes with the product."""

    form = PaperTemplateForm
    list_display = ("kind", "name", "uploaded_by", "uploaded_at")
    list_select_related = ("uploaded_by",)
    readonly_fields = ("in_use", "originals")
    fields = ("kind", "upload", "in_use", "originals")

    def get_readonly_fields(self, request: HttpRequest, obj: PaperTemplate | None = None) -> tuple[str, ...]:
        return ("kind", *self.readonly_fields) if obj else self.readonly_fields

    def get_urls(self) -> list:
        original = path(
            "goc/<str:kind>.docx", self.admin_site.admin_view(self.send_original), name="paper_template_original"
        )
        own = path("<int:pk>/tep/", self.admin_site.admin_view(self.send_own), name="paper_template_own")
        return [original, own, *super().get_urls()]

    def send_original(self, request: HttpRequest, kind: str) -> FileResponse:
        """Send the template that comes with the product, to start from."""
        if kind not in PaperKind.values:
            raise Http404("Không có giấy tờ này.")
        return _word_file(default_template(kind).open("rb"), f"{kind}.docx")

    def send_own(self, request: HttpRequest, pk: int) -> FileResponse:
        """Send the office's own template."""
        template = get_object_or_404(PaperTemplate, pk=pk)
        return _word_file(template.content.open("rb"), template.name)

    @admin.display(description="mẫu riêng đang dùng")
    def in_use(self, template: PaperTemplate) -> str:
        if not template.pk:
            return "Chưa có, đang dùng mẫu gốc."
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:paper_template_own", args=[template.pk]), template.name
        )

    @admin.display(description="mẫu gốc để sửa lại")
    def originals(self, template: PaperTemplate) -> str:
        kinds = [PaperKind(template.kind)] if template.pk else PaperKind
        links = ((reverse("admin:paper_template_original", args=[kind.value]), kind.label) for kind in kinds)
        return format_html_join(", ", '<a href="{}">{}</a>', links)

    def save_model(self, request: HttpRequest, obj: PaperTemplate, form: PaperTemplateForm, change: bool) -> None:
        replace_paper_template(obj, upload=form.cleaned_data["upload"], by=request.user)

    def delete_model(self, request: HttpRequest, obj: PaperTemplate) -> None:
        remove_paper_template(obj, by=request.user)

    def delete_queryset(self, request: HttpRequest, queryset) -> None:
        for template in queryset:
            remove_paper_template(template, by=request.user)


def _word_file(content, name: str) -> FileResponse:
    return FileResponse(content, as_attachment=True, filename=name, content_type=CONTENT_TYPE)
