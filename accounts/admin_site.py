"""Django's admin as the office's administration screens: for administrators only, 404 for everybody else."""

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import Http404, HttpRequest

from organizations.scope import Right


class OfficeAdminConfig(AdminConfig):
    default_site = "accounts.admin_site.OfficeAdminSite"


class OfficeAdminSite(AdminSite):
    """The admin, signed in to by the product's own page."""

    site_header = "Quản trị Sổ cấp ủy"
    site_title = "Quản trị Sổ cấp ủy"
    index_title = "Danh mục và bản ghi"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return request.scope.may(Right.ADMINISTER)

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
