"""Administration screens: here rules, retirement ages and the calendar are edited, each change with its actor."""

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from common.journal import Journaled
from regulations.actions import amend, remove
from regulations.models import CalendarDay, RetirementAge, Rule


class RegulationAdmin(admin.ModelAdmin):
    """A catalogue whose changes go to the journal under the name of whoever made them."""

    def save_model(self, request: HttpRequest, obj: Journaled, form: forms.ModelForm, change: bool) -> None:
        amend(obj, by=request.user)

    def delete_model(self, request: HttpRequest, obj: Journaled) -> None:
        remove(obj, by=request.user)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        for row in queryset:
            remove(row, by=request.user)


class RuleForm(forms.ModelForm):
    """What a rule says is edited, which rule it is stays: disabled and not left out, so that overlaps are found."""

    class Meta:
        widgets = {"statement": forms.Textarea(attrs={"rows": 2, "cols": 80})}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].disabled = self.instance.pk is not None


@admin.register(Rule)
class RuleAdmin(RegulationAdmin):
    """A rule that changed is closed by its end and followed by a new one; none is deleted, for it judged acts."""

    form = RuleForm
    list_display = ("code", "threshold", "severity", "grade", "source", "validity")
    list_filter = ("severity", "grade")
    search_fields = ("statement", "citation")
    fields = (
        "code",
        "statement",
        ("value", "unit"),
        "severity",
        "grade",
        ("citation", "article"),
        ("valid_from", "valid_to"),
        "start_is_known",
    )

    def has_delete_permission(self, request: HttpRequest, obj: Rule | None = None) -> bool:
        return False

    @admin.display(description="ngưỡng", ordering="value")
    def threshold(self, rule: Rule) -> str:
        return rule.threshold

    @admin.display(description="hiện cho người dùng")
    def source(self, rule: Rule) -> str:
        return rule.source

    @admin.display(description="hiệu lực", ordering="valid_from")
    def validity(self, rule: Rule) -> str:
        return rule.validity


@admin.register(RetirementAge)
class RetirementAgeAdmin(RegulationAdmin):
    list_display = ("gender", "valid_from", "valid_to", "age", "grade")
    list_filter = ("gender", "grade")
    fields = ("gender", ("valid_from", "valid_to"), "months", "grade", "source")

    @admin.display(description="tuổi nghỉ hưu", ordering="months")
    def age(self, row: RetirementAge) -> str:
        return row.age


@admin.register(CalendarDay)
class CalendarDayAdmin(RegulationAdmin):
    list_display = ("day", "kind", "name")
    list_filter = ("kind",)
    search_fields = ("name",)
    date_hierarchy = "day"
