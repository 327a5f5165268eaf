"""What is published never changes, whatever the program does: only its last day and its end may be filled in."""

from django.db import migrations

FROZEN = """
CREATE FUNCTION catalogue_version_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a version of an item is never deleted' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.published_at IS NOT NULL AND (
        (to_jsonb(NEW) - '{state,effective_to,ended_because}'::text[])
            IS DISTINCT FROM (to_jsonb(OLD) - '{state,effective_to,ended_because}'::text[])
        OR NEW.state NOT IN ('published', 'ended')
        OR (OLD.state = 'ended' AND NEW.state <> 'ended')
        OR (OLD.effective_to IS NOT NULL AND (NEW.effective_to IS NULL OR NEW.effective_to > OLD.effective_to))
    ) THEN
        RAISE EXCEPTION 'version % of item % is published and cannot change', OLD.number, OLD.item_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$body$;
CREATE TRIGGER catalogue_version_is_frozen BEFORE UPDATE OR DELETE ON catalogue_itemversion
    FOR EACH ROW EXECUTE FUNCTION catalogue_version_is_frozen();
"""

THAWED = """
DROP TRIGGER catalogue_version_is_frozen ON catalogue_itemversion;
DROP FUNCTION catalogue_version_is_frozen();
"""


class Migration(migrations.Migration):
    """A trigger on versions; drafts change freely, what is published is closed at most."""

    dependencies = [("catalogue", "0001_initial")]

    operations = [migrations.RunSQL(FROZEN, THAWED)]
