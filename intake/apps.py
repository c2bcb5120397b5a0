from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "intake"
    verbose_name = "Nhập từ Excel"

    def ready(self) -> None:
        from common.journal import keep_journal_of

        for model in self.get_models():
            keep_journal_of(model)
