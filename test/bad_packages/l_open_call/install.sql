CREATE TABLE l_open_call_t (a int);
INSERT INTO l_open_call_t (a) VALUES (pg_catalog.abs(-1));
INSERT INTO l_open_call_t
	SELECT abs(-1);
