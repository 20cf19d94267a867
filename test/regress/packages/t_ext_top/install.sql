CREATE FUNCTION t_ext_top() RETURNS pg_catalog.text LANGUAGE sql AS $$ SELECT @extschema:t_ext_mid@.t_ext_mid() || ', top' $$;
CREATE TABLE t_ext_top_path AS SELECT pg_catalog.current_setting('search_path') AS path;
