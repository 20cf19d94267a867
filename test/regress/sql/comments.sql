--
-- Everything in the extension explains itself
--
-- From 17 on, the types that come with a table, and those of arrays, are members, too.
CREATE TEMP VIEW member AS
    SELECT classid, objid, 0 AS objsubid
    FROM pg_depend AS d
    WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e'
      AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'pg_extman')
      AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_type'::regclass
                      AND (classid, objid) = (d.classid, d.objid) AND deptype = 'i');

-- Tables, views, composite types: their columns, too.
CREATE TEMP VIEW explained AS
    TABLE pg_temp.member
    UNION ALL
    SELECT classid, attrelid, attnum
    FROM pg_temp.member
    JOIN pg_attribute ON attrelid = CASE classid
        WHEN 'pg_class'::regclass THEN objid
        WHEN 'pg_type'::regclass THEN (SELECT typrelid FROM pg_type WHERE oid = objid)
    END
    WHERE attnum > 0 AND NOT attisdropped;

SELECT classid::regclass AS kind, count(*) > 0 AS some
FROM pg_temp.explained GROUP BY classid ORDER BY classid::regclass::text;

-- What has no comment.
SELECT pg_describe_object(CASE WHEN objsubid > 0 THEN 'pg_class'::regclass ELSE classid END, objid, objsubid)
FROM pg_temp.explained
WHERE CASE WHEN objsubid > 0 THEN col_description(objid, objsubid)
           ELSE obj_description(objid, classid::regclass::name) END IS NULL
ORDER BY 1;

-- The extension's own comment ends in the manifest.
SELECT obj_description(oid, 'pg_extension') IS NOT NULL FROM pg_extension WHERE extname = 'pg_extman';
