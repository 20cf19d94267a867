/* sql/pg_extman--1.0.sql */

-- complain if script is sourced in psql, rather than via CREATE EXTENSION
\echo Use "CREATE EXTENSION pg_extman" to load this file. \quit

--
-- What pg_extman writes down.  Only its own code writes these tables; it reads
-- and writes them as catalogs are, so the columns' order matters to it.
--

CREATE SCHEMA extman;
COMMENT ON SCHEMA extman IS 'what pg_extman knows about installed packages';
GRANT USAGE ON SCHEMA extman TO PUBLIC;

CREATE TABLE extman.snapshot (
    name pg_catalog.name NOT NULL PRIMARY KEY,
    version pg_catalog.text NOT NULL,
    control pg_catalog.text NOT NULL,
    depends pg_catalog.text,
    conflicts pg_catalog.text,
    provides pg_catalog.text,
    superuser pg_catalog.bool NOT NULL,
    trusted pg_catalog.bool NOT NULL,
    install_script pg_catalog.text,
    install_sha256 pg_catalog.bytea,
    uninstall_script pg_catalog.text,
    uninstall_sha256 pg_catalog.bytea,
    source pg_catalog.text NOT NULL,
    schema pg_catalog.name NOT NULL,
    installed_by pg_catalog.name NOT NULL,
    installed_at pg_catalog.timestamptz NOT NULL,
    members pg_catalog.text[]
);
COMMENT ON TABLE extman.snapshot IS 'installed packages as they were when they were installed';
COMMENT ON COLUMN extman.snapshot.name IS 'name of the extension';
COMMENT ON COLUMN extman.snapshot.version IS 'version that was installed';
COMMENT ON COLUMN extman.snapshot.control IS 'text of the control file';
COMMENT ON COLUMN extman.snapshot.depends IS 'what it depends on, as a request; null if nothing';
COMMENT ON COLUMN extman.snapshot.conflicts IS 'what it conflicts with; null if nothing';
COMMENT ON COLUMN extman.snapshot.provides IS 'names that it stands in for; null if none';
COMMENT ON COLUMN extman.snapshot.superuser IS 'whether its control file asks for a superuser';
COMMENT ON COLUMN extman.snapshot.trusted IS 'whether its control file says that it may be installed with the rights of one';
COMMENT ON COLUMN extman.snapshot.install_script IS 'text of install.sql in the encoding of the database';
COMMENT ON COLUMN extman.snapshot.install_sha256 IS 'SHA-256 of the bytes of install.sql';
COMMENT ON COLUMN extman.snapshot.uninstall_script IS 'text of uninstall.sql, which an uninstall will run; null if there was none';
COMMENT ON COLUMN extman.snapshot.uninstall_sha256 IS 'SHA-256 of the bytes of uninstall.sql';
COMMENT ON COLUMN extman.snapshot.source IS 'folder that the package came from';
COMMENT ON COLUMN extman.snapshot.schema IS 'name of the schema at the time of the install; the scripts may have written it into functions';
COMMENT ON COLUMN extman.snapshot.installed_by IS 'who installed it';
COMMENT ON COLUMN extman.snapshot.installed_at IS 'when that was';
COMMENT ON COLUMN extman.snapshot.members IS 'what belonged to the extension then, wherever it lies; null for very many';

CREATE TABLE extman.policy (
    name pg_catalog.name NOT NULL PRIMARY KEY,
    automatic pg_catalog.bool NOT NULL,
    held pg_catalog.bool NOT NULL
);
COMMENT ON TABLE extman.policy IS 'installed extensions that came along as a dependency, or that are held at their version; others have no row';
COMMENT ON COLUMN extman.policy.name IS 'name of the extension';
COMMENT ON COLUMN extman.policy.automatic IS 'whether it came along as a dependency, to go when nothing needs it';
COMMENT ON COLUMN extman.policy.held IS 'whether it stays as it is, whatever a request asks for';

