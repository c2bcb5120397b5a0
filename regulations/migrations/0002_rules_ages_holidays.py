"""The rules, retirement ages and fixed holidays that the product starts with; an administrator edits them.

All of it is what DOMAIN.md §3, §4, §8 and §10 say, with the grade given there. Where no document is named there, none is
named here; where no grade is given, it is M. No first day of validity is known: rules stand from the first day of the
register, the one of 2019 from the first day of that year.
"""

from datetime import date
from decimal import Decimal

from django.db import migrations

REGISTER_BEGINS = date(2015, 1, 1)

# code, value, unit, severity, grade, valid from, statement
RULES = [
    (
        "vote_majority", None, "", "block", "A", REGISTER_BEGINS,
        "Người trúng cử phải được quá một nửa số người được triệu tập đồng ý, sau khi trừ số người không tính vào số được triệu tập.",
    ),
    (
        "slate_surplus_percent", 30, "%", "warn", "B", REGISTER_BEGINS,
        "Số dư trong danh sách bầu cử không quá 30% số lượng cần bầu.",
    ),
    (
        "committee_over_size", None, "", "warn", "B", REGISTER_BEGINS,
        "Số lượng cấp ủy viên theo số được duyệt cho từng đại hội; nếu vượt số đó thì phải nêu lý do.",
    ),
    (
        "second_officer", None, "", "block", "R", REGISTER_BEGINS,
        "Cùng một lúc, số người giữ một chức danh không vượt số ghi trong danh mục chức danh; mỗi cấp ủy có một bí thư.",
    ),
    (
        "officer_is_member", None, "", "block", "M", REGISTER_BEGINS,
        "Bí thư, phó bí thư và ủy viên ban thường vụ phải là cấp ủy viên.",
    ),
    (
        "inspection_committee_allowed", None, "", "warn", "C", REGISTER_BEGINS,
        "Chỉ đảng ủy cơ sở và cấp ủy cấp trên mới có ủy ban kiểm tra.",
    ),
    (
        "months_before_congress", 6, "tháng", "warn", "A", date(2019, 1, 1),
        "Theo quy định năm 2019, không bổ sung cấp ủy trong 6 tháng trước đại hội, trừ trường hợp đặc biệt.",
    ),
    (
        "reelection_months_left", 48, "tháng", "warn", "A", REGISTER_BEGINS,
        "Người tái cử cấp ủy phải còn ít nhất 48 tháng công tác tính từ tháng đại hội.",
    ),
    (
        "nomination_months_left", 60, "tháng", "warn", "B", REGISTER_BEGINS,
        "Người được giới thiệu vào cấp ủy phải còn ít nhất 60 tháng công tác khi được giới thiệu.",
    ),
    (
        "disciplined_person", None, "", "warn", "M", REGISTER_BEGINS,
        "Nếu bổ sung người đang chịu kỷ luật thì phải nêu lý do.",
    ),
    (
        "already_holds", None, "", "block", "R", REGISTER_BEGINS,
        "Không bổ sung một người vào chức danh mà người đó đang giữ.",
    ),
    (
        "dates_in_order", None, "", "block", "R", REGISTER_BEGINS,
        "Các ngày ghi trong hồ sơ phải theo đúng trình tự của công việc.",
    ),
    (
        "effective_after_election", None, "", "block", "R", REGISTER_BEGINS,
        "Thay đổi không thể có hiệu lực trước ngày bầu.",
    ),
    (
        "document_number_unique", None, "", "block", "C", REGISTER_BEGINS,
        "Số văn bản không trùng nhau trong cùng loại văn bản và cùng nhiệm kỳ của cơ quan ban hành.",
    ),
    (
        "report_working_days", 7, "ngày làm việc", "info", "A", REGISTER_BEGINS,
        "Kết quả bầu cử của đại hội được báo cáo cấp ủy cấp trên trực tiếp trong 7 ngày làm việc kể từ ngày bầu.",
    ),
    (
        "confirmation_working_days", 15, "ngày làm việc", "info", "A", REGISTER_BEGINS,
        "Kết quả bầu cử của đại hội được chuẩn y trong 15 ngày làm việc kể từ ngày cấp ủy cấp trên trực tiếp nhận được báo cáo.",
    ),
    (
        "cell_committee_min_members", 9, "đảng viên chính thức", "warn", "A", REGISTER_BEGINS,
        "Chi bộ có dưới 9 đảng viên chính thức không có chi ủy, chỉ có bí thư và phó bí thư nếu cần.",
    ),
    (
        "cell_committee_max", 7, "người", "warn", "A", REGISTER_BEGINS,
        "Chi ủy có nhiều nhất 7 người.",
    ),
]  # fmt: skip

