BEGIN;
CREATE TABLE l_transaction_t (a int);
CREATE INDEX CONCURRENTLY ON l_transaction_t (a);
VACUUM l_transaction_t;
START TRANSACTION;
CREATE FUNCTION l_transaction_f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; END;
/* a comment */ COMMIT;
