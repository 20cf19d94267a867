-- baz 1.0: text to slugs, lower case and joined by hyphens
CREATE FUNCTION baz_slug(sentence text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN trim(BOTH '-' FROM regexp_replace(lower(sentence COLLATE "C"), '[^a-z0-9]+', '-', 'g'));
