CREATE TYPE t_ext_span AS RANGE (SUBTYPE = pg_catalog.varbit);
CREATE TABLE t_ext_spans (x t_ext_span);
CREATE TYPE t_ext_pair AS (a t_ext_spans, b t_ext_span[]);
