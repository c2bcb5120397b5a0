from django.apps import AppConfig


class ReorganizationsConfig(AppConfig):
    name = "reorganizations"
    verbose_name = "Sắp xếp tổ chức"
