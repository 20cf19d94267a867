-- basebackup 1.0: what a base backup over an ordinary SQL connection needs of the server
\echo Use "SELECT pg_extension_install('basebackup')" to install this package. \quit

-- None of these functions is SECURITY DEFINER: who calls them needs the right to execute
-- the functions of core's that they call.  grant_to() gives it to a role.

--
-- What the client must know before it starts
--

-- The change time of PG_VERSION tells one data directory from a copy of it: no program
-- can set that time.
CREATE FUNCTION @extschema@.server(OUT version_num integer, OUT system_identifier text,
	OUT directory_identifier bigint, OUT in_recovery boolean, OUT checksums boolean,
	OUT block_size integer, OUT segment_blocks integer, OUT wal_segment_size integer,
	OUT directory_mode text, OUT checkpoint text, OUT max_jobs integer, OUT read_at bigint)
LANGUAGE sql
BEGIN ATOMIC
	SELECT current_setting('server_version_num')::integer,
		s.system_identifier::text,
		EXTRACT(epoch FROM (pg_stat_file('PG_VERSION', false)).change)::bigint,
		pg_is_in_recovery(),
		current_setting('data_checksums')::boolean,
		i.database_block_size,
		i.blocks_per_segment,
		i.bytes_per_wal_segment,
		current_setting('data_directory_mode'),
		COALESCE(NULLIF(current_setting('basebackup.checkpoint', true), ''), 'spread'),
		COALESCE(NULLIF(current_setting('basebackup.max_jobs', true), '')::integer, 16),
		EXTRACT(epoch FROM clock_timestamp())::bigint
		FROM pg_control_system() AS s, pg_control_init() AS i;
END;
COMMENT ON FUNCTION @extschema@.server() IS 'the constants of this cluster, and settings; times in seconds since 1970';

--
-- The files
--

-- One recursive query over the data directory.  pg_stat_file() follows the links in
-- pg_tblspc, so that tablespaces are a part of it; in each, only the folder of this
-- PostgreSQL counts.  What vanishes meanwhile is left out.
CREATE FUNCTION @extschema@.files(skip_contents text[] DEFAULT '{}', OUT path text,
	OUT is_directory boolean, OUT size bigint, OUT modified bigint, OUT changed bigint)
RETURNS SETOF record
LANGUAGE sql ROWS 10000 SET jit = off
BEGIN ATOMIC
	WITH RECURSIVE tablespace_folder (name) AS MATERIALIZED (
		SELECT 'PG_' || current_setting('server_version_num')::integer / 10000 || '_' || catalog_version_no
			FROM pg_control_system()
	), entry (path, name, depth, is_directory, size, modified, changed) AS (
		SELECT n.name, n.name, 1, s.isdir, s.size, s.modification, s.change
			FROM pg_ls_dir('.', false, false) AS n (name),
				pg_stat_file(n.name, true) AS s
		UNION ALL
		SELECT e.path || '/' || n.name, n.name, e.depth + 1, s.isdir, s.size, s.modification, s.change
			FROM entry AS e,
				pg_ls_dir(e.path, true, false) AS n (name),
				pg_stat_file(e.path || '/' || n.name, true) AS s
			WHERE e.is_directory
				AND e.name <> ALL (skip_contents)
				AND (e.depth <> 2 OR NOT starts_with(e.path, 'pg_tblspc/')
					OR n.name = (SELECT f.name FROM tablespace_folder AS f))
	)
	SELECT e.path, e.is_directory, e.size, EXTRACT(epoch FROM e.modified)::bigint,
		EXTRACT(epoch FROM e.changed)::bigint
		FROM entry AS e
		WHERE e.size IS NOT NULL;
END;
COMMENT ON FUNCTION @extschema@.files(text[])
	IS 'all files and folders of the data directory and the tablespaces, but for the contents of folders so named';

