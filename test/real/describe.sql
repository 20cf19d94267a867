-- Describes one extension, :'extension', as text: what it is, and everything that
-- belongs to it, without a single OID.  Two databases in which the same extension
-- was created in different ways must give the same text.
--
-- In each database, the schema of every object is written out.
SET search_path = pg_catalog;
SET timezone = 'UTC';
\pset format unaligned
\pset tuples_only on
\pset fieldsep ' | '
\pset null '(null)'

CREATE TEMPORARY VIEW extension AS
SELECT * FROM pg_extension WHERE extname = :'extension';

CREATE TEMPORARY VIEW member AS
SELECT d.classid, d.objid
FROM pg_depend d JOIN extension e ON d.refobjid = e.oid
WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e' AND d.objsubid = 0;

\qecho = extension
SELECT e.extname, e.extversion, n.nspname, e.extrelocatable, e.extowner::regrole,
  obj_description(e.oid, 'pg_extension')
FROM extension e JOIN pg_namespace n ON n.oid = e.extnamespace;

\qecho = required extensions
SELECT r.extname
FROM extension e
JOIN pg_depend d ON d.classid = 'pg_extension'::regclass AND d.objid = e.oid
JOIN pg_extension r ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = r.oid
WHERE r.extname <> 'pg_extman'
ORDER BY r.extname COLLATE "C";

\qecho = configuration tables
SELECT c.config::regclass, c.condition
FROM extension e, unnest(e.extconfig, e.extcondition) WITH ORDINALITY AS c(config, condition, n)
ORDER BY c.n;

\qecho = members
SELECT i.type, i.schema, i.name, i.identity,
  obj_description(m.objid, m.classid::regclass::name)
FROM member m, pg_identify_object(m.classid, m.objid, 0) i
ORDER BY i.type COLLATE "C", i.identity COLLATE "C";

\qecho = what hangs on members
SELECT d.deptype, o.description
FROM member m
JOIN pg_depend d ON d.refclassid = m.classid AND d.refobjid = m.objid,
LATERAL (SELECT regexp_replace(pg_describe_object(d.classid, d.objid, d.objsubid),
  'pg_toast_\d+', 'pg_toast', 'g') AS description) o
WHERE d.deptype IN ('a', 'i')
ORDER BY d.deptype, o.description COLLATE "C";

\qecho = initial privileges
SELECT i.type, i.identity, p.objsubid, p.privtype, p.initprivs
FROM member m
JOIN pg_init_privs p ON p.classoid = m.classid AND p.objoid = m.objid,
LATERAL pg_identify_object(m.classid, m.objid, p.objsubid) i
ORDER BY i.type COLLATE "C", i.identity COLLATE "C", p.objsubid;

\qecho = functions
SELECT p.oid::regprocedure, p.proowner::regrole, p.proacl, p.probin,
  md5(pg_get_functiondef(p.oid))
FROM member m JOIN pg_proc p ON m.classid = 'pg_proc'::regclass AND m.objid = p.oid
WHERE p.prokind <> 'a'
ORDER BY p.oid::regprocedure::text COLLATE "C";

\qecho = aggregates
SELECT a.aggfnoid::regprocedure, a.aggkind, a.aggtransfn, a.aggfinalfn,
  a.aggcombinefn, a.aggserialfn, a.aggdeserialfn, a.aggmtransfn, a.aggminvtransfn, a.aggmfinalfn,
  a.aggtranstype::regtype, a.aggmtranstype::regtype, a.aggsortop::regoper, a.agginitval,
  a.aggfinalextra, a.aggfinalmodify, a.aggtransspace, p.proparallel, p.proacl
FROM member m
JOIN pg_aggregate a ON m.classid = 'pg_proc'::regclass AND m.objid = a.aggfnoid
JOIN pg_proc p ON p.oid = a.aggfnoid
ORDER BY a.aggfnoid::regprocedure::text COLLATE "C";

