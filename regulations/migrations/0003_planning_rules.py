"""The rules of succession planning that the product starts with; an administrator edits them.

All of it is what DOMAIN.md §6 says, with the grade given there. Quy định 50-QĐ/TW, with Hướng dẫn 16-HD/BTCTW, was in
force until 8/10/2025, when Quy định 377-QĐ/TW came into force. What is evidenced for both has a row on each side of that
day, each with its own citation. What is evidenced for 50-QĐ/TW alone goes on afterwards as a default that nobody has
verified (grade M), so that an office keeps its habits until it has read the new text; such a default only warns. From which day 50-QĐ/TW was in
force is not known here: its rows begin on the day that it bears, which is not shown as its validity.
"""

from datetime import date
from decimal import Decimal

from django.db import migrations, models

REGISTER_BEGINS = date(2015, 1, 1)
FORMER_BEGINS, CHANGE = date(2021, 12, 27), date(2025, 10, 8)
FORMER = "Quy định 50-QĐ/TW, ngày 27/12/2021"
GUIDANCE = "Hướng dẫn 16-HD/BTCTW, ngày 15/02/2022"
PRESENT = "Quy định 377-QĐ/TW"

# code, value, unit, severity, grade under the former regulation, grade under the present one, statement
RULES = [
    (
        "planning_regulation", None, "", "info", "A", "B",
        "Công tác quy hoạch thực hiện theo quy định của Trung ương có hiệu lực vào ngày làm việc.",
    ),
    (
        "plan_people_per_position", 3, "người", "block", "B", "B",
        "Một chức danh quy hoạch không quá 3 người.",
    ),
    (
        "plan_positions_per_person", 3, "chức danh", "block", "B", "B",
        "Một người được quy hoạch không quá 3 chức danh ở cùng một cấp.",
    ),
    (
        "plan_higher_position", None, "", "block", "A", "B",
        "Chỉ quy hoạch chức danh cao hơn chức danh đang giữ.",
    ),
    (
        "plan_women_percent", 25, "%", "warn", "B", "M",
        "Phấn đấu tỷ lệ nữ trong quy hoạch từ 25% trở lên.",
    ),
    (
        "plan_young_percent", 15, "%", "warn", "B", "M",
        "Phấn đấu tỷ lệ cán bộ dưới 40 tuổi trong quy hoạch từ 15% trở lên, ở cấp tỉnh và cấp trên trực tiếp cơ sở.",
    ),
    (
        "plan_ethnic_minority", None, "", "info", "B", "M",
        "Có cán bộ người dân tộc thiểu số phù hợp với thực tế nơi quy hoạch; không quy định tỷ lệ.",
    ),
    (
        "plan_one_term_left", 60, "tháng", "block", "B", "M",
        "Người được quy hoạch còn thời gian công tác ít nhất trọn một nhiệm kỳ tới, tính là 60 tháng.",
    ),
    (
        "plan_two_terms_left", 120, "tháng", "warn", "B", "M",
        "Người được quy hoạch còn thời gian công tác hai nhiệm kỳ, tính là 120 tháng.",
    ),
    (
        "plan_leaves_at_once", None, "", "block", "B", "M",
        "Ra khỏi quy hoạch ngay: người quá tuổi, bị kỷ luật từ khiển trách trở lên, bị kết luận không bảo đảm tiêu chuẩn chính trị.",
    ),
]  # fmt: skip

# code, value, unit, severity, statement: settings of the office, or what the records themselves say
OTHERS = [
    (
        "plan_least_coefficient", "1.00", "lần số vị trí", "warn", "M",
        "Số người quy hoạch cấp ủy, ban thường vụ ít nhất bằng 1,0 lần số vị trí.",
    ),
    (
        "plan_most_coefficient", "1.50", "lần số vị trí", "warn", "M",
        "Số người quy hoạch cấp ủy, ban thường vụ nhiều nhất bằng 1,5 lần số vị trí.",
    ),
    (
        "plan_position_missing", None, "", "warn", "R",
        "Mỗi chức danh trong nhóm được trình đều có người quy hoạch; nếu không thì nêu lý do.",
    ),
    (
        "plan_ballot_missing", None, "", "warn", "R",
        "Người được trình có kết quả ở bước lấy phiếu cuối cùng; nếu không thì nêu lý do.",
    ),
]  # fmt: skip


