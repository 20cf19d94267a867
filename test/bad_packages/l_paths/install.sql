CREATE FUNCTION l_paths_f() RETURNS int LANGUAGE c AS '/usr/lib/l_paths', 'f';
CREATE FUNCTION l_paths_g() RETURNS int LANGUAGE c AS 'MODULE_PATHNAME', 'g';
CREATE TABLE l_paths_t (a text DEFAULT '/tmp');
COPY l_paths_t FROM '/tmp/l_paths.csv' WITH (FORMAT csv);
INSERT INTO l_paths_t VALUES (pg_catalog.pg_read_file('/etc/hostname'));
