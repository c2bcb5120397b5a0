from django.urls import path, register_converter

from common.periods import PeriodConverter
from reports.views import summary

register_converter(PeriodConverter, "period")

app_name = "reports"
urlpatterns = [
    path("", summary.latest_summary, name="latest_summary"),
    path("tong-hop/<period:period>/", summary.summary, name="summary"),
    path("tong-hop/<period:period>/so-lieu/<str:key>/", summary.figure, name="figure"),
    path("tong-hop/<period:period>/so-lieu/<str:key>/in/", summary.figure_printed, name="figure_printed"),
    path("tong-hop/<period:period>/excel/", summary.workbook, name="workbook"),
]
