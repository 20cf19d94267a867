-- @name@ @version@: greetings in many languages
\echo Use "SELECT pg_extension_install('@name@')" to install this package. \quit

CREATE TABLE @extschema@.@name@_greeting (
	language text PRIMARY KEY,
	greeting text NOT NULL
);
-- The rows are the users': they are dumped.
SELECT pg_catalog.pg_extension_config_dump('@extschema@.@name@_greeting', '');

-- The body is bound to the table here, where search_path is pinned, so that no
-- search_path of a caller can put another in its place.
CREATE FUNCTION @extschema@.@name@_greet(language text) RETURNS text
LANGUAGE sql STABLE STRICT
RETURN (SELECT g.greeting
		FROM @extschema@.@name@_greeting AS g
		WHERE g.language OPERATOR(pg_catalog.=) @name@_greet.language);
