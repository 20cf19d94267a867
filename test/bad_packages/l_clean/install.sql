CREATE TABLE l_clean_t (a int PRIMARY KEY, b text);
CREATE FUNCTION l_clean_f() RETURNS bigint LANGUAGE sql STABLE
RETURN (SELECT count(*) FROM l_clean_t);
