CREATE SCHEMA IF NOT EXISTS t_inner_more;
CREATE FUNCTION t_inner_more.f(bigint) RETURNS int LANGUAGE sql AS 'SELECT 1';
SELECT t_inner_more.f(1);
