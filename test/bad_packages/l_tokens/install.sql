CREATE TABLE @extschema@.l_tokens_t (a @extschema:cube@.cube);
CREATE FUNCTION l_tokens_f() RETURNS int LANGUAGE c
AS 'MODULE_PATHNAME', 'f';
CREATE TABLE l_tokens_u (
	a @extschema:seg@.seg);
