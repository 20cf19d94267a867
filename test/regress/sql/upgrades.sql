--
-- Upgrades: the way through the scripts, what comes along, what fails, what stays
--
\set SHOW_CONTEXT never
CREATE FUNCTION t_versions() RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(extname || ' ' || extversion, ', ' ORDER BY extname)
    FROM pg_extension WHERE extname LIKE 't\_up%'
$$;

--
-- The shortest way, over the scripts of all folders of the name
--
SELECT name FROM pg_extension_install('t_up_graph (= 1.0)');
SELECT action, name, old_version, new_version, reason FROM pg_extension_upgrade('t_up_graph');
SELECT script FROM t_up_graph_log ORDER BY n;
SELECT kind, request, step, action, old_version, new_version FROM extman.history
    WHERE name = 't_up_graph' ORDER BY at, step;
-- What is recorded is the version that it came to.
SELECT version, install_script LIKE '%install 2.0%' AS of_that_version FROM extman.snapshot WHERE name = 't_up_graph';

-- There is nothing newer; and nothing goes back but by a script, if it is asked to.
SELECT name FROM pg_extension_upgrade('t_up_graph');
SELECT name FROM pg_extension_upgrade('t_up_graph (>= 1.2)');
SELECT name FROM pg_extension_upgrade('t_up_graph (= 1.1)');
SELECT name FROM pg_extension_install('t_up_graph (< 2)');
SELECT script FROM t_up_graph_log ORDER BY n;
SELECT name, old_version, new_version FROM pg_extension_upgrade('t_up_graph (<= 2)');
SELECT name FROM pg_extension_upgrade();
SELECT script FROM t_up_graph_log ORDER BY n;
SELECT name FROM pg_extension_upgrade('t_up_graph (= 1.2)');
SELECT name FROM pg_extension_uninstall('t_up_graph');
-- From 1.1 there is no shortcut.
SELECT name FROM pg_extension_install('t_up_graph (= 1.1)');
SELECT name, new_version FROM pg_extension_upgrade('t_up_graph');
SELECT script FROM t_up_graph_log ORDER BY n;
SELECT name FROM pg_extension_uninstall('t_up_graph');

--
-- One, several, all; dependents along with what they need
--
SELECT name FROM pg_extension_install('t_up_base (= 1.0), t_up_middle (= 1.0), t_up_leaf (= 1.0), t_up_stays, t_up_graph (= 1.1)');
SELECT t_versions();
-- The last of three scripts fails: all of it is undone.
SELECT name FROM pg_extension_upgrade('t_up_base, t_up_leaf (= 1.5)');
SELECT t_versions();
SELECT t_up_base(), t_up_leaf(), to_regclass('t_up_leaf_half');
TABLE t_up_middle_found;
SELECT version FROM extman.snapshot WHERE name LIKE 't\_up%' ORDER BY name;
BEGIN;
SELECT action, name, old_version, new_version, reason FROM pg_extension_upgrade('t_up_base');
SELECT t_versions();
TABLE t_up_middle_found;
SELECT t_up_base(), t_up_leaf();
ROLLBACK;
-- Without the need, the others stay.
SELECT action, name, old_version, new_version FROM pg_extension_upgrade('t_up_graph');
SELECT t_versions();
SELECT * FROM pg_extension_upgrade('t_up_base (> 3)');
SELECT * FROM pg_extension_upgrade('t_up_absent');
SELECT * FROM pg_extension_upgrade('');
SELECT * FROM pg_extension_upgrade('t_up_base | t_up_leaf');
-- The leaf brings along what it needs.
BEGIN;
SELECT action, name, old_version, new_version, reason FROM pg_extension_upgrade('t_up_leaf');
ROLLBACK;
-- Several, then all.
BEGIN;
SELECT name FROM pg_extension_uninstall('t_up_leaf');
SELECT action, name, old_version, new_version FROM pg_extension_upgrade('t_up_middle, t_up_base');
ROLLBACK;
SELECT name FROM pg_extension_uninstall('t_up_leaf, t_up_graph');
SELECT name FROM pg_extension_install('t_up_graph (= 1.1)');
SELECT action, name, old_version, new_version, reason FROM pg_extension_upgrade();
SELECT t_versions();
SELECT kind, request, step, name FROM extman.history WHERE at = (SELECT max(at) FROM extman.history) ORDER BY step;
SELECT * FROM pg_extension_upgrade();
BEGIN READ ONLY;
SELECT * FROM pg_extension_upgrade();
ROLLBACK;
SELECT count(*) FROM pg_extension_uninstall('t_up_graph, t_up_middle, t_up_stays, t_up_base');

--
-- Scripts that fail: the versions, the comment and the objects are as before, and
-- the error says where
--
CREATE FUNCTION t_place(request text) RETURNS TABLE (state text, message text, detail text, hint text, place text) LANGUAGE plpgsql AS $$
DECLARE
    context text;
BEGIN
    PERFORM pg_extension_upgrade(request);
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT, context = PG_EXCEPTION_CONTEXT,
        detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
    place = regexp_replace((regexp_match(context, 'extension script file [^\n]*'))[1], '"/.*/extensions/', '"(path)/');
    RETURN NEXT;
