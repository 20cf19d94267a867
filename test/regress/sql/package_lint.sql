--
-- pg_extension_lint: folders that are wrong or risky, a rule each.
--
SELECT setting || '/lint/' AS lint FROM pg_config WHERE name = 'SHAREDIR' \gset
\a
-- Every folder, without a trial.  The path of the server is left out.
SELECT folder || COALESCE('/' || file, '') AS file, line, severity,
	replace(message, :'lint', '') AS message, hint
FROM pg_ls_dir(:'lint') AS folder,
	pg_extension_lint(:'lint' || folder, false)
		WITH ORDINALITY AS l (file, line, severity, message, hint, n)
ORDER BY folder COLLATE "C", n;

-- An older version on the control path, to which no upgrade leads.
SELECT set_config('pg_extman.control_path', :'lint', false) IS NULL AS set;
SELECT * FROM pg_extension_lint(:'lint' || 'l_upgrade-1.1', false);

-- Trials: what stays behind, and what goes wrong; nothing of it is there afterwards.
SELECT * FROM pg_extension_lint(:'lint' || 'l_left');
SELECT * FROM pg_extension_lint(:'lint' || 'l_fails');
SELECT * FROM pg_extension_lint(:'lint' || 'l_refuses');
SELECT * FROM pg_extension_lint(:'lint' || 'l_clean');
SELECT to_regclass('l_left_t') IS NULL AS gone, count(*) AS roles
FROM pg_roles WHERE rolname = 'l_left_role';
SELECT count(*) FROM extman.history WHERE name LIKE 'l\_%';
-- Also of a folder that is not on the path, for a superuser.
RESET pg_extman.control_path;
SELECT * FROM pg_extension_lint(:'lint' || 'l_left');
SHOW pg_extman.control_path;
-- Not while it is installed.
SELECT set_config('pg_extman.control_path', :'lint', false) IS NULL AS set;
SELECT action, name FROM pg_extension_install('l_clean');
SELECT * FROM pg_extension_lint(:'lint' || 'l_clean');
SELECT action, name FROM pg_extension_uninstall('l_clean');
RESET pg_extman.control_path;

-- A trial changes something; looking does not.
BEGIN READ ONLY;
SELECT count(*) FROM pg_extension_lint(:'lint' || 'l_clean', false);
SELECT count(*) FROM pg_extension_lint(:'lint' || 'l_clean');
ROLLBACK;

-- Arguments.
SELECT * FROM pg_extension_lint('', false);
SELECT * FROM pg_extension_lint('/nowhere/at/all', false);
SELECT count(*) FROM pg_extension_lint(NULL);

-- Who may: reading files is what it takes; a trial of a folder that the administrator
-- did not put on the path would run its scripts.
CREATE ROLE lint_nobody;
CREATE ROLE lint_reader;
GRANT pg_read_server_files TO lint_reader;
SET ROLE lint_nobody;
SELECT * FROM pg_extension_lint(:'lint' || 'l_clean', false);
SET ROLE lint_reader;
SELECT * FROM pg_extension_lint(:'lint' || 'l_clean');
RESET ROLE;
SELECT set_config('pg_extman.control_path', :'lint', false) IS NULL AS set;
SET ROLE lint_reader;
SELECT * FROM pg_extension_lint(:'lint' || 'l_clean');
RESET ROLE;
RESET pg_extman.control_path;
DROP ROLE lint_nobody, lint_reader;
