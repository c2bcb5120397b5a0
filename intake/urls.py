from django.urls import path

from intake.views import imports, overview

app_name = "intake"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("mau/<slug:kind>/", overview.template, name="template"),
    path("xuat/<slug:kind>/", overview.export, name="export"),
    path("tai-len/<slug:kind>/", imports.import_new, name="import_new"),
    path("<int:pk>/", imports.import_detail, name="import_detail"),
    path("<int:pk>/doc/", imports.import_read, name="import_read"),
    path("<int:pk>/ghep-cot/", imports.import_map, name="import_map"),
    path("<int:pk>/tien-do/", imports.import_progress, name="import_progress"),
    path("<int:pk>/can-sua/", imports.import_marked, name="import_marked"),
    path("<int:pk>/ghi/", imports.import_commit, name="import_commit"),
    path("<int:pk>/hoan-tac/", imports.import_undo, name="import_undo"),
    path("<int:pk>/bo/", imports.import_discard, name="import_discard"),
]
