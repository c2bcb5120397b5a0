"""Entries leave the plan when their organisation ends."""

from django.db import migrations, models

REASONS = [
    ("not_introduced", "Không đủ điều kiện khi rà soát, chưa phê duyệt"),
    ("not_chosen", "Không đủ phiếu giới thiệu"),
    ("not_approved", "Không được phê duyệt"),
    ("over_age", "Quá tuổi"),
    ("discipline", "Bị kỷ luật"),
    ("political_standard", "Không bảo đảm tiêu chuẩn chính trị"),
    ("transfer", "Chuyển công tác"),
    ("appointed", "Đã giữ chức danh quy hoạch"),
    ("own_wish", "Nguyện vọng cá nhân"),
    ("organization_ended", "Tổ chức đảng kết thúc hoạt động"),
    ("other", "Lý do khác"),
]


class Migration(migrations.Migration):
    dependencies = [("planning", "0002_planning_in_rounds")]

    operations = [
        migrations.AlterField(
            model_name="planentry",
            name="removal_reason",
            field=models.CharField(blank=True, choices=REASONS, max_length=30, verbose_name="lý do đưa ra"),
        ),
        migrations.AlterField(
            model_name="reviewverdict",
            name="reason",
            field=models.CharField(blank=True, choices=REASONS, max_length=30, verbose_name="lý do đưa ra"),
        ),
    ]
