from django.apps import AppConfig


class PersonnelConfig(AppConfig):
    name = "personnel"
    verbose_name = "Nhân sự cấp ủy"

    def ready(self) -> None:
        from common.journal import keep_journal_of
        from personnel.models import UnfinishedForm

        for model in self.get_models():
            if model is not UnfinishedForm:  # no record
                keep_journal_of(model)
