from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [
    path("", views.latest_summary, name="latest_summary"),
    path("tong-hop/<int:year>/", views.summary, name="summary"),
    path("tong-hop/<int:year>/so-lieu/<str:key>/", views.figure, name="figure"),
    path("tong-hop/<int:year>/so-lieu/<str:key>/in/", views.figure_printed, name="figure_printed"),
    path("tong-hop/<int:year>/excel/", views.workbook, name="workbook"),
]
