from django.db import migrations

GUARD = """
CREATE FUNCTION lists_row_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    edition_state text;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        SELECT state INTO edition_state FROM lists_edition WHERE id = OLD.edition_id;
        IF edition_state <> 'draft' THEN
            RAISE EXCEPTION 'lists_row_stands: edition % has left the draft', OLD.edition_id
                USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        SELECT state INTO edition_state FROM lists_edition WHERE id = NEW.edition_id;
        IF edition_state <> 'draft' THEN
            RAISE EXCEPTION 'lists_row_stands: edition % has left the draft', NEW.edition_id
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    RETURN OLD;
END
$$;
CREATE TRIGGER lists_row_stands BEFORE INSERT OR UPDATE OR DELETE ON lists_row
    FOR EACH ROW EXECUTE FUNCTION lists_row_stands();

-- An edition goes forward only, and what was published keeps its content.
CREATE FUNCTION lists_edition_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.state <> 'draft' THEN
            RAISE EXCEPTION 'lists_edition_stands: edition % has left the draft', OLD.id
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF (OLD.state, NEW.state) NOT IN (
        ('draft', 'draft'), ('draft', 'reviewed'), ('reviewed', 'published'), ('published', 'superseded')
    ) OR (OLD.state <> 'draft' AND (OLD.digest, OLD.effective_from, OLD.of_id, OLD.number)
        IS DISTINCT FROM (NEW.digest, NEW.effective_from, NEW.of_id, NEW.number)
    ) THEN
        RAISE EXCEPTION 'lists_edition_stands: edition % may not change so', OLD.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER lists_edition_stands BEFORE UPDATE OR DELETE ON lists_edition
    FOR EACH ROW EXECUTE FUNCTION lists_edition_stands();
"""
UNDO = """
DROP TRIGGER lists_edition_stands ON lists_edition;
DROP FUNCTION lists_edition_stands();
DROP TRIGGER lists_row_stands ON lists_row;
DROP FUNCTION lists_row_stands();
"""


class Migration(migrations.Migration):
    dependencies = [("lists", "0001_initial")]
    operations = [migrations.RunSQL(GUARD, UNDO)]
