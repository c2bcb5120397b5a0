from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Báo cáo"

    def ready(self) -> None:
        from common.journal import keep_journal_of
        from reports.models import ClosedFigure, ClosedFile, Export, OfficeFigure, ProseTemplate

        # A fingerprint speaks of records that have a journal of their own.
        for model in (ClosedFigure, ClosedFile, Export, OfficeFigure, ProseTemplate):
            keep_journal_of(model)
