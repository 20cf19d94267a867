--
-- The lists as views
--
\set SHOW_CONTEXT never

SELECT count(*) FROM pg_extension_install('bar (= 1.0), t_chain (= 1.0)');
SELECT name, version, newest_version, automatic, held FROM extman.installed
WHERE name IN ('bar', 't_chain') ORDER BY name;

-- The newest version, and the one that can be had.
SELECT pg_extension_hold('t_chain');
SELECT name, installed_version, newest_version, installable_version, comment FROM extman.available
WHERE name IN ('bar', 'baz', 'bla', 'foo', 't_chain', 't_rival_a', 't_needs_absent', 't_cycle_a', 't_high', 'citext',
               't_on_chain', 'exchange')
ORDER BY name COLLATE "C";
-- Each is what a request says.
DO $$
DECLARE
    offer record;
    version text;
BEGIN
    FOR offer IN TABLE extman.available LOOP
        version := offer.installed_version;
        BEGIN
            SELECT coalesce(new_version, version) INTO version
            FROM (SELECT) one LEFT JOIN (
                SELECT new_version FROM pg_extension_plan(
                    install => CASE WHEN offer.installed_version IS NULL THEN offer.name END,
                    upgrade => CASE WHEN offer.installed_version IS NOT NULL THEN offer.name END)
                WHERE name = offer.name) plan ON true;
        EXCEPTION WHEN object_not_in_prerequisite_state THEN
            version := NULL;
        END;
        IF version IS DISTINCT FROM offer.installable_version THEN
            RAISE WARNING '% is to be had at %, not at %', offer.name, version, offer.installable_version;
        END IF;
    END LOOP;
END $$;
SELECT pg_extension_unhold('t_chain');

SELECT count(*) = (SELECT count(*) FROM pg_extension_broken()) AS same FROM extman.broken;

-- Who may see them.
CREATE ROLE regress_views;
SET ROLE regress_views;
SELECT count(*) > 0 AS some, count(source) AS sources FROM extman.installed;
SELECT count(*) > 0 AS some FROM extman.available;
SELECT count(*) FROM extman.broken;
RESET ROLE;
GRANT pg_read_server_files TO regress_views;
SET ROLE regress_views;
SELECT count(*) >= 0 AS allowed FROM extman.broken;
RESET ROLE;
DROP ROLE regress_views;

SELECT count(*) FROM pg_extension_uninstall('bar, t_chain');
