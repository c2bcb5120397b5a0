"""The journal is only added to: triggers on both engines refuse UPDATE and DELETE of its entries."""

from django.db import migrations

MESSAGE = "the journal is only added to"


def refuse_changes(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE FUNCTION refuse_journal_change() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        schema_editor.execute(
            "CREATE TRIGGER journal_is_only_added_to BEFORE UPDATE OR DELETE ON auditlog_logentry "
            "FOR EACH ROW EXECUTE FUNCTION refuse_journal_change()"
        )
        return
    for event in ("UPDATE", "DELETE"):
        schema_editor.execute(
            f"CREATE TRIGGER journal_is_only_added_to_on_{event.lower()} BEFORE {event} ON auditlog_logentry "
            f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        )


def allow_changes(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER journal_is_only_added_to ON auditlog_logentry")
        schema_editor.execute("DROP FUNCTION refuse_journal_change()")
        return
    for event in ("update", "delete"):
        schema_editor.execute(f"DROP TRIGGER journal_is_only_added_to_on_{event}")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("auditlog", "0017_add_actor_email"),
    ]

    operations = [migrations.RunPython(refuse_changes, allow_changes)]
