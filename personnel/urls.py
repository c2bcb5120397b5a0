from django.urls import path

from personnel import views

app_name = "personnel"
urlpatterns = [
    path("to-chuc/<str:code>/", views.organization_detail, name="organization_detail"),
    path("nhan-su/", views.person_list, name="person_list"),
    path("nhan-su/<int:pk>/", views.person_detail, name="person_detail"),
    path("ho-so/", views.dossier_list, name="dossier_list"),
    path("ho-so/<int:pk>/", views.dossier_detail, name="dossier_detail"),
]
