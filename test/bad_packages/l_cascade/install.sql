CREATE TABLE l_cascade_t (a int);
