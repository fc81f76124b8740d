"""What the record cannot lose by a bug or a careless statement: append-only by trigger; the sequence of numbers."""

from django.db import migrations

FORWARD = """
CREATE SEQUENCE cases_number;

CREATE FUNCTION cases_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;

-- Content goes only where a signed deletion entry covers it (cases.actions.erase).
CREATE FUNCTION cases_refuse_unentered_deletion() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_case bigint;
    at_seq integer := 0;
BEGIN
    IF TG_TABLE_NAME = 'cases_eventcontent' THEN
        SELECT case_id, seq INTO of_case, at_seq FROM cases_caseevent WHERE id = OLD.event_id;
    ELSE
        of_case := OLD.case_id;
    END IF;
    IF NOT EXISTS (SELECT FROM cases_deletionentry WHERE case_id = of_case AND up_to_seq >= at_seq) THEN
        RAISE EXCEPTION '%: no deletion is entered for case %', TG_TABLE_NAME, of_case
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
END $$;
"""
APPEND_ONLY = ["cases_caseevent", "cases_checkpoint", "cases_checkpointhead", "cases_deletionentry"]
ERASABLE = ["cases_eventcontent", "cases_answers", "cases_decision"]


def _triggers() -> str:
    lines = []
    for table in APPEND_ONLY:
        lines.append(
            f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION cases_refuse_change();"
        )
    for table in ERASABLE:
        lines.append(
            f"CREATE TRIGGER {table}_kept BEFORE UPDATE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION cases_refuse_change();"
        )
        lines.append(
            f"CREATE TRIGGER {table}_erased BEFORE DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION cases_refuse_unentered_deletion();"
        )
    for table in [*APPEND_ONLY, *ERASABLE]:
        lines.append(
            f"CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION cases_refuse_change();"
        )
    return "\n".join(lines)


BACKWARD = "DROP FUNCTION cases_refuse_unentered_deletion CASCADE; DROP FUNCTION cases_refuse_change CASCADE; DROP SEQUENCE cases_number;"


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]
    operations = [
        migrations.RunSQL(FORWARD + _triggers(), BACKWARD),
    ]
