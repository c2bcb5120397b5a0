"""Django's admin as the office's administration screens: for administrators only, 404 for everybody else."""

from collections.abc import Iterable

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator

from organizations.scope import Right

# What libraries register and the office does not see here: the journal tells who is planned, and an administrator sees
# no plan names (DESIGN.md §6); groups carry Django's own permissions, which are not used.
LEFT_OUT = ("auditlog.logentry", "auth.group")


class OfficeAdminConfig(AdminConfig):
    default_site = "accounts.admin_site.OfficeAdminSite"


class OfficeAdminSite(AdminSite):
    """The admin, signed in to by the product's own page."""

    site_header = "Quản trị Sổ cấp ủy"
    site_title = "Quản trị Sổ cấp ủy"
    index_title = "Danh mục và bản ghi"
    enable_nav_sidebar = False

    def register(self, model_or_iterable, admin_class=None, **options) -> None:
        """Register a model's screens, but for those of `LEFT_OUT`."""
        models = model_or_iterable if isinstance(model_or_iterable, Iterable) else [model_or_iterable]
        shown = [model for model in models if model._meta.label_lower not in LEFT_OUT]
        super().register(shown, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        return request.scope.may(Right.ADMINISTER)

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        """Lead to the product's own sign-in page, and from there to where the visitor was going."""
        from django.contrib.auth.views import redirect_to_login  # needs the apps to be loaded

        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))

    def password_change(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        """Lead to the product's own page."""
        return redirect("accounts:change_password")

    def admin_view(self, view, cacheable=False):
        """Wrap an admin view; it declares its rule like every other view."""
        inner = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args, **kwargs):
            if request.user.is_authenticated and not self.has_permission(request):
                raise Http404
            return inner(request, *args, **kwargs)

        guarded.access = Right.ADMINISTER
        guarded.admin_site = self
        return guarded
