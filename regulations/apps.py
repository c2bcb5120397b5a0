from django.apps import AppConfig


class RegulationsConfig(AppConfig):
    name = "regulations"
    verbose_name = "Quy định"

    def ready(self) -> None:
        from common.journal import keep_journal_of

        for model in self.get_models():
            keep_journal_of(model)