CREATE TABLE extman.setting (
    package pg_catalog.name NOT NULL,
    setting pg_catalog.text NOT NULL,
    value pg_catalog.text NOT NULL,
    PRIMARY KEY (package, setting)
);
COMMENT ON TABLE extman.setting IS 'settings that installed packages brought for this database, as their conf files have them';
COMMENT ON COLUMN extman.setting.package IS 'package that brought it';
COMMENT ON COLUMN extman.setting.setting IS 'name of the setting, as the conf file writes it';
COMMENT ON COLUMN extman.setting.value IS 'what the package brought; the database has it still unless somebody changed it';

CREATE TABLE extman.history (
    at pg_catalog.timestamptz NOT NULL,
    by_role pg_catalog.name NOT NULL,
    kind pg_catalog.text NOT NULL,
    request pg_catalog.text NOT NULL,
    step pg_catalog.int4 NOT NULL,
    action pg_catalog.text NOT NULL,
    name pg_catalog.name NOT NULL,
    old_version pg_catalog.text,
    new_version pg_catalog.text,
    schema pg_catalog.name
);
CREATE INDEX ON extman.history (at, step);
COMMENT ON TABLE extman.history IS 'every step ever taken; the steps of one request have the same time';
COMMENT ON COLUMN extman.history.at IS 'when the request was carried out';
COMMENT ON COLUMN extman.history.by_role IS 'who made it';
COMMENT ON COLUMN extman.history.kind IS 'what was called: "install", "CREATE EXTENSION", "block" (DO LANGUAGE extman) and so on';
COMMENT ON COLUMN extman.history.request IS 'what was asked for';
COMMENT ON COLUMN extman.history.step IS 'which of its steps, from 1';
COMMENT ON COLUMN extman.history.action IS '"install", "upgrade" or "uninstall"';
COMMENT ON COLUMN extman.history.name IS 'name of the extension';
COMMENT ON COLUMN extman.history.old_version IS 'version that was there before; null for an install';
COMMENT ON COLUMN extman.history.new_version IS 'version that was there afterwards; null for an uninstall';
COMMENT ON COLUMN extman.history.schema IS 'schema of the extension';

-- Scripts, control files and paths are for those who may read the server's
-- files anyway; the rest is for everybody.
REVOKE ALL ON extman.snapshot, extman.policy, extman.setting, extman.history FROM PUBLIC;
GRANT SELECT ON extman.snapshot TO pg_read_server_files;
GRANT SELECT (name, version, depends, conflicts, provides, superuser, trusted,
              install_sha256, uninstall_sha256, schema, installed_by, installed_at, members)
    ON extman.snapshot TO PUBLIC;
GRANT SELECT ON extman.policy, extman.setting, extman.history TO PUBLIC;

SELECT pg_catalog.pg_extension_config_dump('extman.policy', '');
SELECT pg_catalog.pg_extension_config_dump('extman.history', '');

CREATE TYPE extman.plan_step AS (
    step pg_catalog.int4,
    action pg_catalog.text,
    name pg_catalog.text,
    old_version pg_catalog.text,
    new_version pg_catalog.text,
    schema pg_catalog.name,
    source pg_catalog.text,
    reason pg_catalog.text
);
COMMENT ON TYPE extman.plan_step IS 'one step of a plan: install, upgrade or uninstall';
COMMENT ON COLUMN extman.plan_step.step IS 'which step it is, from 1';
COMMENT ON COLUMN extman.plan_step.action IS '"install", "upgrade" or "uninstall"';
COMMENT ON COLUMN extman.plan_step.name IS 'name of the extension';
COMMENT ON COLUMN extman.plan_step.old_version IS 'version that is there before; null for an install';
COMMENT ON COLUMN extman.plan_step.new_version IS 'version that is there afterwards; null for an uninstall';
COMMENT ON COLUMN extman.plan_step.schema IS 'schema of the extension';
COMMENT ON COLUMN extman.plan_step.source IS 'where its files lie; null for those who may not read the server''s files';
COMMENT ON COLUMN extman.plan_step.reason IS 'for whose sake it is taken';

