CREATE FUNCTION t_up_fails_deep() RETURNS pg_catalog.int4 LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'no further' USING ERRCODE = 'T0001', DETAIL = 'the detail', HINT = 'the hint';
END $$;
SELECT t_up_fails_deep();
