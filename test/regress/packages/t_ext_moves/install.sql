CREATE TABLE t_ext_rows (id pg_catalog.int4 PRIMARY KEY, a pg_catalog.int4, b pg_catalog.text,
    CONSTRAINT t_ext_rows_check CHECK (id OPERATOR(pg_catalog.<>) a));
CREATE FUNCTION t_ext_lookup(pg_catalog.int4) RETURNS pg_catalog.text LANGUAGE sql
    BEGIN ATOMIC SELECT b FROM t_ext_rows WHERE id = $1; END;
CREATE TYPE t_ext_words AS RANGE (SUBTYPE = pg_catalog.text);
CREATE TYPE t_ext_entry AS (n pg_catalog.int4, w t_ext_words);
