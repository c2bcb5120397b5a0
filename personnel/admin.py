"""Administration screens of people and dossiers: only actions write these, so all are read-only."""

from django.contrib import admin

from common.admin import ReadOnlyAdmin
from personnel.models import ChangeItem, CongressResult, Discipline, Dossier, Holding, Membership, Person, Vote


@admin.register(Person)
class PersonAdmin(ReadOnlyAdmin):
    list_display = ("full_name", "birth_display", "gender", "card_number", "present_post")
    list_filter = ("gender", "political_theory")
    search_fields = ("search_key", "card_number")


@admin.register(Membership)
class MembershipAdmin(ReadOnlyAdmin):
    list_display = ("person", "organization", "valid_from", "valid_to")
    list_select_related = ("person", "organization")
    search_fields = ("person__search_key", "organization__search_key")


@admin.register(Discipline)
class DisciplineAdmin(ReadOnlyAdmin):
    list_display = ("person", "kind", "valid_from", "valid_to")
    list_filter = ("kind",)
    list_select_related = ("person",)
    search_fields = ("person__search_key",)


class ChangeItemInline(admin.TabularInline):
    model = ChangeItem
    fields = ("act", "person", "position", "method", "release_reason", "effective_on", "outcome")
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False


@admin.register(Dossier)
class DossierAdmin(ReadOnlyAdmin):
    list_display = ("code", "organization", "kind", "state", "opened_on", "submitted_on", "decided_on")
    list_filter = ("kind", "state", "year")
    list_select_related = ("organization",)
    search_fields = ("organization__search_key",)
    inlines = (ChangeItemInline,)


@admin.register(CongressResult)
class CongressResultAdmin(ReadOnlyAdmin):
    list_display = ("dossier", "organization", "label", "congress_on", "committee_size")
    list_filter = ("label",)
    list_select_related = ("dossier__organization",)
    search_fields = ("dossier__organization__search_key",)

    @admin.display(description="tổ chức đảng", ordering="dossier__organization__sort_key")
    def organization(self, congress: CongressResult) -> str:
        return congress.dossier.organization.name


@admin.register(ChangeItem)
class ChangeItemAdmin(ReadOnlyAdmin):
    list_display = ("person", "act", "position", "organization", "effective_on", "outcome")
    list_filter = ("act", "outcome", "position", "method")
    list_select_related = ("person", "position", "dossier__organization")
    search_fields = ("person__search_key", "dossier__organization__search_key")

    @admin.display(description="tổ chức đảng", ordering="dossier__organization__sort_key")
    def organization(self, item: ChangeItem) -> str:
        return item.dossier.organization.name


@admin.register(Vote)
class VoteAdmin(ReadOnlyAdmin):
    list_display = ("item", "summoned", "excluded", "present", "valid", "in_favour")
    list_select_related = ("item__person", "item__position")
    search_fields = ("item__person__search_key",)


@admin.register(Holding)
class HoldingAdmin(ReadOnlyAdmin):
    list_display = ("person", "position", "organization", "valid_from", "valid_to", "end_reason")
    list_filter = ("position", "end_reason")
    list_select_related = ("person", "position", "body__term__organization")
    search_fields = ("person__search_key", "body__term__organization__search_key")

    @admin.display(description="tổ chức đảng", ordering="body__term__organization__sort_key")
    def organization(self, holding: Holding) -> str:
        return holding.body.term.organization.name
