from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "planning"
    verbose_name = "Quy hoạch"

    def ready(self) -> None:
        from common.journal import keep_journal_of

        for model in self.get_models():
            keep_journal_of(model)
