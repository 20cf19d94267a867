-- bar 1.1: a list of words that do not count, and text without them
CREATE TABLE bar_word (word text PRIMARY KEY);
SELECT pg_catalog.pg_extension_config_dump('bar_word', '');

CREATE FUNCTION bar_counts(word text) RETURNS boolean
LANGUAGE sql STABLE STRICT
RETURN NOT EXISTS (SELECT FROM bar_word AS b WHERE b.word = lower(bar_counts.word));

CREATE FUNCTION bar_without(sentence text) RETURNS text
LANGUAGE sql STABLE STRICT
RETURN (SELECT string_agg(w.word, ' ' ORDER BY w.place)
		FROM regexp_split_to_table(sentence, '\s+') WITH ORDINALITY AS w (word, place)
		WHERE bar_counts(w.word));
