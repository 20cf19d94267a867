CREATE TABLE l_fails_t (a int);
INSERT INTO l_fails_t VALUES (1 / 0);
