-- foo 1.0: titles to slugs, in the words that bar lists and the spelling of baz
\echo Use "SELECT pg_extension_install('foo')" to install this package. \quit

CREATE TABLE foo_title (
	slug text PRIMARY KEY,
	title text NOT NULL
);
SELECT pg_catalog.pg_extension_config_dump('foo_title', '');

-- The length that slugs are cut to: foo.max_length, as foo.conf sets it.
CREATE FUNCTION foo_max_length() RETURNS integer
LANGUAGE sql STABLE PARALLEL SAFE
RETURN COALESCE(NULLIF(current_setting('foo.max_length', true), '')::integer, 40);

-- The body is bound to bar_without and baz_slug here, where search_path is
-- pinned, so no search_path of a caller can put others in their place.
CREATE FUNCTION foo_slug(title text) RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE
RETURN rtrim(left(baz_slug(bar_without(title)), foo_max_length()), '-');

CREATE FUNCTION foo_add(title text) RETURNS text
LANGUAGE sql VOLATILE STRICT
BEGIN ATOMIC
	INSERT INTO foo_title (slug, title)
		VALUES (foo_slug(foo_add.title), foo_add.title)
		RETURNING foo_title.slug;
END;
