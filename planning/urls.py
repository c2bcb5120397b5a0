from django.urls import path

from planning import views

app_name = "planning"
urlpatterns = [
    path("", views.entry_list, name="entry_list"),
    path("dot/", views.round_list, name="round_list"),
    path("dot/<int:pk>/", views.round_detail, name="round_detail"),
]
