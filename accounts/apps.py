from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Người dùng và phân quyền"

    def ready(self) -> None:
        from common.journal import keep_journal_of

        keep_journal_of(self.get_model("User"), without=("password", "last_login"))
        keep_journal_of(self.get_model("Assignment"))
