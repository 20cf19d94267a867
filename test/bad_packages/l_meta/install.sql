\echo Use "SELECT pg_extension_install('l_meta')" to install this package. \quit
\set x 1
\i tables.sql
CREATE TABLE l_meta_t (a int);
COPY l_meta_t FROM stdin;
1
\.
\connect other