--
-- Planning and changing
--

CREATE FUNCTION pg_catalog.pg_extension_install(request pg_catalog.text,
                                                schema pg_catalog.name DEFAULT NULL)
RETURNS SETOF extman.plan_step
AS 'MODULE_PATHNAME', 'pg_extension_install'
LANGUAGE C VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION pg_catalog.pg_extension_install(pg_catalog.text, pg_catalog.name) IS
'installs packages with all that they depend on';

CREATE FUNCTION pg_catalog.pg_extension_uninstall(request pg_catalog.text,
                                                  cascade pg_catalog.bool DEFAULT false)
RETURNS SETOF extman.plan_step
AS 'MODULE_PATHNAME', 'pg_extension_uninstall'
LANGUAGE C VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION pg_catalog.pg_extension_uninstall(pg_catalog.text, pg_catalog.bool) IS
'uninstalls packages; with cascade also what depends on them';

CREATE FUNCTION pg_catalog.pg_extension_upgrade(request pg_catalog.text DEFAULT NULL)
RETURNS SETOF extman.plan_step
AS 'MODULE_PATHNAME', 'pg_extension_upgrade'
LANGUAGE C VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION pg_catalog.pg_extension_upgrade(pg_catalog.text) IS
'upgrades packages to the newest versions that constraints allow; null means everything installed';

CREATE FUNCTION pg_catalog.pg_extension_apply(install pg_catalog.text,
                                              uninstall pg_catalog.text,
                                              upgrade pg_catalog.text)
RETURNS SETOF extman.plan_step
AS 'MODULE_PATHNAME', 'pg_extension_apply'
LANGUAGE C VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION pg_catalog.pg_extension_apply(pg_catalog.text, pg_catalog.text, pg_catalog.text) IS
'installs, uninstalls and upgrades packages as one change';

CREATE FUNCTION pg_catalog.pg_extension_autoremove()
RETURNS SETOF extman.plan_step
AS 'MODULE_PATHNAME', 'pg_extension_autoremove'
LANGUAGE C VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION pg_catalog.pg_extension_autoremove() IS
'uninstalls what came along as a dependency and is needed no more';

CREATE FUNCTION pg_catalog.pg_extension_plan(install pg_catalog.text DEFAULT NULL,
                                             uninstall pg_catalog.text DEFAULT NULL,
                                             upgrade pg_catalog.text DEFAULT NULL)
RETURNS SETOF extman.plan_step
AS 'MODULE_PATHNAME', 'pg_extension_plan'
LANGUAGE C STABLE PARALLEL RESTRICTED;
COMMENT ON FUNCTION pg_catalog.pg_extension_plan(pg_catalog.text, pg_catalog.text, pg_catalog.text) IS
'the steps that a change would take, without taking them';

CREATE FUNCTION pg_catalog.pg_extension_explain(request pg_catalog.text)
RETURNS pg_catalog.text
AS 'MODULE_PATHNAME', 'pg_extension_explain'
LANGUAGE C STABLE STRICT PARALLEL RESTRICTED;
COMMENT ON FUNCTION pg_catalog.pg_extension_explain(pg_catalog.text) IS
'why packages can be installed, or why they cannot';

CREATE FUNCTION pg_catalog.pg_extension_graph(request pg_catalog.text DEFAULT NULL,
                                              format pg_catalog.text DEFAULT 'dot')
RETURNS pg_catalog.text
AS 'MODULE_PATHNAME', 'pg_extension_graph'
LANGUAGE C STABLE PARALLEL RESTRICTED;
COMMENT ON FUNCTION pg_catalog.pg_extension_graph(pg_catalog.text, pg_catalog.text) IS
'the dependency graph for Graphviz or Mermaid: of what is installed, or of a request and its plan or why there is none';