-- Where the tablespaces lie.  One that is dropped meanwhile is left out.
CREATE FUNCTION @extschema@.tablespaces(OUT oid oid, OUT location text) RETURNS SETOF record
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	FOR oid IN SELECT t.oid FROM pg_tablespace AS t WHERE t.oid >= 16384 ORDER BY 1 LOOP
		BEGIN
			location := pg_tablespace_location(oid);
			RETURN NEXT;
		EXCEPTION WHEN undefined_file THEN
			NULL;
		END;
	END LOOP;
END
$$;
COMMENT ON FUNCTION @extschema@.tablespaces()
	IS 'tablespaces with their folders; a relative one lies inside of the data directory';

--
-- WAL
--

-- pg_walfile_name() would not do on a standby.  It is immutable: in an expression, it
-- might be called before it is known whether it is needed.
CREATE FUNCTION @extschema@.wal_timeline(stop_lsn pg_lsn) RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF pg_is_in_recovery() THEN
		RETURN (SELECT min_recovery_end_timeline FROM pg_control_recovery());
	END IF;
	RETURN ('x' || left(pg_walfile_name(stop_lsn), 8))::bit(32)::integer;
END
$$;
COMMENT ON FUNCTION @extschema@.wal_timeline(pg_lsn)
	IS 'the timeline of the position at which a backup has just been stopped';

CREATE FUNCTION @extschema@.wal_position() RETURNS pg_lsn
LANGUAGE sql
BEGIN ATOMIC
	SELECT CASE WHEN pg_is_in_recovery()
		THEN COALESCE(greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()), '0/0')
		ELSE pg_current_wal_flush_lsn() END;
END;
COMMENT ON FUNCTION @extschema@.wal_position() IS 'how far WAL is on disk';

--
-- Rights
--

-- Who was given the rights, so that uninstalling takes them away again.  A role may have
-- another name by then.
CREATE TABLE @extschema@.reader (
	role regrole PRIMARY KEY
);
COMMENT ON TABLE @extschema@.reader IS 'roles to whom grant_to() gave the rights to take a backup';
SELECT pg_catalog.pg_extension_config_dump('@extschema@.reader', '');

CREATE FUNCTION @extschema@.rights() RETURNS SETOF regprocedure
LANGUAGE sql
BEGIN ATOMIC
	SELECT f FROM unnest(ARRAY[
		'pg_backup_start(text, boolean)'::regprocedure,
		'pg_backup_stop(boolean)'::regprocedure,
		'pg_ls_dir(text, boolean, boolean)'::regprocedure,
		'pg_stat_file(text, boolean)'::regprocedure,
		'pg_read_binary_file(text, bigint, bigint, boolean)'::regprocedure]) AS f;
END;
COMMENT ON FUNCTION @extschema@.rights()
	IS 'the functions of core''s that a backup calls and that not everybody may execute';

CREATE FUNCTION @extschema@.grant_to(role regrole) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	callee regprocedure;
BEGIN
	FOR callee IN SELECT @extschema@.rights() LOOP
		EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %s', callee, grant_to.role);
	END LOOP;
	EXECUTE format('GRANT USAGE ON SCHEMA @extschema@ TO %s', grant_to.role);
	INSERT INTO @extschema@.reader VALUES (grant_to.role) ON CONFLICT DO NOTHING;
END
$$;
REVOKE ALL ON FUNCTION @extschema@.grant_to(regrole) FROM PUBLIC;
COMMENT ON FUNCTION @extschema@.grant_to(regrole) IS 'lets a role take backups, and so read everything there is';

CREATE FUNCTION @extschema@.revoke_from(role regrole) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	callee regprocedure;
BEGIN
	FOR callee IN SELECT @extschema@.rights() LOOP
		EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM %s', callee, revoke_from.role);
	END LOOP;
	EXECUTE format('REVOKE USAGE ON SCHEMA @extschema@ FROM %s', revoke_from.role);
	DELETE FROM @extschema@.reader AS r WHERE r.role = revoke_from.role;
END
$$;
REVOKE ALL ON FUNCTION @extschema@.revoke_from(regrole) FROM PUBLIC;
COMMENT ON FUNCTION @extschema@.revoke_from(regrole) IS 'takes these rights away';
