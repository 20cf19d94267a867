CREATE TABLE l_refuses_t (a int);
