/* t_own/install.sql */
CREATE FUNCTION t_own_hook(what pg_catalog.text) RETURNS pg_catalog.void LANGUAGE plpgsql
    AS 'BEGIN END';
