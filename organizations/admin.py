"""Administration screens: the catalogue of positions is edited here, records that only actions write are read."""

from django.contrib import admin

from common.admin import ReadOnlyAdmin
from organizations.models import Body, Document, MemberCount, Organization, OrganizationVersion, Position, Term


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
