CREATE TABLE IF NOT EXISTS t_adopt_table (x pg_catalog.int4);