--
-- What is wanted.  The owner of an extension decides; the functions check that.
--

CREATE FUNCTION pg_catalog.pg_extension_hold(name pg_catalog.name)
RETURNS pg_catalog.bool
AS 'MODULE_PATHNAME', 'pg_extension_hold'
LANGUAGE C VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION pg_catalog.pg_extension_hold(pg_catalog.name) IS
'holds an extension at its version; false if it was held already';

CREATE FUNCTION pg_catalog.pg_extension_unhold(name pg_catalog.name)
RETURNS pg_catalog.bool
AS 'MODULE_PATHNAME', 'pg_extension_unhold'
LANGUAGE C VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION pg_catalog.pg_extension_unhold(pg_catalog.name) IS
'lets an extension change again; false if it was not held';

CREATE FUNCTION pg_catalog.pg_extension_mark(name pg_catalog.name, automatic pg_catalog.bool)
RETURNS pg_catalog.bool
AS 'MODULE_PATHNAME', 'pg_extension_mark'
LANGUAGE C VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION pg_catalog.pg_extension_mark(pg_catalog.name, pg_catalog.bool) IS
'marks an extension as automatic, to go when nothing needs it, or as wanted; false if it was so already';

CREATE FUNCTION pg_catalog.pg_extension_why(name pg_catalog.text)
RETURNS SETOF pg_catalog.text
AS 'MODULE_PATHNAME', 'pg_extension_why'
LANGUAGE C STABLE STRICT PARALLEL RESTRICTED ROWS 5;
COMMENT ON FUNCTION pg_catalog.pg_extension_why(pg_catalog.text) IS
'the chains of dependencies by which an extension is installed';

CREATE FUNCTION pg_catalog.pg_extension_manifest()
RETURNS pg_catalog.text
AS 'MODULE_PATHNAME', 'pg_extension_manifest'
LANGUAGE C STABLE STRICT PARALLEL RESTRICTED;
COMMENT ON FUNCTION pg_catalog.pg_extension_manifest() IS
'what was asked for and is installed, as a request for another database; null if nothing is';

--
-- Lists
--

CREATE FUNCTION pg_catalog.pg_extension_available(
    OUT name pg_catalog.text,
    OUT version pg_catalog.text,
    OUT installed pg_catalog.bool,
    OUT comment pg_catalog.text,
    OUT depends pg_catalog.text,
    OUT conflicts pg_catalog.text,
    OUT provides pg_catalog.text,
    OUT schema pg_catalog.text,
    OUT relocatable pg_catalog.bool,
    OUT superuser pg_catalog.bool,
    OUT trusted pg_catalog.bool,
    OUT source pg_catalog.text)
RETURNS SETOF pg_catalog.record
AS 'MODULE_PATHNAME', 'pg_extension_available'
LANGUAGE C STABLE STRICT PARALLEL RESTRICTED ROWS 100;
COMMENT ON FUNCTION pg_catalog.pg_extension_available() IS
'packages on the control path, and versions that core can install';

CREATE FUNCTION pg_catalog.pg_extension_installed(
    OUT name pg_catalog.text,
    OUT version pg_catalog.text,
    OUT newest_version pg_catalog.text,
    OUT schema pg_catalog.name,
    OUT automatic pg_catalog.bool,
    OUT held pg_catalog.bool,
    OUT source pg_catalog.text,
    OUT installed_by pg_catalog.name,
    OUT installed_at pg_catalog.timestamptz)
RETURNS SETOF pg_catalog.record
AS 'MODULE_PATHNAME', 'pg_extension_installed'
LANGUAGE C STABLE STRICT PARALLEL RESTRICTED ROWS 20;
COMMENT ON FUNCTION pg_catalog.pg_extension_installed() IS
'installed extensions, whoever installed them';

