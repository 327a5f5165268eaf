"""What is drawn becomes the frame once, and codes know their cluster.

The functions of 0002 are made anew: a code and a sheet carry the cluster where
clusters were drawn, and codes are counted against those invited, not against
all there are. Taking over a draw is a function too: rows of a frame are never
changed in any other way.
"""

from django.db import migrations

LOCK_SPACE = 7_402  # that of 0002: opening, answering and closing hold it

LOOSE = """
DROP TRIGGER surveys_frame_is_kept ON surveys_framerow;
DROP TRIGGER surveys_stratum_is_kept ON surveys_stratum;
DROP TRIGGER surveys_closed_stays_closed ON surveys_survey;
DROP FUNCTION surveys_issue(bigint, bigint[], bytea[]);
UPDATE surveys_stratum SET to_draw = population, invited = population;
"""

ISSUE = f"""
CREATE FUNCTION surveys_issue(wanted bigint, strata bigint[], clusters bigint[], digests bytea[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $body$
BEGIN
    PERFORM pg_advisory_xact_lock({LOCK_SPACE}, wanted::integer);
    IF NOT EXISTS (SELECT FROM surveys_survey WHERE id = wanted AND state = 'open') THEN
        RAISE EXCEPTION 'survey % is not open', wanted USING ERRCODE = 'check_violation';
    END IF;
    DELETE FROM surveys_token USING surveys_stratum AS layer
    WHERE layer.id = stratum_id AND layer.survey_id = wanted;
    INSERT INTO surveys_token (digest, stratum_id, cluster_id)
    SELECT code, layer.id, part.id FROM unnest(strata, clusters, digests) AS given (stratum, place, code)
    JOIN surveys_stratum AS layer ON layer.id = stratum AND layer.survey_id = wanted
    LEFT JOIN surveys_cluster AS part ON part.id = place AND part.stratum_id = layer.id
    ORDER BY code;
    IF EXISTS (
        SELECT FROM surveys_stratum AS layer WHERE survey_id = wanted AND coalesce(invited, 0) <
            (SELECT count(*) FROM surveys_token WHERE stratum_id = layer.id)
            + (SELECT count(*) FROM surveys_answer WHERE stratum_id = layer.id)
    ) OR EXISTS (
        SELECT FROM surveys_cluster AS part JOIN surveys_stratum AS layer ON layer.id = part.stratum_id
        WHERE layer.survey_id = wanted AND coalesce(part.invited, 0) <
            (SELECT count(*) FROM surveys_token WHERE cluster_id = part.id)
            + (SELECT count(*) FROM surveys_answer WHERE cluster_id = part.id)
    ) THEN
        RAISE EXCEPTION 'survey %: more codes than enterprises', wanted USING ERRCODE = 'check_violation';
    END IF;
END
$body$;
"""

LAY = f"""
CREATE OR REPLACE FUNCTION surveys_lay_down(code bytea, today date, sheet jsonb) RETURNS bigint
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
    WITH struck AS (DELETE FROM surveys_token WHERE digest = code RETURNING stratum_id, cluster_id)
    INSERT INTO surveys_answer (id, stratum_id, cluster_id, day, "values")
    SELECT gen_random_uuid(), stratum_id, cluster_id, today, sheet FROM struck RETURNING stratum_id INTO laid;
    RETURN laid;
END
$body$;
"""

SHUFFLE = f"""
CREATE OR REPLACE FUNCTION surveys_close(wanted bigint, today date) RETURNS void
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
        RETURNING stratum_id, cluster_id, day, "values"
    )
    INSERT INTO surveys_answer (id, stratum_id, cluster_id, day, "values")
    SELECT gen_random_uuid(), stratum_id, cluster_id, day, "values" FROM taken ORDER BY gen_random_uuid();
END
$body$;
"""

