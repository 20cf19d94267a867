-- bar 1.0 to 1.1: adds bar_without
CREATE FUNCTION bar_without(sentence text) RETURNS text
LANGUAGE sql STABLE STRICT
RETURN (SELECT string_agg(w.word, ' ' ORDER BY w.place)
		FROM regexp_split_to_table(sentence, '\s+') WITH ORDINALITY AS w (word, place)
		WHERE bar_counts(w.word));