END $$;
SELECT name FROM pg_extension_install('t_up_fails (= 1.0)');
\x on
SELECT * FROM t_place('t_up_fails (= 1.2)');
SELECT * FROM t_place('t_up_fails (= 1.3)');
SELECT * FROM t_place('t_up_fails (= 1.4)');
\x off
SELECT t_versions(), obj_description(oid, 'pg_extension') FROM pg_extension WHERE extname = 't_up_fails';
SELECT attname FROM pg_attribute WHERE attrelid = 't_up_fails_table'::regclass AND attnum > 0;
SELECT to_regclass('t_up_fails_more') IS NULL AS gone;
SELECT version FROM extman.snapshot WHERE name = 't_up_fails';
SELECT count(*) FROM extman.history WHERE name = 't_up_fails';
SHOW search_path;
SELECT name FROM pg_extension_upgrade('t_up_fails (= 1.1)');
SELECT t_versions(), obj_description(oid, 'pg_extension') FROM pg_extension WHERE extname = 't_up_fails';
SELECT name FROM pg_extension_uninstall('t_up_fails');
DROP FUNCTION t_place(text);

--
-- What was moved, or given to somebody, since the install stays where and whose it is
--
CREATE ROLE regress_extman_keeper;
CREATE SCHEMA t_up_elsewhere;
GRANT USAGE, CREATE ON SCHEMA t_up_elsewhere TO regress_extman_keeper;
CREATE FUNCTION t_whose() RETURNS TABLE (object text, owner regrole) LANGUAGE sql AS $$
    SELECT pg_describe_object(d.classid, d.objid, 0),
           nullif((SELECT o FROM (SELECT relowner FROM pg_class WHERE oid = d.objid
                UNION ALL SELECT proowner FROM pg_proc WHERE oid = d.objid
                UNION ALL SELECT typowner FROM pg_type WHERE oid = d.objid) AS t(o)), 10)::regrole
    FROM pg_depend d JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid
    -- Without the types that come along with others: they are members of their own only from PostgreSQL 17 on.
    WHERE d.deptype = 'e' AND e.extname = 't_up_moved' AND (d.classid <> 'pg_type'::regclass OR EXISTS (SELECT FROM pg_type t WHERE t.oid = d.objid
        AND t.typtype <> 'm' AND (t.typrelid = 0 OR t.typrelid IN (SELECT oid FROM pg_class WHERE relkind = 'c'))
        AND t.oid NOT IN (SELECT typarray FROM pg_type)))
    ORDER BY 1
$$;
SELECT name, schema FROM pg_extension_install('t_up_moved (= 1.0)');
ALTER EXTENSION t_up_moved SET SCHEMA t_up_elsewhere;
ALTER TABLE t_up_elsewhere.t_up_moved_table OWNER TO regress_extman_keeper;
ALTER FUNCTION t_up_elsewhere.t_up_moved_function() OWNER TO regress_extman_keeper;
INSERT INTO t_up_elsewhere.t_up_moved_table VALUES (1);
SELECT * FROM t_whose();
SELECT name, schema FROM pg_extension_upgrade('t_up_moved');
SELECT * FROM t_whose();
SELECT t_up_elsewhere.t_up_moved_function(), v.* FROM t_up_elsewhere.t_up_moved_view v;
SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 't_up_moved';
-- One that is somewhere else alone is not looked for, nor made anew by mistake.
SELECT name FROM pg_extension_uninstall('t_up_moved');
SELECT name, schema FROM pg_extension_install('t_up_moved (= 1.0)', schema => 't_up_elsewhere');
ALTER TABLE t_up_elsewhere.t_up_moved_table SET SCHEMA public;
SELECT name FROM pg_extension_upgrade('t_up_moved');
SELECT t_versions();
SELECT relnamespace::regnamespace FROM pg_class WHERE relname = 't_up_moved_table';
ALTER TABLE public.t_up_moved_table SET SCHEMA t_up_elsewhere;
-- The extension as a whole may change hands: its owner upgrades from then on.
REASSIGN OWNED BY regress_extman_keeper TO CURRENT_USER;
SELECT name FROM pg_extension_uninstall('t_up_moved');
DO $$ BEGIN
    EXECUTE format('GRANT CREATE ON DATABASE %I TO regress_extman_keeper', current_database());
END $$;
CREATE ROLE regress_extman_heir;
SET ROLE regress_extman_keeper;
SELECT name FROM pg_extension_install('t_up_graph (= 1.1)', schema => 't_up_elsewhere');
RESET ROLE;
GRANT USAGE, CREATE ON SCHEMA t_up_elsewhere TO regress_extman_heir;
DO $$ BEGIN
    EXECUTE format('GRANT CREATE ON DATABASE %I TO regress_extman_heir', current_database());
END $$;
REASSIGN OWNED BY regress_extman_keeper TO regress_extman_heir;
SET ROLE regress_extman_keeper;
SELECT name FROM pg_extension_upgrade('t_up_graph');
SELECT name FROM pg_extension_upgrade();
SET ROLE regress_extman_heir;
SELECT name, new_version FROM pg_extension_upgrade('t_up_graph');
RESET ROLE;
SELECT extowner::regrole, extnamespace::regnamespace, relowner::regrole
    FROM pg_extension, pg_class WHERE extname = 't_up_graph' AND relname = 't_up_graph_log';
SELECT name FROM pg_extension_uninstall('t_up_graph');

DROP SCHEMA t_up_elsewhere;
DROP OWNED BY regress_extman_keeper, regress_extman_heir;
DROP ROLE regress_extman_keeper, regress_extman_heir;
DROP FUNCTION t_whose();
DROP FUNCTION t_versions();
SELECT extname FROM pg_extension WHERE extname LIKE 't\_%';
