from django.urls import path, register_converter

from common.periods import PeriodConverter
from reports.views import closings, dashboard, exports, office_figures, prose, summary, tables

register_converter(PeriodConverter, "period")

app_name = "reports"
urlpatterns = [
    path("", summary.latest_summary, name="latest_summary"),
    path("bang-dieu-khien/", dashboard.dashboard, name="dashboard"),
    path("bang-dieu-khien/cap-uy-vien/", dashboard.committee_members, name="committee_members"),
    path("tong-hop/<period:period>/", summary.summary, name="summary"),
    path("tong-hop/<period:period>/so-lieu/<str:key>/", summary.figure, name="figure"),
    path("tong-hop/<period:period>/so-lieu/<str:key>/in/", summary.figure_printed, name="figure_printed"),
    path("tong-hop/<period:period>/tep/<str:format>/", exports.summary_file, name="summary_file"),
    path("tong-hop/<period:period>/doi-chieu/", summary.consistency, name="consistency"),
    path("bieu/", tables.table_list, name="table_list"),
    path("bieu/<str:key>/", tables.latest_table, name="latest_table"),
    path("bieu/<str:key>/<period:period>/", tables.table, name="table"),
    path("bieu/<str:key>/<period:period>/tep/<str:format>/", exports.table_file, name="table_file"),
    path("ban-xuat/", exports.export_list, name="export_list"),
    path("ban-xuat/<str:code>/", exports.export_detail, name="export_detail"),
    path("ban-xuat/<str:code>/lap/", exports.export_make, name="export_make"),
    path("ban-xuat/<str:code>/tien-do/", exports.export_progress, name="export_progress"),
    path("ban-xuat/<str:code>/huy/", exports.export_cancel, name="export_cancel"),
    path("loi-van/<str:code>/", prose.prose_template, name="prose_template"),
    path("chi-tieu/", office_figures.office_figures, name="office_figures"),
    path("chi-tieu/don-vi/", office_figures.choose_units, name="choose_units"),
    path("chi-tieu/moi/", office_figures.own_figure_new, name="own_figure_new"),
    path("chi-tieu/moi/xem-truoc/", office_figures.own_figure_preview, name="own_figure_preview"),
    path("chi-tieu/<int:pk>/thoi-dung/", office_figures.own_figure_retire, name="own_figure_retire"),
    path("khoa-so/", closings.closing_list, name="closing_list"),
    path("khoa-so/moi/<period:period>/", closings.close_books, name="close_books"),
    path("khoa-so/<int:pk>/", closings.closing_detail, name="closing_detail"),
    path("khoa-so/<int:pk>/mo-lai/", closings.reopen, name="reopen"),
    path("khoa-so/<int:pk>/tep/<int:file>/", closings.closing_file, name="closing_file"),
]