# gender → first month of birth (year, month), age (years, months); each row ends where the next begins, the last is open
AGES = {
    "male": [
        ((1961, 1), (60, 3)),
        ((1961, 10), (60, 6)),
        ((1962, 7), (60, 9)),
        ((1963, 4), (61, 0)),
        ((1964, 1), (61, 3)),
        ((1964, 10), (61, 6)),
        ((1965, 7), (61, 9)),
        ((1966, 4), (62, 0)),
    ],
    "female": [
        ((1966, 1), (55, 4)),
        ((1966, 9), (55, 8)),
        ((1967, 5), (56, 0)),
        ((1968, 1), (56, 4)),
        ((1968, 9), (56, 8)),
        ((1969, 5), (57, 0)),
        ((1970, 1), (57, 4)),
        ((1970, 9), (57, 8)),
        ((1971, 5), (58, 0)),
        ((1972, 1), (58, 4)),
        ((1972, 9), (58, 8)),
        ((1973, 5), (59, 0)),
        ((1974, 1), (59, 4)),
        ((1974, 9), (59, 8)),
        ((1975, 5), (60, 0)),
    ],
}
AGE_SOURCE = "Nghị định 135/2020/NĐ-CP, điều kiện lao động bình thường; tháng sinh do sổ tính ra"

# day, month, name; what follows the lunar calendar or is announced each year is entered by an administrator
HOLIDAYS = [
    (1, 1, "Tết Dương lịch"),
    (30, 4, "Ngày Giải phóng miền Nam, thống nhất đất nước"),
    (1, 5, "Ngày Quốc tế Lao động"),
    (2, 9, "Quốc khánh"),
]
HOLIDAY_YEARS = range(2020, 2031)


def add_rules(apps, schema_editor):
    Rule = apps.get_model("regulations", "Rule")
    for code, value, unit, severity, grade, valid_from, statement in RULES:
        Rule.objects.create(
            code=code,
            value=None if value is None else Decimal(value),
            unit=unit,
            severity=severity,
            grade=grade,
            valid_from=valid_from,
            statement=statement,
            start_is_known=False,
        )


def add_retirement_ages(apps, schema_editor):
    RetirementAge = apps.get_model("regulations", "RetirementAge")
    for gender, rows in AGES.items():
        begins = [date(year, month, 1) for (year, month), _ in rows]
        for valid_from, valid_to, (_, (years, months)) in zip(begins, [*begins[1:], None], rows, strict=True):
            RetirementAge.objects.create(
                gender=gender,
                valid_from=valid_from,
                valid_to=valid_to,
                months=years * 12 + months,
                grade="D",
                source=AGE_SOURCE,
            )


def add_holidays(apps, schema_editor):
    CalendarDay = apps.get_model("regulations", "CalendarDay")
    for year in HOLIDAY_YEARS:
        for day, month, name in HOLIDAYS:
            CalendarDay.objects.create(day=date(year, month, day), kind="holiday", name=name)


class Migration(migrations.Migration):
    dependencies = [("regulations", "0001_initial")]
    operations = [
        migrations.RunPython(add_rules, migrations.RunPython.noop),
        migrations.RunPython(add_retirement_ages, migrations.RunPython.noop),
        migrations.RunPython(add_holidays, migrations.RunPython.noop),
    ]
