from django.urls import path

from personnel.views import dossiers, drafting, facts, papers, queues, register, workflow

app_name = "personnel"
urlpatterns = [
    path("to-chuc/<str:code>/", register.organization_detail, name="organization_detail"),
    path("nhan-su/", register.person_list, name="person_list"),
    path("nhan-su/<int:pk>/", register.person_detail, name="person_detail"),
    path("nhan-su/<int:pk>/ky-luat/moi/", facts.person_discipline, name="person_discipline"),
    path("nhan-su/<int:pk>/ket-luan-chinh-tri/moi/", facts.person_conclusion, name="person_conclusion"),
    path("ho-so/", dossiers.dossier_list, name="dossier_list"),
    path("ho-so/moi/", drafting.dossier_new, name="dossier_new"),
    path("ho-so/dong-moi/", drafting.dossier_row, name="dossier_row"),
    path("ho-so/xem-truoc/", drafting.dossier_preview, name="dossier_preview"),
    path("ho-so/tu-luu/", drafting.dossier_autosave, name="dossier_autosave"),
    path("ho-so/bo-nhap-do/", drafting.discard_typed, name="discard_typed"),
    path("ho-so/<int:pk>/sua/", drafting.dossier_edit, name="dossier_edit"),
    path("nhan-su/chon/", drafting.person_choices, name="person_choices"),
    path("ho-so/<int:pk>/", dossiers.dossier_detail, name="dossier_detail"),
    path("ho-so/<int:pk>/trinh/", workflow.dossier_submit, name="dossier_submit"),
    path("ho-so/<int:pk>/chuan-y/", workflow.dossier_confirm, name="dossier_confirm"),
    path("ho-so/<int:pk>/chuan-y/xem-truoc/", workflow.confirm_preview, name="confirm_preview"),
    path("ho-so/<int:pk>/tra-lai/", workflow.dossier_return, name="dossier_return"),
    path("ho-so/<int:pk>/khong-chuan-y/", workflow.dossier_refuse, name="dossier_refuse"),
    path("ho-so/<int:pk>/rut/", workflow.dossier_withdraw, name="dossier_withdraw"),
    path("ho-so/<int:pk>/dinh-chinh/", workflow.dossier_correct, name="dossier_correct"),
    path("viec-cua-toi/", queues.my_work, name="my_work"),
    path("ho-so/<int:pk>/giay-to/<str:kind>/", papers.dossier_paper, name="dossier_paper"),
]
