"""Which organisations stand in a table: those that a dashboard shows, or all beneath a grassroots one as well."""

from collections.abc import Mapping

from django import forms

from reports.tables.base import Options

EVERY_LEVEL = "moi-cap"


class LevelOptions(Options):
    level = forms.ChoiceField(
        label="Tổ chức đảng",
        choices=[("", "Từ cấp cơ sở trở lên"), (EVERY_LEVEL, "Mọi cấp, cả tổ chức trực thuộc đảng bộ cơ sở")],
        required=False,
    )

    def in_words(self) -> str:
        return "mọi cấp, cả tổ chức trực thuộc đảng bộ cơ sở" if is_of_every_level(self.cleaned_data) else ""


def is_of_every_level(options: Mapping[str, object]) -> bool:
    return options.get("level") == EVERY_LEVEL
