from django.urls import path

from planning.views import (
    approvals,
    ballots,
    coverage,
    lists,
    papers,
    plans,
    proposals,
    reviews,
    rounds,
    sheets,
    submissions,
)

PLAN = "dot/<int:pk>/to-chuc/<str:code>/"
GROUP = PLAN + "<str:group>/"
BALLOT = GROUP + "phieu/<int:number>/"

app_name = "planning"
urlpatterns = [
    path("", lists.entry_list, name="entry_list"),
    path("xuat/", sheets.entry_workbook, name="entry_workbook"),
    path("in/", sheets.entry_printed, name="entry_printed"),
    path("do-phu/", coverage.coverage_board, name="coverage"),
    path("do-phu/nhieu-noi/", coverage.many_places, name="coverage_many_places"),
    path("de-xuat/", proposals.proposals, name="proposals"),
    path("nguoi/<int:pk>/dua-ra/", proposals.entry_remove, name="entry_remove"),
    path("nguoi/<int:pk>/dua-lai/", proposals.entry_reenter, name="entry_reenter"),
    path("phe-duyet/", approvals.approval_list, name="approval_list"),
    path("phe-duyet/quyet-dinh/", approvals.approval_decide, name="approval_decide"),
    path("da-trinh/<int:pk>/tra-lai/", submissions.plan_return, name="plan_return"),
    path("da-trinh/<int:pk>/giay-to/<str:kind>/", papers.plan_paper, name="plan_paper"),
    path("dot/", rounds.round_list, name="round_list"),
    path("dot/moi/", rounds.round_new, name="round_new"),
    path("dot/<int:pk>/", rounds.round_detail, name="round_detail"),
    path("dot/<int:pk>/can-cu/", rounds.round_basis, name="round_basis"),
    path("dot/<int:pk>/chi-tieu/", rounds.round_targets, name="round_targets"),
    path("dot/<int:pk>/ket-thuc/", rounds.round_close, name="round_close"),
    path(PLAN, plans.plan_detail, name="plan_detail"),
    path(PLAN + "gioi-thieu/", plans.plan_introduce, name="plan_introduce"),
    path(PLAN + "gioi-thieu/xem-truoc/", plans.introduce_preview, name="introduce_preview"),
    path(PLAN + "nhap/", sheets.plan_import, name="plan_import"),
    path(PLAN + "nhap/mau/", sheets.import_template, name="import_template"),
    path(GROUP + "ra-soat/", reviews.plan_review, name="plan_review"),
    path(GROUP + "so-sanh/", reviews.plan_comparison, name="plan_comparison"),
    path(GROUP + "trinh/", submissions.plan_submit, name="plan_submit"),
    path(GROUP + "phieu/", ballots.ballot_new, name="ballot_new"),
    path(BALLOT, ballots.ballot_edit, name="ballot_edit"),
    path(BALLOT + "xoa/", ballots.ballot_delete, name="ballot_delete"),
    path(BALLOT + "kiem-phieu/", papers.ballot_paper, name="ballot_paper"),
]
