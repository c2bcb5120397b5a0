"""Addresses of reorganisations, beneath /sap-xep/."""

from django.urls import path

from reorganizations.views import acts, lists

app_name = "reorganizations"

urlpatterns = [
    path("", lists.reorganization_list, name="reorganization_list"),
    path("moi/", acts.reorganization_new, name="reorganization_new"),
    path("<int:pk>/", lists.reorganization_detail, name="reorganization_detail"),
    path("<int:pk>/dinh-chinh/", acts.reorganization_take_back, name="reorganization_take_back"),
]
