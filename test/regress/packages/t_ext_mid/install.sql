CREATE FUNCTION t_ext_mid() RETURNS pg_catalog.text LANGUAGE sql
    AS $$ SELECT @extschema:t_ext_low@.t_ext_low() || ', ' || @extschema:t_ext_fixed@.t_ext_fixed() || ', mid' $$;
