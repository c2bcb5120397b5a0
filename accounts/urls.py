from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("dang-nhap/", views.sign_in, name="sign_in"),
    path("dang-xuat/", views.sign_out, name="sign_out"),
    path("doi-mat-khau/", views.change_password, name="change_password"),
    path("danh-sach/<str:list_name>/cot/", views.list_columns, name="list_columns"),
    path("danh-sach/<str:list_name>/bo-loc/luu/", views.save_filter, name="save_filter"),
    path("danh-sach/<str:list_name>/bo-loc/doi-ten/", views.rename_filter, name="rename_filter"),
    path("danh-sach/<str:list_name>/bo-loc/xoa/", views.delete_filter, name="delete_filter"),
]
