CREATE TABLE l_left_t (a int PRIMARY KEY, b text);
CREATE TABLE l_left_u (a int);
ALTER EXTENSION l_left DROP TABLE l_left_t;
CREATE ROLE l_left_role;
