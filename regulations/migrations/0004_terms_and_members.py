"""The rules on members and on the length of terms that the product starts with: what DOMAIN.md §3 says, grade A.

No document is named there, so none is named here; since when they are in force is not known either.
"""

from datetime import date
from decimal import Decimal

from django.db import migrations, models

REGISTER_BEGINS = date(2015, 1, 1)

# code, value, unit, severity, statement
RULES = [
    ("cell_least_members", 3, "đảng viên chính thức", "warn", "Chi bộ có ít nhất 3 đảng viên chính thức."),
    ("cell_most_deputies", 1, "người", "warn", "Chi bộ có chi ủy bầu bí thư và 1 phó bí thư."),
    (
        "grassroots_committee_members", 30, "đảng viên", "info",
        "Đảng bộ cơ sở thường có từ 30 đảng viên trở lên, chi bộ cơ sở thường có dưới 30 đảng viên.",
    ),
    (
        "term_months", 60, "tháng", "info",
        "Nhiệm kỳ của tổ chức cơ sở đảng và cấp trên là 5 năm, tính là 60 tháng; tổ chức mới lập, mới hợp nhất có thể có nhiệm kỳ đầu ngắn hơn.",
    ),
    (
        "cell_term_months", 30, "tháng", "warn",
        "Chi bộ trực thuộc đại hội 5 năm 2 lần: nhiệm kỳ 2,5 năm, tính là 30 tháng.",
    ),
    (
        "cell_term_leeway", 6, "tháng", "warn",
        "Đại hội chi bộ trực thuộc có thể sớm hoặc muộn hơn không quá 6 tháng khi cấp trên đồng ý.",
    ),
]  # fmt: skip


def add_rules(apps, schema_editor):
    Rule = apps.get_model("regulations", "Rule")
    for code, value, unit, severity, statement in RULES:
        Rule.objects.create(
            code=code,
            value=Decimal(value),
            unit=unit,
            severity=severity,
            grade="A",
            valid_from=REGISTER_BEGINS,
            statement=statement,
            start_is_known=False,
        )


def remove_rules(apps, schema_editor):
    apps.get_model("regulations", "Rule").objects.filter(code__in=[code for code, *_ in RULES]).delete()


class Migration(migrations.Migration):
    dependencies = [("regulations", "0003_planning_rules")]

    operations = [
        migrations.AlterField(
            model_name="rule",
            name="code",
            field=models.CharField(choices=[('vote_majority', 'Tỷ lệ trúng cử'), ('slate_surplus_percent', 'Số dư trong danh sách bầu cử'), ('committee_over_size', 'Vượt số lượng cấp ủy viên được duyệt'), ('second_officer', 'Số người cùng giữ một chức danh'), ('officer_is_member', 'Bí thư, phó bí thư, ủy viên ban thường vụ là cấp ủy viên'), ('inspection_committee_allowed', 'Nơi có ủy ban kiểm tra'), ('months_before_congress', 'Thời gian ngừng bổ sung trước đại hội'), ('reelection_months_left', 'Thời gian công tác còn lại khi tái cử'), ('nomination_months_left', 'Thời gian công tác còn lại khi được giới thiệu'), ('disciplined_person', 'Người đang bị kỷ luật'), ('already_holds', 'Người đang giữ chính chức danh đó'), ('dates_in_order', 'Trình tự các ngày trong hồ sơ'), ('effective_after_election', 'Ngày có hiệu lực so với ngày bầu'), ('document_number_unique', 'Số văn bản không trùng'), ('report_working_days', 'Thời hạn báo cáo kết quả bầu cử'), ('confirmation_working_days', 'Thời hạn chuẩn y kết quả bầu cử'), ('cell_committee_min_members', 'Số đảng viên chính thức để chi bộ có chi ủy'), ('cell_committee_max', 'Số chi ủy viên nhiều nhất'), ('cell_least_members', 'Số đảng viên chính thức ít nhất của chi bộ'), ('cell_most_deputies', 'Số phó bí thư chi bộ nhiều nhất'), ('grassroots_committee_members', 'Số đảng viên của đảng bộ cơ sở'), ('term_months', 'Thời gian của nhiệm kỳ'), ('cell_term_months', 'Thời gian nhiệm kỳ của chi bộ trực thuộc'), ('cell_term_leeway', 'Thời gian đại hội chi bộ trực thuộc sớm hoặc muộn hơn'), ('planning_regulation', 'Quy định về công tác quy hoạch'), ('plan_people_per_position', 'Số người quy hoạch một chức danh'), ('plan_positions_per_person', 'Số chức danh quy hoạch của một người ở cùng cấp'), ('plan_higher_position', 'Quy hoạch chức danh cao hơn chức danh đang giữ'), ('plan_women_percent', 'Tỷ lệ nữ trong quy hoạch'), ('plan_young_percent', 'Tỷ lệ cán bộ dưới 40 tuổi trong quy hoạch'), ('plan_ethnic_minority', 'Cán bộ người dân tộc thiểu số trong quy hoạch'), ('plan_one_term_left', 'Còn thời gian công tác trọn một nhiệm kỳ'), ('plan_two_terms_left', 'Còn thời gian công tác hai nhiệm kỳ'), ('plan_least_coefficient', 'Hệ số quy hoạch thấp nhất'), ('plan_most_coefficient', 'Hệ số quy hoạch cao nhất'), ('plan_approval_working_days', 'Thời hạn phê duyệt quy hoạch'), ('plan_leaves_at_once', 'Đưa ra khỏi quy hoạch ngay'), ('plan_returns', 'Đưa trở lại quy hoạch'), ('plan_position_missing', 'Chức danh chưa có người quy hoạch'), ('plan_ballot_missing', 'Kết quả lấy phiếu giới thiệu')], max_length=40, verbose_name="quy tắc"),
        ),
        migrations.RunPython(add_rules, remove_rules),
    ]
