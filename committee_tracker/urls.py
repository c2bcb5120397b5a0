"""The addresses of the product: each app's own, under a Vietnamese word."""

from django.contrib import admin
from django.urls import include, path
from django.utils.module_loading import import_string

urlpatterns = [
    path("", import_string("reports.views.start.home"), name="home"),
    path("tim/", import_string("reports.views.start.search"), name="search"),
    path("tinh-den-ngay/", import_string("accounts.views.choose_day"), name="choose_day"),
    path("", include("accounts.urls")),
    path("bao-cao/", include("reports.urls")),
    path("", include("organizations.urls")),
    path(
        "to-chuc/<str:code>/quy-hoach/",
        import_string("planning.views.organizations.organization_plans"),
        name="organization_plans",
    ),
    path("", include("personnel.urls")),
    path("quy-hoach/", include("planning.urls")),
    path("sap-xep/", include("reorganizations.urls")),
    path("nhap-du-lieu/", include("intake.urls")),
    path("quan-tri/", admin.site.urls),
]
