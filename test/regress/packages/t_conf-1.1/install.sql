CREATE FUNCTION t_conf_follows() RETURNS text LANGUAGE sql RETURN current_setting('t_conf.follows', true);