CREATE FUNCTION pg_catalog.pg_extension_broken(
    OUT file pg_catalog.text,
    OUT line pg_catalog.int4,
    OUT "column" pg_catalog.int4,
    OUT message pg_catalog.text,
    OUT hint pg_catalog.text)
RETURNS SETOF pg_catalog.record
AS 'MODULE_PATHNAME', 'pg_extension_broken'
LANGUAGE C STABLE STRICT PARALLEL RESTRICTED ROWS 10;
COMMENT ON FUNCTION pg_catalog.pg_extension_broken() IS
'what is wrong on the control path and with core''s control files: broken and shadowed packages';

REVOKE EXECUTE ON FUNCTION pg_catalog.pg_extension_broken() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pg_catalog.pg_extension_broken() TO pg_read_server_files;

CREATE FUNCTION pg_catalog.pg_extension_check(
    OUT name pg_catalog.text,
    OUT problem pg_catalog.text,
    OUT detail pg_catalog.text,
    OUT hint pg_catalog.text)
RETURNS SETOF pg_catalog.record
AS 'MODULE_PATHNAME', 'pg_extension_check'
LANGUAGE C STABLE STRICT PARALLEL RESTRICTED ROWS 10;
COMMENT ON FUNCTION pg_catalog.pg_extension_check() IS
'what is wrong with what is installed: constraints, scripts, members, records';

--
-- The lists as views
--

CREATE VIEW extman.installed AS
    SELECT name, version, newest_version, schema, automatic, held, source, installed_by, installed_at
    FROM pg_catalog.pg_extension_installed();
COMMENT ON VIEW extman.installed IS 'installed extensions, whoever installed them';
COMMENT ON COLUMN extman.installed.name IS 'name of the extension';
COMMENT ON COLUMN extman.installed.version IS 'version that is installed';
COMMENT ON COLUMN extman.installed.newest_version IS 'newest version on disk; of core''s extensions, none that is newer than their default version';
COMMENT ON COLUMN extman.installed.schema IS 'schema of the extension';
COMMENT ON COLUMN extman.installed.automatic IS 'whether it came along as a dependency, to go when nothing needs it';
COMMENT ON COLUMN extman.installed.held IS 'whether it stays as it is, whatever a request asks for';
COMMENT ON COLUMN extman.installed.source IS 'folder that it came from; null if it is not a package, and for those who may not read the server''s files';
COMMENT ON COLUMN extman.installed.installed_by IS 'who installed it, if pg_extman did';
COMMENT ON COLUMN extman.installed.installed_at IS 'when that was';
GRANT SELECT ON extman.installed TO PUBLIC;

CREATE FUNCTION extman.available(
    OUT name pg_catalog.text,
    OUT installed_version pg_catalog.text,
    OUT newest_version pg_catalog.text,
    OUT installable_version pg_catalog.text,
    OUT comment pg_catalog.text)
RETURNS SETOF pg_catalog.record
AS 'MODULE_PATHNAME', 'extman_available'
LANGUAGE C STABLE STRICT PARALLEL RESTRICTED ROWS 100;
COMMENT ON FUNCTION extman.available() IS
'what can be installed, one row for each name, with the version that a request would bring now';

CREATE VIEW extman.available AS
    SELECT name, installed_version, newest_version, installable_version, comment
    FROM extman.available();
COMMENT ON VIEW extman.available IS
'what can be installed, one row for each name; pg_extension_available() lists every version';
COMMENT ON COLUMN extman.available.name IS 'name of the package, or of core''s extension';
COMMENT ON COLUMN extman.available.installed_version IS 'version that is installed; null if none is';
COMMENT ON COLUMN extman.available.newest_version IS 'newest version on disk; of core''s extensions, none that is newer than their default version if there is another';
COMMENT ON COLUMN extman.available.installable_version IS 'version that an install would bring now, or an upgrade if it is installed; null if there is no plan, as pg_extension_explain() tells';
COMMENT ON COLUMN extman.available.comment IS 'what its control file says about it';
GRANT SELECT ON extman.available TO PUBLIC;

