--
-- The order of versions, and constraints on them
--
\set SHOW_CONTEXT never

SELECT a, b, pg_extension_version_compare(a, b) AS order,
       pg_extension_version_compare(b, a) AS reverse
    FROM (VALUES
        ('1.0', '1.0'), ('1.0', '1.00'), ('1.0', '0:1.0'), ('1.0', '1.0-0'),
        ('1', '1.0'), ('1.9', '1.10'), ('1.0~beta1', '1.0'), ('1.0', '1.0a'),
        ('1.0a', '1.0+'), ('1.0', '1.0-1'), ('1.0~~', '1.0~~a'), ('1.0~~a', '1.0~'),
        ('2.0', '1:1.0'), ('1.0-1', '1.0-1.1'), ('1.0rc1', '1.0'), ('abc', 'abd'),
        ('99999999999999999999998', '99999999999999999999999'), ('1.0_1', '1.0_2'))
        AS pair(a, b);

-- It can sort.
SELECT array_agg(v ORDER BY pg_extension_version_compare(v, '1.0'), v COLLATE "C")
    FROM unnest(ARRAY['1.1', '1.0-0', '0.9', '1.0', '1.0~rc1']) AS v;

SELECT v, c, pg_extension_version_satisfies(v, c) AS holds
    FROM (VALUES
        ('1.1', '>= 1.1'), ('1.0', '>= 1.1'), ('1.1', '> 1.1'), ('1.1', '< 1.1'),
        ('1.1', '>> 1.0'), ('1.1', '<< 1.1'), ('1.1', '= 1.10-0'), ('1.10', '= 1.10-0'),
        ('1.5', '>= 1.1, < 2'), ('2.0~rc1', '>= 1.1, < 2'), ('2', '>= 1.1, < 2'),
        ('1.5', '>= 1, != 1.5'), ('0.7', '<= 0.8'))
        AS pair(v, c);

SELECT pg_extension_version_compare(NULL, '1.0') IS NULL AS strict;
SELECT pg_extension_version_satisfies('1.0', NULL) IS NULL AS strict;

SELECT pg_extension_version_compare('1.0', '');
SELECT pg_extension_version_compare('1.0-', '1.0');
SELECT pg_extension_version_compare('99999999999:1.0', '1.0');
SELECT pg_extension_version_satisfies('1.0', '');
SELECT pg_extension_version_satisfies('1.0', '1.0');
SELECT pg_extension_version_satisfies('1.0', '>= 1.0,');
SELECT pg_extension_version_satisfies('1.0', '=> 1.0');
SELECT pg_extension_version_satisfies('1 0', '>= 1.0');

SELECT proname, provolatile, proisstrict, proparallel FROM pg_proc
    WHERE proname LIKE 'pg\_extension\_version\_%' ORDER BY 1;
