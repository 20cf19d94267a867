CREATE FUNCTION l_call(text) RETURNS text LANGUAGE sql AS $$
	SELECT
		lower($1)
$$;
CREATE FUNCTION l_table() RETURNS bigint LANGUAGE plpgsql AS $body$
DECLARE
	n bigint := 0;
BEGIN
	FOR n IN SELECT x.a FROM l_rows AS x LOOP
		n := n;
	END LOOP;
	RETURN n;
END
$body$;
CREATE FUNCTION l_operator(int) RETURNS int LANGUAGE sql AS 'SELECT $1 + 1';
CREATE FUNCTION l_constant() RETURNS int LANGUAGE sql AS 'SELECT 42';
CREATE FUNCTION l_qualified(int) RETURNS int LANGUAGE sql AS
	'WITH c (d) AS (SELECT pg_catalog.abs($1)) SELECT d OPERATOR(pg_catalog.+) 1 FROM c';
CREATE FUNCTION l_grammar(date) RETURNS numeric LANGUAGE sql AS
	'SELECT coalesce(extract(year FROM $1), CAST(NULL AS numeric(10, 2)))';
CREATE FUNCTION l_bound(text) RETURNS text LANGUAGE sql RETURN lower($1);
CREATE FUNCTION l_pinned(text) RETURNS text LANGUAGE sql SET search_path = pg_catalog, pg_temp
AS 'SELECT lower($1)';
CREATE FUNCTION l_pins(text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
	RETURN lower($1);
END $$;
CREATE FUNCTION "L Later"(text) RETURNS text LANGUAGE sql AS 'SELECT lower($1)';
ALTER FUNCTION "L Later"(text) SET search_path TO pg_catalog, pg_temp;
