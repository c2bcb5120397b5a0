from django.apps import AppConfig


class PersonnelConfig(AppConfig):
    name = "personnel"
    verbose_name = "Nhân sự cấp ủy"

    def ready(self) -> None:
        from common.journal import keep_journal_of

        for model in self.get_models():
            keep_journal_of(model)