CREATE VIEW extman.broken AS
    SELECT file, line, "column", message, hint FROM pg_catalog.pg_extension_broken();
COMMENT ON VIEW extman.broken IS
'what is wrong on the control path and with core''s control files: broken and shadowed packages';
COMMENT ON COLUMN extman.broken.file IS 'folder or file';
COMMENT ON COLUMN extman.broken.line IS 'line of the file; null if it is not about one';
COMMENT ON COLUMN extman.broken."column" IS 'column in that line, in characters';
COMMENT ON COLUMN extman.broken.message IS 'what is wrong';
COMMENT ON COLUMN extman.broken.hint IS 'what can be done about it';
REVOKE ALL ON extman.broken FROM PUBLIC;
GRANT SELECT ON extman.broken TO pg_read_server_files;
CREATE FUNCTION pg_catalog.pg_extension_lint(
    path pg_catalog.text,
    trial pg_catalog.bool DEFAULT true,
    OUT file pg_catalog.text,
    OUT line pg_catalog.int4,
    OUT severity pg_catalog.text,
    OUT message pg_catalog.text,
    OUT hint pg_catalog.text)
RETURNS SETOF pg_catalog.record
AS 'MODULE_PATHNAME', 'pg_extension_lint'
LANGUAGE C VOLATILE STRICT PARALLEL UNSAFE ROWS 10;
COMMENT ON FUNCTION pg_catalog.pg_extension_lint(pg_catalog.text, pg_catalog.bool) IS
'what is wrong or risky in the folder of a package; a trial installs it, uninstalls it, and rolls back';

REVOKE EXECUTE ON FUNCTION pg_catalog.pg_extension_lint(pg_catalog.text, pg_catalog.bool) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pg_catalog.pg_extension_lint(pg_catalog.text, pg_catalog.bool) TO pg_read_server_files;

CREATE FUNCTION extman.progress(
    OUT pid pg_catalog.int4,
    OUT datname pg_catalog.name,
    OUT command pg_catalog.text,
    OUT step pg_catalog.int4,
    OUT steps pg_catalog.int4,
    OUT action pg_catalog.text,
    OUT name pg_catalog.text,
    OUT version pg_catalog.text,
    OUT script pg_catalog.text,
    OUT statement pg_catalog.int8,
    OUT line pg_catalog.int8,
    OUT bytes_done pg_catalog.int8,
    OUT bytes_total pg_catalog.int8,
    OUT started_at pg_catalog.timestamptz,
    OUT step_started_at pg_catalog.timestamptz)
RETURNS SETOF pg_catalog.record
AS 'MODULE_PATHNAME', 'extman_progress'
LANGUAGE C VOLATILE STRICT PARALLEL RESTRICTED ROWS 1;
COMMENT ON FUNCTION extman.progress() IS
'what sessions are installing, upgrading, uninstalling and executing at this moment';

CREATE VIEW extman.progress AS
    SELECT pid, datname, command, step, steps, action, name, version, script, statement, line,
           bytes_done, bytes_total, started_at, step_started_at
    FROM extman.progress();
