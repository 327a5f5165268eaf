"""The due date of an obligation is a copy of its clock's, kept by the database itself.

Whoever changes a clock (a pause, an extension, a new calendar) need not know
of obligations, and the two can never disagree.
"""

from django.db import migrations

FOLLOW = """
CREATE FUNCTION work_follow_the_clock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE work_obligation SET due_date = NEW.due_date, due_at = NEW.due_at WHERE clock_id = NEW.id;
    RETURN NULL;
END
$$;
CREATE TRIGGER work_obligation_follows AFTER UPDATE ON clock_clock
    FOR EACH ROW
    WHEN (OLD.due_date IS DISTINCT FROM NEW.due_date OR OLD.due_at IS DISTINCT FROM NEW.due_at)
    EXECUTE FUNCTION work_follow_the_clock();
"""

UNFOLLOW = """
DROP TRIGGER work_obligation_follows ON clock_clock;
DROP FUNCTION work_follow_the_clock();
"""


class Migration(migrations.Migration):
    dependencies = [("work", "0001_initial"), ("clock", "0001_initial")]
    operations = [migrations.RunSQL(FOLLOW, UNFOLLOW)]
