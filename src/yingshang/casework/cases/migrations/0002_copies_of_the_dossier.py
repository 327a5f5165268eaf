"""State, openness and nearest due date of a case are copies, kept by the database itself.

The sweep moves a dossier and a pause moves a clock without knowing of cases.
With the copies a list of cases is one table and one index, at any size.
"""

from django.db import migrations

FOLLOW = """
CREATE FUNCTION cases_nearest_due(dossier bigint) RETURNS date LANGUAGE sql STABLE AS $$
    SELECT min(due_date) FROM work_obligation
    WHERE dossier_id = dossier AND state = 'open' AND kind = 'work.limit' AND unit_id IS NOT NULL
$$;

CREATE FUNCTION cases_begin_like_the_dossier() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT state, closed_at IS NULL INTO NEW.state, NEW.is_open FROM work_dossier WHERE id = NEW.dossier_id;
    NEW.due_date := cases_nearest_due(NEW.dossier_id);
    RETURN NEW;
END
$$;
CREATE TRIGGER cases_case_begins BEFORE INSERT ON cases_case
    FOR EACH ROW EXECUTE FUNCTION cases_begin_like_the_dossier();

CREATE FUNCTION cases_stand_like_the_dossier() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE cases_case SET state = NEW.state, is_open = NEW.closed_at IS NULL WHERE dossier_id = NEW.id;
    RETURN NULL;
END
$$;
CREATE TRIGGER cases_case_stands AFTER UPDATE ON work_dossier
    FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state OR OLD.closed_at IS DISTINCT FROM NEW.closed_at)
    EXECUTE FUNCTION cases_stand_like_the_dossier();

CREATE FUNCTION cases_due_like_the_obligation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE cases_case SET due_date = cases_nearest_due(NEW.dossier_id)
    WHERE dossier_id = NEW.dossier_id AND due_date IS DISTINCT FROM cases_nearest_due(NEW.dossier_id);
    RETURN NULL;
END
$$;
CREATE TRIGGER cases_case_owes AFTER INSERT ON work_obligation
    FOR EACH ROW WHEN (NEW.kind = 'work.limit' AND NEW.dossier_id IS NOT NULL)
    EXECUTE FUNCTION cases_due_like_the_obligation();
CREATE TRIGGER cases_case_due AFTER UPDATE ON work_obligation
    FOR EACH ROW
    WHEN (NEW.kind = 'work.limit' AND NEW.dossier_id IS NOT NULL
          AND (OLD.due_date IS DISTINCT FROM NEW.due_date OR OLD.state IS DISTINCT FROM NEW.state))
    EXECUTE FUNCTION cases_due_like_the_obligation();
"""

UNFOLLOW = """
DROP TRIGGER cases_case_due ON work_obligation;
DROP TRIGGER cases_case_owes ON work_obligation;
DROP FUNCTION cases_due_like_the_obligation();
DROP TRIGGER cases_case_stands ON work_dossier;
DROP FUNCTION cases_stand_like_the_dossier();
DROP TRIGGER cases_case_begins ON cases_case;
DROP FUNCTION cases_begin_like_the_dossier();
DROP FUNCTION cases_nearest_due(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("work", "0003_licenses_are_revoked")]
    operations = [migrations.RunSQL(FOLLOW, UNFOLLOW)]
