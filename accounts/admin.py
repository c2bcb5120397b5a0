from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm

from accounts.models import Assignment, User


class NewUserForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ("username", "full_name", "email")


class AssignmentInline(admin.TabularInline):
    model = Assignment
    extra = 0
    autocomplete_fields = ("organization",)


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    """Users and their roles. Nobody is deleted: the journal always needs the name of who acted."""

    add_form = NewUserForm
    list_display = ("username", "full_name", "is_active", "last_login")
    list_filter = ("is_active", "assignments__role")
    search_fields = ("username", "full_name")
    ordering = ("username",)
    filter_horizontal = ()
    inlines = (AssignmentInline,)
    readonly_fields = ("last_login",)
    fieldsets = ((None, {"fields": ("username", "password", "full_name", "email", "is_active", "last_login")}),)
    add_fieldsets = (
        (None, {"fields": ("username", "full_name", "email", "usable_password", "password1", "password2")}),
    )

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
