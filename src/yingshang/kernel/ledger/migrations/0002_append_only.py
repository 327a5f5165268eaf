"""The database itself numbers entries, builds the tree and refuses to change either.

How an entry gets its leaf:

- sequenced: the insert puts it among the waiting; ``ledger_sequence`` numbers
  them in batches.
- strict: a deferred trigger puts it among the waiting while the transaction
  commits, and a second deferred trigger, queued by the first and so behind
  every other deferred check, locks the head and appends the leaf. The head is
  therefore locked after everything else, whatever a deed does after recording.

Functions that write leaves run with the rights of the tables' owner; the web
role has none on those tables and cannot call ``ledger_append``.
"""

from django.db import migrations

APPEND = r"""
CREATE FUNCTION ledger_append(entries uuid[]) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $body$
DECLARE
    tree_size bigint;
    tree_peaks bytea;
    edge bigint;
    height integer;
    node bytea;
    nodes bytea[];
BEGIN
    SELECT size, peaks INTO STRICT tree_size, tree_peaks FROM ledger_head FOR UPDATE;

    WITH added AS (
        INSERT INTO ledger_leaf (index, entry_id, hash)
        SELECT tree_size + row_number() OVER (ORDER BY place) - 1, id, sha256('\x00'::bytea || content)
        FROM unnest(entries) WITH ORDINALITY AS given (id, place) JOIN ledger_entry USING (id)
        RETURNING index, hash
    )
    SELECT array_agg(hash ORDER BY index) INTO nodes FROM added;

    FOREACH node IN ARRAY coalesce(nodes, '{}') LOOP
        edge := tree_size;
        height := 0;
        WHILE edge & 1 = 1 LOOP
            node := sha256('\x01'::bytea || substring(tree_peaks FROM length(tree_peaks) - 31) || node);
            tree_peaks := substring(tree_peaks FOR length(tree_peaks) - 32);
            edge := edge >> 1;
            height := height + 1;
            IF height = 8 THEN
                INSERT INTO ledger_tile (level, index, root, hashes)
                SELECT 0, edge, node, string_agg(hash, '' ORDER BY index)
                FROM ledger_leaf WHERE index BETWEEN edge * 256 AND edge * 256 + 255;
            ELSIF height % 8 = 0 THEN
                INSERT INTO ledger_tile (level, index, root, hashes)
                SELECT height / 8 - 1, edge, node, string_agg(root, '' ORDER BY index)
                FROM ledger_tile
                WHERE level = height / 8 - 2 AND index BETWEEN edge * 256 AND edge * 256 + 255;
            END IF;
        END LOOP;
        tree_peaks := tree_peaks || node;
        tree_size := tree_size + 1;
    END LOOP;

    UPDATE ledger_head SET size = tree_size, peaks = tree_peaks;
END
$body$;
REVOKE ALL ON FUNCTION ledger_append FROM PUBLIC;
"""

SEQUENCE = """
CREATE FUNCTION ledger_sequence(most integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $body$
DECLARE
    entries uuid[];
BEGIN
    PERFORM FROM ledger_head FOR UPDATE;
    WITH taken AS (
        DELETE FROM ledger_waiting WHERE entry_id IN (
            SELECT entry_id FROM ledger_waiting WHERE NOT is_strict ORDER BY entry_id LIMIT most
        ) RETURNING entry_id
    )
    SELECT array_agg(entry_id ORDER BY entry_id) INTO entries FROM taken;
    IF entries IS NULL THEN
        RETURN 0;
    END IF;
    PERFORM ledger_append(entries);
    RETURN cardinality(entries);
END
$body$;
"""

QUEUE = """
CREATE FUNCTION ledger_wait() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $body$
BEGIN
    INSERT INTO ledger_waiting (entry_id, is_strict) VALUES (NEW.id, NEW.is_strict);
    RETURN NULL;
END
$body$;
CREATE TRIGGER ledger_entry_waits AFTER INSERT ON ledger_entry
    FOR EACH ROW WHEN (NOT NEW.is_strict) EXECUTE FUNCTION ledger_wait();
CREATE CONSTRAINT TRIGGER ledger_strict_entry_waits AFTER INSERT ON ledger_entry
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.is_strict) EXECUTE FUNCTION ledger_wait();

CREATE FUNCTION ledger_number_strict() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $body$
BEGIN
    PERFORM ledger_append(ARRAY[NEW.entry_id]);
    DELETE FROM ledger_waiting WHERE entry_id = NEW.entry_id;
    RETURN NULL;
END
$body$;
CREATE CONSTRAINT TRIGGER ledger_strict_entry_numbered AFTER INSERT ON ledger_waiting
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.is_strict) EXECUTE FUNCTION ledger_number_strict();
"""

KEPT = ("ledger_entry", "ledger_leaf", "ledger_tile", "ledger_checkpoint")

REFUSE = """
CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    RAISE EXCEPTION '% of % refused: the ledger is only ever added to', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$body$;
""" + "".join(
    f"""
CREATE TRIGGER {table}_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
"""
    for table in KEPT
) + """
CREATE TRIGGER ledger_head_is_kept BEFORE DELETE OR TRUNCATE ON ledger_head
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_head_only_grows BEFORE UPDATE ON ledger_head
    FOR EACH ROW WHEN (NEW.size <= OLD.size) EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_waiting_is_kept BEFORE UPDATE OR TRUNCATE ON ledger_waiting
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
INSERT INTO ledger_head (id, size, peaks) VALUES (1, 0, '');
"""

UNDO = "".join(
    f"DROP TRIGGER {trigger} ON {table};"
    for trigger, table in [
        ("ledger_entry_waits", "ledger_entry"),
        ("ledger_strict_entry_waits", "ledger_entry"),
        ("ledger_strict_entry_numbered", "ledger_waiting"),
        ("ledger_waiting_is_kept", "ledger_waiting"),
        ("ledger_head_is_kept", "ledger_head"),
        ("ledger_head_only_grows", "ledger_head"),
        *((f"{table}_is_kept", table) for table in KEPT),
    ]
) + """
DROP FUNCTION ledger_refuse, ledger_number_strict, ledger_wait, ledger_sequence, ledger_append;
DELETE FROM ledger_head;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [migrations.RunSQL(APPEND + SEQUENCE + QUEUE + REFUSE, UNDO)]
