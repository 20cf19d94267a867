--
-- Schemas: handed on, required, fixed, and changed later
--
\set SHOW_CONTEXT never
\set VERBOSITY terse
CREATE FUNCTION t_where() RETURNS TABLE (name name, schema regnamespace, relocatable bool) LANGUAGE sql AS $$
    SELECT extname, extnamespace::regnamespace, extrelocatable FROM pg_extension
    WHERE extname LIKE 't\_ext%' ORDER BY 1
$$;

-- Errors first; none of them leaves a schema behind.
SELECT name FROM pg_extension_install('t_ext_top', schema => 't_ext_nowhere');
CREATE SCHEMA t_ext_a;
CREATE SCHEMA "t ext b";
SELECT name FROM pg_extension_install('t_ext_top', schema => 't_ext_a');
SELECT name FROM pg_extension_install('t_ext_fixed', schema => 't_ext_a');
SET search_path = '';
SELECT name FROM pg_catalog.pg_extension_install('t_ext_low');
RESET search_path;
SELECT nspname FROM pg_namespace WHERE nspname LIKE 't\_ext%';

-- What is needed goes to the schema that was named, unless it has its own.
SELECT name, schema FROM pg_extension_install('t_ext_mid', schema => 't ext b');
SELECT "t ext b".t_ext_mid();
SELECT name, schema FROM pg_extension_install('t_ext_top');
SELECT t_ext_top_home.t_ext_top();
TABLE t_ext_top_home.t_ext_top_path;
SELECT * FROM t_where();
-- Dropping a schema drops what lives there, and what needs it.
DROP SCHEMA "t ext b" CASCADE;
SELECT * FROM t_where();
SELECT name FROM pg_extension_uninstall('t_ext_fixed');
DROP SCHEMA t_ext_fixed_home, t_ext_top_home;

-- Without a schema of their own: the first one on the search path.
CREATE SCHEMA t_ext_b;
SET search_path = t_ext_b, public;
SELECT name, schema FROM pg_extension_install('t_ext_low');
RESET search_path;
-- A requirement is found where it is, wherever its dependents go.
SELECT name, schema FROM pg_extension_install('t_ext_mid', schema => 't_ext_a');
SELECT t_ext_a.t_ext_mid();

--
-- SET SCHEMA
--
ALTER EXTENSION t_ext_fixed SET SCHEMA t_ext_a;
ALTER EXTENSION t_ext_low SET SCHEMA t_ext_nowhere;
ALTER EXTENSION t_ext_low SET SCHEMA pg_temp;
ALTER EXTENSION t_ext_mid SET SCHEMA t_ext_b;
SELECT t_ext_b.t_ext_mid();
SELECT * FROM t_where();
-- What was installed there next still finds its requirement.
SELECT name, schema FROM pg_extension_install('t_ext_top');
SELECT t_ext_top_home.t_ext_top();
TABLE t_ext_top_home.t_ext_top_path;
SELECT name FROM pg_extension_uninstall('t_ext_low', cascade => true);
SELECT name FROM pg_extension_uninstall('t_ext_fixed');

-- All sorts of members move.
SELECT name, schema FROM pg_extension_install('t_ext_moves', schema => 't_ext_a');
ALTER EXTENSION t_ext_moves SET SCHEMA t_ext_b;
\sf t_ext_b.t_ext_lookup
SELECT conname, connamespace::regnamespace FROM pg_constraint WHERE conname LIKE 't\_ext\_rows%' AND contype <> 'n' ORDER BY 1;
SELECT typname, typnamespace::regnamespace FROM pg_type
    WHERE typname LIKE '%t\_ext\_words%' OR typname LIKE '%t\_ext\_entry%' OR typname LIKE 't\_ext\_multi%'
    ORDER BY 1;
SELECT count(*) FROM pg_depend WHERE refclassid = 'pg_namespace'::regclass AND refobjid = 't_ext_a'::regnamespace;
-- Not while something of that name is in the way,
CREATE SEQUENCE t_ext_a.t_ext_rows;
ALTER EXTENSION t_ext_moves SET SCHEMA t_ext_a;
DROP SEQUENCE t_ext_a.t_ext_rows;
CREATE FUNCTION t_ext_a.t_ext_lookup(int) RETURNS text LANGUAGE sql AS 'SELECT ''other''::text';
ALTER EXTENSION t_ext_moves SET SCHEMA t_ext_a;
DROP FUNCTION t_ext_a.t_ext_lookup(int);
-- nor while a member is somewhere else.
CREATE SCHEMA t_ext_c;
ALTER FUNCTION t_ext_b.t_ext_lookup(int) SET SCHEMA t_ext_c;
ALTER EXTENSION t_ext_moves SET SCHEMA t_ext_a;
SELECT * FROM t_where();
ALTER FUNCTION t_ext_c.t_ext_lookup(int) SET SCHEMA t_ext_b;
ALTER EXTENSION t_ext_moves SET SCHEMA t_ext_a;
SELECT * FROM t_where();
-- A schema of the extension's own is no place to move to.
CREATE SCHEMA t_ext_own;
ALTER EXTENSION t_ext_moves ADD SCHEMA t_ext_own;
ALTER EXTENSION t_ext_moves SET SCHEMA t_ext_own;
SELECT name FROM pg_extension_uninstall('t_ext_moves');
SELECT to_regnamespace('t_ext_own') IS NULL AS gone;

-- Names that the tokens cannot hold are refused where they are used, only there.
CREATE SCHEMA t_ext$dollar;
SELECT name FROM pg_extension_install('t_ext_asks', schema => 't_ext$dollar');
SELECT name, schema FROM pg_extension_install('t_ext_low', schema => 't_ext$dollar');
SELECT name FROM pg_extension_install('t_ext_mid', schema => 't_ext_a');
SELECT * FROM t_where();
ALTER EXTENSION t_ext_low SET SCHEMA t_ext_c;
SELECT name FROM pg_extension_install('t_ext_mid', schema => 't_ext$dollar');
SELECT t_ext$dollar.t_ext_mid();
CREATE SCHEMA "t ext d";
SELECT name FROM pg_extension_install('t_ext_asks', schema => 't ext d');
SELECT "t ext d".t_ext_asks();

SELECT count(*) FROM pg_extension_uninstall('t_ext_mid, t_ext_low, t_ext_fixed, t_ext_asks');
DROP SCHEMA t_ext$dollar, t_ext_a, t_ext_b, t_ext_c, "t ext d", t_ext_fixed_home, t_ext_top_home;
SELECT * FROM t_where();
DROP FUNCTION t_where();
