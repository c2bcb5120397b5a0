from django.urls import path

from organizations import views

app_name = "organizations"
urlpatterns = [
    path("to-chuc/", views.organization_list, name="organization_list"),
    path("to-chuc/xuat/", views.organization_workbook, name="organization_workbook"),
    path("van-ban/", views.document_list, name="document_list"),
    path("van-ban/<int:pk>/", views.document_detail, name="document_detail"),
    path("van-ban/<int:pk>/tep/<int:file>/", views.document_file, name="document_file"),
]