COMMENT ON VIEW extman.progress IS
'what sessions are installing, upgrading, uninstalling and executing at this moment; of other users'' sessions only with the rights of pg_read_all_stats';
COMMENT ON COLUMN extman.progress.pid IS 'process of the session';
COMMENT ON COLUMN extman.progress.datname IS 'its database';
COMMENT ON COLUMN extman.progress.command IS 'what the session called: "install", "CREATE EXTENSION", "block" (DO LANGUAGE extman), "execute file" and so on';
COMMENT ON COLUMN extman.progress.step IS 'which of the plan''s steps is being carried out, from 1';
COMMENT ON COLUMN extman.progress.steps IS 'how many steps the plan has';
COMMENT ON COLUMN extman.progress.action IS '"install", "upgrade" or "uninstall"';
COMMENT ON COLUMN extman.progress.name IS 'name of the extension';
COMMENT ON COLUMN extman.progress.version IS 'version that is installed, upgraded to or uninstalled';
COMMENT ON COLUMN extman.progress.script IS 'file that is being executed, if any';
COMMENT ON COLUMN extman.progress.statement IS 'which of its statements, from 1';
COMMENT ON COLUMN extman.progress.line IS 'line of the file where the statement starts';
COMMENT ON COLUMN extman.progress.bytes_done IS 'how much of the file has been executed';
COMMENT ON COLUMN extman.progress.bytes_total IS 'how large the file is';
COMMENT ON COLUMN extman.progress.started_at IS 'when the request began to be carried out';
COMMENT ON COLUMN extman.progress.step_started_at IS 'when the step began';
GRANT SELECT ON extman.progress TO PUBLIC;

-- Of what ALTER DATABASE sets, everybody may see everything, too.
CREATE VIEW extman.settings AS
    SELECT brought.package, brought.setting, brought.value, now.value AS database_value,
           brought.value OPERATOR(pg_catalog.=) now.value IS NOT TRUE AS changed
    FROM extman.setting brought
    LEFT JOIN (
        SELECT pg_catalog.lower(pg_catalog.split_part(item, '=', 1)) AS setting,
               pg_catalog.substr(item, pg_catalog.strpos(item, '=') OPERATOR(pg_catalog.+) 1) AS value
        FROM pg_catalog.pg_db_role_setting, pg_catalog.unnest(setconfig) AS item
        WHERE setrole OPERATOR(pg_catalog.=) 0
          AND setdatabase OPERATOR(pg_catalog.=)
              (SELECT oid FROM pg_catalog.pg_database
               WHERE datname OPERATOR(pg_catalog.=) pg_catalog.current_database())
    ) now ON now.setting OPERATOR(pg_catalog.=) pg_catalog.lower(brought.setting);
COMMENT ON VIEW extman.settings IS 'settings that installed packages brought for this database, and what it has now';
COMMENT ON COLUMN extman.settings.package IS 'package that brought it';
COMMENT ON COLUMN extman.settings.setting IS 'name of the setting';
COMMENT ON COLUMN extman.settings.value IS 'what the package brought';
COMMENT ON COLUMN extman.settings.database_value IS 'what the database has now; null if it was reset';
COMMENT ON COLUMN extman.settings.changed IS 'whether somebody changed it since: then neither an upgrade nor an uninstall touches it';
GRANT SELECT ON extman.settings TO PUBLIC;

--
-- Versions
--

CREATE FUNCTION pg_catalog.pg_extension_version_compare(pg_catalog.text, pg_catalog.text)
RETURNS pg_catalog.int4
AS 'MODULE_PATHNAME', 'pg_extension_version_compare'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION pg_catalog.pg_extension_version_compare(pg_catalog.text, pg_catalog.text) IS
'order of two versions: -1, 0 or 1';

CREATE FUNCTION pg_catalog.pg_extension_version_satisfies(version pg_catalog.text,
                                                          constraints pg_catalog.text)
RETURNS pg_catalog.bool
AS 'MODULE_PATHNAME', 'pg_extension_version_satisfies'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION pg_catalog.pg_extension_version_satisfies(pg_catalog.text, pg_catalog.text) IS
'whether a version meets constraints such as ">= 1.1, < 2"';

--
-- Files of SQL
--

CREATE FUNCTION pg_catalog.pg_execute_from_file(
    path pg_catalog.text,
    encoding pg_catalog.name DEFAULT NULL,
    VARIADIC placeholders pg_catalog.text[] DEFAULT '{}'::pg_catalog.text[])
