from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "planning"
    verbose_name = "Quy hoạch"

    def ready(self) -> None:
        from auditlog.registry import auditlog

        for model in self.get_models():
            auditlog.register(model, exclude_fields=["sort_key", "search_key"])
