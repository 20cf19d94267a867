CREATE TYPE pair AS (k text, v text);
CREATE FUNCTION pair(text, text) RETURNS pair LANGUAGE sql IMMUTABLE RETURN ROW($1, $2)::pair;