\qecho = types
SELECT t.oid::regtype, t.typowner::regrole, t.typlen, t.typbyval, t.typtype, t.typcategory,
  t.typispreferred, t.typdelim, t.typalign, t.typstorage, t.typnotnull, t.typdefault,
  t.typinput, t.typoutput, t.typreceive, t.typsend, t.typmodin, t.typmodout, t.typanalyze,
  t.typsubscript, t.typbasetype::regtype, t.typacl,
  (SELECT array_agg(l.enumlabel ORDER BY l.enumsortorder) FROM pg_enum l WHERE l.enumtypid = t.oid)
FROM member m JOIN pg_type t ON m.classid = 'pg_type'::regclass AND m.objid = t.oid
ORDER BY t.oid::regtype::text COLLATE "C";

\qecho = operators
SELECT o.oid::regoperator, o.oprowner::regrole, o.oprcode, o.oprrest, o.oprjoin,
  o.oprcom::regoperator, o.oprnegate::regoperator, o.oprcanmerge, o.oprcanhash
FROM member m JOIN pg_operator o ON m.classid = 'pg_operator'::regclass AND m.objid = o.oid
ORDER BY o.oid::regoperator::text COLLATE "C";

\qecho = relations
SELECT c.oid::regclass, c.relkind, c.relpersistence, c.relowner::regrole, c.relacl,
  c.reloptions, c.relrowsecurity, md5(pg_get_viewdef(c.oid)),
  CASE WHEN c.relkind = 'r'
    THEN query_to_xml(format('SELECT count(*) FROM %s', c.oid::regclass), true, true, '')::text
  END
FROM member m JOIN pg_class c ON m.classid = 'pg_class'::regclass AND m.objid = c.oid
ORDER BY c.oid::regclass::text COLLATE "C";

\qecho = columns
SELECT a.attrelid::regclass, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod),
  a.attnotnull, a.attidentity, a.attgenerated, pg_get_expr(d.adbin, d.adrelid), a.attacl
FROM member m
JOIN pg_attribute a ON m.classid = 'pg_class'::regclass AND m.objid = a.attrelid
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE a.attnum > 0 AND NOT a.attisdropped
ORDER BY a.attrelid::regclass::text COLLATE "C", a.attnum;

\qecho = indexes
SELECT pg_get_indexdef(x.indexrelid)
FROM member m JOIN pg_index x ON m.classid = 'pg_class'::regclass AND m.objid = x.indrelid
ORDER BY pg_get_indexdef(x.indexrelid) COLLATE "C";

\qecho = constraints
SELECT c.conrelid::regclass, c.contypid::regtype, c.conname,
  pg_get_constraintdef(c.oid)
FROM member m
JOIN pg_constraint c ON m.classid = 'pg_class'::regclass AND m.objid = c.conrelid
  OR m.classid = 'pg_type'::regclass AND m.objid = c.contypid
ORDER BY c.conrelid::regclass::text COLLATE "C", c.contypid::regtype::text COLLATE "C", c.conname COLLATE "C";

\qecho = triggers
SELECT pg_get_triggerdef(t.oid), t.tgenabled
FROM member m JOIN pg_trigger t ON m.classid = 'pg_class'::regclass AND m.objid = t.tgrelid
WHERE NOT t.tgisinternal
ORDER BY pg_get_triggerdef(t.oid) COLLATE "C";

\qecho = event triggers
SELECT t.evtname, t.evtevent, t.evtowner::regrole, t.evtfoid::regprocedure, t.evtenabled, t.evttags
FROM member m JOIN pg_event_trigger t
  ON m.classid = 'pg_event_trigger'::regclass AND m.objid = t.oid
ORDER BY t.evtname COLLATE "C";

\qecho = schemas
SELECT n.nspname, n.nspowner::regrole, n.nspacl
FROM member m JOIN pg_namespace n ON m.classid = 'pg_namespace'::regclass AND m.objid = n.oid
ORDER BY n.nspname COLLATE "C";
