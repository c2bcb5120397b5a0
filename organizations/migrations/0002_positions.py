"""The catalogue of positions (DOMAIN.md §2): the product cannot work without it, so it comes with the tables."""

from django.db import migrations

# code, name, short name, body kind, rank, is officer, how many may hold it
POSITIONS = [
    ("secretary", "Bí thư", "BT", "committee", 1, True, 1),
    ("deputy_secretary", "Phó Bí thư", "PBT", "committee", 2, True, None),
    ("standing_member", "Ủy viên Ban Thường vụ", "UVBTV", "standing_committee", 3, False, None),
    ("committee_member", "Ủy viên Ban Chấp hành", "UVBCH", "committee", 4, False, None),
    ("inspection_chair", "Chủ nhiệm Ủy ban Kiểm tra", "CN UBKT", "inspection_committee", 5, True, 1),
    ("inspection_deputy_chair", "Phó Chủ nhiệm Ủy ban Kiểm tra", "PCN UBKT", "inspection_committee", 6, True, None),
    ("inspection_member", "Ủy viên Ủy ban Kiểm tra", "UV UBKT", "inspection_committee", 7, False, None),
]


def add_positions(apps, schema_editor):
    Position = apps.get_model("organizations", "Position")
    for code, name, short_name, body_kind, rank, is_officer, max_holders in POSITIONS:
        Position.objects.create(
            code=code,
            name=name,
            short_name=short_name,
            body_kind=body_kind,
            rank=rank,
            is_officer=is_officer,
            max_holders=max_holders,
        )


class Migration(migrations.Migration):
    dependencies = [("organizations", "0001_initial")]
    operations = [migrations.RunPython(add_positions, migrations.RunPython.noop)]
