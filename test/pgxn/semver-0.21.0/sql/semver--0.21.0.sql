CREATE FUNCTION semver_ok(text) RETURNS bool LANGUAGE c AS 'MODULE_PATHNAME', 'semver_ok';