def add_rules(apps, schema_editor):
    def add(code, value, unit, severity, grade, valid_from, valid_to, statement, citation="", start_is_known=False):
        apps.get_model("regulations", "Rule").objects.create(
            code=code,
            value=None if value is None else Decimal(value),
            unit=unit,
            severity=severity,
            grade=grade,
            valid_from=valid_from,
            valid_to=valid_to,
            statement=statement,
            citation=citation,
            start_is_known=start_is_known,
        )

    for code, value, unit, severity, former, present, statement in RULES:
        source = f"{FORMER}; {GUIDANCE}" if code == "planning_regulation" else FORMER
        add(code, value, unit, severity, former, FORMER_BEGINS, CHANGE, statement, source)
        verified = present in "AB"
        source = PRESENT if verified else ""
        severity = "warn" if severity == "block" and not verified else severity
        add(code, value, unit, severity, present, CHANGE, None, statement, source, start_is_known=verified)
    for code, value, unit, severity, grade, statement in OTHERS:
        add(code, value, unit, severity, grade, REGISTER_BEGINS, None, statement)
    statement = "Quy hoạch được phê duyệt trong 30 ngày làm việc kể từ ngày nhận đủ hồ sơ."
    days = ("plan_approval_working_days", 30, "ngày làm việc", "info")
    add(*days, "A", FORMER_BEGINS, CHANGE, statement, GUIDANCE)
    add(*days, "M", CHANGE, None, statement)
    statement = "Người bị khiển trách, cảnh cáo được xem xét đưa trở lại quy hoạch khi quyết định kỷ luật đã hết hiệu lực."
    add("plan_returns", None, "", "info", "B", CHANGE, None, statement, PRESENT, start_is_known=True)


class Migration(migrations.Migration):
    dependencies = [("regulations", "0002_rules_ages_holidays")]
    operations = [
        migrations.AlterField(
            model_name='rule',
            name='code',
            field=models.CharField(choices=[('vote_majority', 'Tỷ lệ trúng cử'), ('slate_surplus_percent', 'Số dư trong danh sách bầu cử'), ('committee_over_size', 'Vượt số lượng cấp ủy viên được duyệt'), ('second_officer', 'Số người cùng giữ một chức danh'), ('officer_is_member', 'Bí thư, phó bí thư, ủy viên ban thường vụ là cấp ủy viên'), ('inspection_committee_allowed', 'Nơi có ủy ban kiểm tra'), ('months_before_congress', 'Thời gian ngừng bổ sung trước đại hội'), ('reelection_months_left', 'Thời gian công tác còn lại khi tái cử'), ('nomination_months_left', 'Thời gian công tác còn lại khi được giới thiệu'), ('disciplined_person', 'Người đang bị kỷ luật'), ('already_holds', 'Người đang giữ chính chức danh đó'), ('dates_in_order', 'Trình tự các ngày trong hồ sơ'), ('effective_after_election', 'Ngày có hiệu lực so với ngày bầu'), ('document_number_unique', 'Số văn bản không trùng'), ('report_working_days', 'Thời hạn báo cáo kết quả bầu cử'), ('confirmation_working_days', 'Thời hạn chuẩn y kết quả bầu cử'), ('cell_committee_min_members', 'Số đảng viên chính thức để chi bộ có chi ủy'), ('cell_committee_max', 'Số chi ủy viên nhiều nhất'), ('planning_regulation', 'Quy định về công tác quy hoạch'), ('plan_people_per_position', 'Số người quy hoạch một chức danh'), ('plan_positions_per_person', 'Số chức danh quy hoạch của một người ở cùng cấp'), ('plan_higher_position', 'Quy hoạch chức danh cao hơn chức danh đang giữ'), ('plan_women_percent', 'Tỷ lệ nữ trong quy hoạch'), ('plan_young_percent', 'Tỷ lệ cán bộ dưới 40 tuổi trong quy hoạch'), ('plan_ethnic_minority', 'Cán bộ người dân tộc thiểu số trong quy hoạch'), ('plan_one_term_left', 'Còn thời gian công tác trọn một nhiệm kỳ'), ('plan_two_terms_left', 'Còn thời gian công tác hai nhiệm kỳ'), ('plan_least_coefficient', 'Hệ số quy hoạch thấp nhất'), ('plan_most_coefficient', 'Hệ số quy hoạch cao nhất'), ('plan_approval_working_days', 'Thời hạn phê duyệt quy hoạch'), ('plan_leaves_at_once', 'Đưa ra khỏi quy hoạch ngay'), ('plan_returns', 'Đưa trở lại quy hoạch'), ('plan_position_missing', 'Chức danh chưa có người quy hoạch'), ('plan_ballot_missing', 'Kết quả lấy phiếu giới thiệu')], max_length=40, verbose_name='quy tắc'),
        ),
        migrations.RunPython(add_rules, migrations.RunPython.noop),
    ]
