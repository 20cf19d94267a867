-- bar 1.0: a list of words that do not count
CREATE TABLE bar_word (word text PRIMARY KEY);
SELECT pg_catalog.pg_extension_config_dump('bar_word', '');

CREATE FUNCTION bar_counts(word text) RETURNS boolean
LANGUAGE sql STABLE STRICT
RETURN NOT EXISTS (SELECT FROM bar_word AS b WHERE b.word = lower(bar_counts.word));
