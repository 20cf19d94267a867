DROP FUNCTION semver_old(text);