TAKE_OVER = f"""
CREATE FUNCTION surveys_take_over(wanted bigint, today date, until date, parties text[], places bigint[])
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $body$
DECLARE
    how text;
    found bigint;
BEGIN
    PERFORM pg_advisory_xact_lock({LOCK_SPACE}, wanted::integer);
    UPDATE surveys_survey SET state = 'open', opened_on = today, last_day = until
    WHERE id = wanted AND state = 'planned' RETURNING way INTO how;
    IF how IS NULL THEN
        RAISE EXCEPTION 'survey % waits for no draw', wanted USING ERRCODE = 'check_violation';
    END IF;
    UPDATE surveys_framerow SET reason = 'not_drawn' WHERE survey_id = wanted AND reason = '' AND NOT (
        (how = 'clusters' OR EXISTS (SELECT FROM unnest(parties) AS one WHERE one = number))
        AND (how = 'sample' OR EXISTS (SELECT FROM unnest(places) AS one WHERE one = cluster_id))
    );
    UPDATE surveys_cluster AS part SET invited =
        (SELECT count(*) FROM surveys_framerow WHERE cluster_id = part.id AND reason = '')
    FROM surveys_stratum AS layer WHERE layer.id = part.stratum_id AND layer.survey_id = wanted;
    UPDATE surveys_stratum AS layer SET invited =
        (SELECT count(*) FROM surveys_framerow WHERE stratum_id = layer.id AND reason = '')
    WHERE survey_id = wanted;
    SELECT count(*) INTO found FROM surveys_framerow WHERE survey_id = wanted AND reason = '';
    RETURN found;
END
$body$;
"""

KEPT = """
CREATE TRIGGER surveys_frame_is_kept BEFORE DELETE ON surveys_framerow
    FOR EACH ROW EXECUTE FUNCTION surveys_refuse();
CREATE TRIGGER surveys_frame_is_drawn_once BEFORE UPDATE ON surveys_framerow
    FOR EACH ROW WHEN (
        OLD.reason <> '' OR NEW.reason <> 'not_drawn'
        OR (OLD.id, OLD.survey_id, OLD.party_id, OLD.stratum_id, OLD.cluster_id, OLD.salt, OLD.number)
            IS DISTINCT FROM (NEW.id, NEW.survey_id, NEW.party_id, NEW.stratum_id, NEW.cluster_id, NEW.salt, NEW.number)
    ) EXECUTE FUNCTION surveys_refuse();
CREATE TRIGGER surveys_stratum_is_kept BEFORE DELETE ON surveys_stratum
    FOR EACH ROW EXECUTE FUNCTION surveys_refuse();
CREATE TRIGGER surveys_stratum_is_drawn_once BEFORE UPDATE ON surveys_stratum
    FOR EACH ROW WHEN (
        OLD.invited IS NOT NULL OR (OLD.id, OLD.survey_id, OLD.key, OLD.title, OLD.population, OLD.to_draw)
            IS DISTINCT FROM (NEW.id, NEW.survey_id, NEW.key, NEW.title, NEW.population, NEW.to_draw)
    ) EXECUTE FUNCTION surveys_refuse();
CREATE TRIGGER surveys_cluster_is_kept BEFORE DELETE ON surveys_cluster
    FOR EACH ROW EXECUTE FUNCTION surveys_refuse();
CREATE TRIGGER surveys_cluster_is_drawn_once BEFORE UPDATE ON surveys_cluster
    FOR EACH ROW WHEN (
        OLD.invited IS NOT NULL OR (OLD.id, OLD.stratum_id, OLD.key, OLD.title, OLD.number, OLD.population)
            IS DISTINCT FROM (NEW.id, NEW.stratum_id, NEW.key, NEW.title, NEW.number, NEW.population)
    ) EXECUTE FUNCTION surveys_refuse();
CREATE TRIGGER surveys_goes_on_only BEFORE UPDATE ON surveys_survey
    FOR EACH ROW WHEN (
        OLD.state = 'dropped' OR OLD.state = 'closed' AND NEW.state NOT IN ('closed', 'published')
        OR OLD.state = 'open' AND NEW.state NOT IN ('open', 'closed')
        OR OLD.state = 'planned' AND NEW.state NOT IN ('planned', 'open', 'dropped')
        OR (OLD.version_id, OLD.way, OLD.roll, OLD.layered_by, OLD.grouped_by, OLD.within, OLD.domain_question)
            IS DISTINCT FROM
            (NEW.version_id, NEW.way, NEW.roll, NEW.layered_by, NEW.grouped_by, NEW.within, NEW.domain_question)
        OR OLD.draw_serial IS NOT NULL AND OLD.draw_serial IS DISTINCT FROM NEW.draw_serial
    ) EXECUTE FUNCTION surveys_refuse();
"""


class Migration(migrations.Migration):
    """Functions and triggers; the owner is bound by the triggers too."""

    dependencies = [("surveys", "0003_frames_and_clusters")]
    operations = [
        migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in (LOOSE, ISSUE, LAY, SHUFFLE, TAKE_OVER, KEPT)
    ]
