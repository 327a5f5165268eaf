"""The database itself keeps the order of a draw, whoever writes: nothing is changed, nothing comes before its time.

Every insert takes the lock of its draw first, so two people at once stand in
line and the second sees what the first did. The functions run with the rights
of whoever writes and read nothing that is sealed.
"""

from django.db import migrations

from yingshang.kernel.audience import protect

LOCK_SPACE = 7_391  # any number that no other lock of ours uses; draws.locking names the same

TABLES = ("draw", "step", "sealed", "revealed", "throw", "invitation", "pledge", "seat")

KEPT = """
CREATE FUNCTION draws_refuse() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    RAISE EXCEPTION '% of % refused: a draw is only ever added to', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$body$;
""" + "".join(
    f"""
CREATE TRIGGER draws_{table}_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON draws_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION draws_refuse();
"""
    for table in TABLES
)

SERIAL = f"""
CREATE FUNCTION draws_next_serial() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    last_serial integer;
    last_digest text;
BEGIN
    PERFORM pg_advisory_xact_lock({LOCK_SPACE}, 0);
    SELECT serial, digest INTO last_serial, last_digest FROM draws_draw ORDER BY serial DESC LIMIT 1;
    IF NEW.serial <> coalesce(last_serial, 0) + 1 THEN
        RAISE EXCEPTION 'the next draw is number %, not %', coalesce(last_serial, 0) + 1, NEW.serial
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.commitment->>'previous' IS DISTINCT FROM coalesce(last_digest, repeat('0', 64))
        OR NEW.commitment->>'head' IS DISTINCT FROM NEW.head
        OR NEW.commitment->>'serial' IS DISTINCT FROM NEW.serial::text THEN
        RAISE EXCEPTION 'draw %: the commitment names another head, serial or draw before it', NEW.serial
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$body$;
CREATE TRIGGER draws_serial_is_dense BEFORE INSERT ON draws_draw
    FOR EACH ROW EXECUTE FUNCTION draws_next_serial();
"""

STAGE = f"""
CREATE FUNCTION draws_is_signed(wanted integer) RETURNS boolean LANGUAGE sql STABLE AS $body$
    SELECT EXISTS (
        SELECT FROM draws_step JOIN ledger_leaf USING (entry_id)
        WHERE draw_id = wanted AND number = 1 AND index < (SELECT max(size) FROM ledger_checkpoint)
    )
$body$;

CREATE FUNCTION draws_step_in_turn() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    last_number integer;
    done text[];
    broken text;
BEGIN
    PERFORM pg_advisory_xact_lock({LOCK_SPACE}, NEW.draw_id);
    SELECT coalesce(max(number), 0), coalesce(array_agg(does::text), '{{}}') INTO last_number, done
        FROM draws_step WHERE draw_id = NEW.draw_id;
    broken := CASE
        WHEN NEW.number <> last_number + 1 THEN 'a step out of turn'
        WHEN (NEW.does = 'committed') <> (NEW.number = 1) THEN 'a draw begins with its commitment'
        WHEN done && ARRAY['revealed', 'voided'] THEN 'a step after the end'
        WHEN NEW.does = 'randomness_added' AND 'drawn' = ANY (done) THEN 'randomness after the draw'
        WHEN NEW.does = 'randomness_added' AND NOT draws_is_signed(NEW.draw_id)
            THEN 'randomness before the commitment is in a checkpoint'
        WHEN NEW.does = 'randomness_added' AND NOT EXISTS (
            SELECT FROM draws_draw WHERE serial = NEW.draw_id AND NEW.source = ANY (sources)
        ) THEN 'randomness from a source that the rule does not name'
        WHEN NEW.does = 'drawn' AND EXISTS (
            SELECT unnest(sources) FROM draws_draw WHERE serial = NEW.draw_id
            EXCEPT SELECT source FROM draws_step WHERE draw_id = NEW.draw_id
        ) THEN 'a result before all randomness is there'
        WHEN NEW.does IN ('substituted', 'revealed') AND NOT 'drawn' = ANY (done) THEN 'a step before the result'
    END;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'draw %: %', NEW.draw_id, broken USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$body$;
CREATE TRIGGER draws_steps_come_in_turn BEFORE INSERT ON draws_step
    FOR EACH ROW EXECUTE FUNCTION draws_step_in_turn();

CREATE FUNCTION draws_die_in_time() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    PERFORM pg_advisory_xact_lock({LOCK_SPACE}, NEW.draw_id);
    IF NOT draws_is_signed(NEW.draw_id) OR EXISTS (
        SELECT FROM draws_step
        WHERE draw_id = NEW.draw_id AND (source = 'dice' OR does IN ('drawn', 'revealed', 'voided'))
    ) THEN
        RAISE EXCEPTION 'draw %: a die before the checkpoint or after the witness confirmed', NEW.draw_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$body$;
CREATE TRIGGER draws_dice_come_in_time BEFORE INSERT ON draws_throw
    FOR EACH ROW EXECUTE FUNCTION draws_die_in_time();

CREATE FUNCTION draws_committed_with() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    PERFORM pg_advisory_xact_lock({LOCK_SPACE}, NEW.draw_id);
    IF draws_is_signed(NEW.draw_id) THEN
        RAISE EXCEPTION 'draw %: a seat after the commitment', NEW.draw_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$body$;
CREATE TRIGGER draws_seats_come_with_the_commitment BEFORE INSERT ON draws_seat
    FOR EACH ROW EXECUTE FUNCTION draws_committed_with();
"""

UNDO = "".join(f"DROP TRIGGER draws_{table}_is_kept ON draws_{table};" for table in TABLES) + """
DROP TRIGGER draws_seats_come_with_the_commitment ON draws_seat;
DROP TRIGGER draws_dice_come_in_time ON draws_throw;
DROP TRIGGER draws_steps_come_in_turn ON draws_step;
DROP TRIGGER draws_serial_is_dense ON draws_draw;
DROP FUNCTION draws_committed_with, draws_die_in_time, draws_step_in_turn, draws_is_signed, draws_next_serial,
    draws_refuse;
"""

READER = "(SELECT NULLIF(current_setting('ys.draws_unit', true), ''))"


class Migration(migrations.Migration):
    dependencies = [("draws", "0001_initial"), ("ledger", "0002_append_only")]

    operations = [
        migrations.RunSQL(KEPT + SERIAL + STAGE, UNDO),
        protect(
            "draws_sealed",
            {"add": "FOR INSERT WITH CHECK (true)", "read": f"FOR SELECT USING (unit_code = {READER})"},
        ),
    ]
