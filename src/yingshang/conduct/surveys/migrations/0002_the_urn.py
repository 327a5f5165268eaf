"""The database itself holds the urn: one code, one answer; published versions stay; nothing is changed in place.

The three functions run with the rights of the tables' owner, because the web
role has none to write there. They hold a lock of the survey, shared by those
who answer, so that no answer arrives while the urn is closed and shuffled.
"""

from django.db import migrations

LOCK_SPACE = 7_402  # any number that no other lock of ours uses

ISSUE = f"""
CREATE FUNCTION surveys_issue(wanted bigint, strata bigint[], digests bytea[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $body$
BEGIN
    PERFORM pg_advisory_xact_lock({LOCK_SPACE}, wanted::integer);
    IF NOT EXISTS (SELECT FROM surveys_survey WHERE id = wanted AND state = 'open') THEN
        RAISE EXCEPTION 'survey % is not open', wanted USING ERRCODE = 'check_violation';
    END IF;
    DELETE FROM surveys_token USING surveys_stratum AS layer
    WHERE layer.id = stratum_id AND layer.survey_id = wanted;
    INSERT INTO surveys_token (digest, stratum_id)
    SELECT code, layer.id FROM unnest(strata, digests) AS given (stratum, code)
    JOIN surveys_stratum AS layer ON layer.id = stratum AND layer.survey_id = wanted
    ORDER BY code;
    IF EXISTS (
        SELECT FROM surveys_stratum AS layer WHERE survey_id = wanted AND population <
            (SELECT count(*) FROM surveys_token WHERE stratum_id = layer.id)
            + (SELECT count(*) FROM surveys_answer WHERE stratum_id = layer.id)
    ) THEN
        RAISE EXCEPTION 'survey %: more codes than enterprises', wanted USING ERRCODE = 'check_violation';
    END IF;
END
$body$;
"""

LAY = f"""
CREATE FUNCTION surveys_lay_down(code bytea, today date, sheet jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $body$
DECLARE
    asked bigint;
    laid bigint;
BEGIN
    SELECT survey_id INTO asked FROM surveys_token JOIN surveys_stratum AS layer ON layer.id = stratum_id
    WHERE digest = code;
    IF asked IS NULL THEN
        RETURN NULL;
    END IF;
    PERFORM pg_advisory_xact_lock_shared({LOCK_SPACE}, asked::integer);
    IF NOT EXISTS (
        SELECT FROM surveys_survey WHERE id = asked AND state = 'open' AND today BETWEEN opened_on AND last_day
    ) THEN
        RETURN NULL;
    END IF;
    WITH struck AS (DELETE FROM surveys_token WHERE digest = code RETURNING stratum_id)
    INSERT INTO surveys_answer (id, stratum_id, day, "values")
    SELECT gen_random_uuid(), stratum_id, today, sheet FROM struck RETURNING stratum_id INTO laid;
    RETURN laid;
END
$body$;
"""

SHUFFLE = f"""
CREATE FUNCTION surveys_close(wanted bigint, today date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $body$
BEGIN
    PERFORM pg_advisory_xact_lock({LOCK_SPACE}, wanted::integer);
    UPDATE surveys_survey SET state = 'closed', closed_on = today WHERE id = wanted AND state = 'open';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'survey % is not open', wanted USING ERRCODE = 'check_violation';
    END IF;
    DELETE FROM surveys_token USING surveys_stratum AS layer
    WHERE layer.id = stratum_id AND layer.survey_id = wanted;
    WITH taken AS (
        DELETE FROM surveys_answer USING surveys_stratum AS layer
        WHERE layer.id = stratum_id AND layer.survey_id = wanted
        RETURNING stratum_id, day, "values"
    )
    INSERT INTO surveys_answer (id, stratum_id, day, "values")
    SELECT gen_random_uuid(), stratum_id, day, "values" FROM taken ORDER BY gen_random_uuid();
END
$body$;
"""

KEPT = """
CREATE FUNCTION surveys_refuse() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    RAISE EXCEPTION '% of % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$body$;
CREATE TRIGGER surveys_version_is_frozen BEFORE UPDATE OR DELETE ON surveys_version
    FOR EACH ROW WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION surveys_refuse();
CREATE TRIGGER surveys_published_stays BEFORE UPDATE OR DELETE ON surveys_survey
    FOR EACH ROW WHEN (OLD.state = 'published') EXECUTE FUNCTION surveys_refuse();
CREATE TRIGGER surveys_closed_stays_closed BEFORE UPDATE ON surveys_survey
    FOR EACH ROW WHEN (OLD.state = 'closed' AND NEW.state = 'open' OR OLD.version_id <> NEW.version_id)
    EXECUTE FUNCTION surveys_refuse();
CREATE TRIGGER surveys_answer_is_kept BEFORE UPDATE ON surveys_answer
    FOR EACH ROW EXECUTE FUNCTION surveys_refuse();
CREATE TRIGGER surveys_frame_is_kept BEFORE UPDATE OR DELETE ON surveys_framerow
    FOR EACH ROW EXECUTE FUNCTION surveys_refuse();
CREATE TRIGGER surveys_stratum_is_kept BEFORE UPDATE OR DELETE ON surveys_stratum
    FOR EACH ROW EXECUTE FUNCTION surveys_refuse();
"""


class Migration(migrations.Migration):
    """Functions and triggers; the owner is bound by the triggers too."""

    dependencies = [("surveys", "0001_initial")]
    operations = [migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in (ISSUE, LAY, SHUFFLE, KEPT)]
