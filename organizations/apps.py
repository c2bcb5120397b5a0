from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "organizations"
    verbose_name = "Tổ chức đảng"

    def ready(self) -> None:
        from common.journal import keep_journal_of

        for model in self.get_models():
            keep_journal_of(model)