RETURNS pg_catalog.int8
AS 'MODULE_PATHNAME', 'pg_execute_from_file'
LANGUAGE C VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION pg_catalog.pg_execute_from_file(pg_catalog.text, pg_catalog.name, pg_catalog.text[]) IS
'executes a file of SQL on the server, whose settings end with it; returns the number of statements';

REVOKE EXECUTE ON FUNCTION pg_catalog.pg_execute_from_file(pg_catalog.text, pg_catalog.name, pg_catalog.text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pg_catalog.pg_execute_from_file(pg_catalog.text, pg_catalog.name, pg_catalog.text[]) TO pg_read_server_files;

--
-- The language: its blocks do what the functions do, as the caller
--

CREATE FUNCTION extman.language_call()
RETURNS pg_catalog.language_handler
AS 'MODULE_PATHNAME', 'extman_language_call'
LANGUAGE C;
COMMENT ON FUNCTION extman.language_call() IS
'refuses to call functions in language extman, which there cannot be';

CREATE FUNCTION extman.language_do(pg_catalog.internal)
RETURNS pg_catalog.void
AS 'MODULE_PATHNAME', 'extman_language_do'
LANGUAGE C STRICT;
COMMENT ON FUNCTION extman.language_do(pg_catalog.internal) IS
'carries out a block of DO LANGUAGE extman';

CREATE FUNCTION extman.language_validate(pg_catalog.oid)
RETURNS pg_catalog.void
AS 'MODULE_PATHNAME', 'extman_language_validate'
LANGUAGE C STRICT;
COMMENT ON FUNCTION extman.language_validate(pg_catalog.oid) IS
'refuses functions in language extman';

CREATE TRUSTED LANGUAGE extman
    HANDLER extman.language_call INLINE extman.language_do VALIDATOR extman.language_validate;
COMMENT ON LANGUAGE extman IS
'DO LANGUAGE extman: INSTALL, UPGRADE, UNINSTALL, HOLD, UNHOLD and MARK EXTENSION as one change';

--
-- Core's own commands: in sessions that have not loaded the library, and what is
-- to be cleaned up when core drops a package behind our back.  Any command with
-- CASCADE may do that; those are named that do it at all likely, since the
-- trigger loads the library.  A row that stays behind doesn't count.
--

CREATE FUNCTION extman.on_command()
RETURNS pg_catalog.event_trigger
AS 'MODULE_PATHNAME', 'extman_on_command'
LANGUAGE C;
COMMENT ON FUNCTION extman.on_command() IS
'carries out CREATE, ALTER and DROP EXTENSION of packages';

CREATE FUNCTION extman.on_drop()
RETURNS pg_catalog.event_trigger
AS 'MODULE_PATHNAME', 'extman_on_drop'
LANGUAGE C;
COMMENT ON FUNCTION extman.on_drop() IS
'deletes what is recorded of packages that are gone';

CREATE EVENT TRIGGER pg_extman_on_command ON ddl_command_start
    WHEN tag IN ('CREATE EXTENSION', 'ALTER EXTENSION', 'DROP EXTENSION')
    EXECUTE FUNCTION extman.on_command();
CREATE EVENT TRIGGER pg_extman_on_drop ON sql_drop
    WHEN tag IN ('DROP EXTENSION', 'DROP OWNED', 'DROP SCHEMA', 'DROP TYPE', 'DROP DOMAIN',
                 'DROP FUNCTION', 'DROP LANGUAGE')
    EXECUTE FUNCTION extman.on_drop();
ALTER EVENT TRIGGER pg_extman_on_command ENABLE ALWAYS;
ALTER EVENT TRIGGER pg_extman_on_drop ENABLE ALWAYS;
COMMENT ON EVENT TRIGGER pg_extman_on_command IS
'carries out CREATE, ALTER and DROP EXTENSION of packages in sessions that have not loaded the library';
COMMENT ON EVENT TRIGGER pg_extman_on_drop IS
'deletes what is recorded of packages that are gone';
