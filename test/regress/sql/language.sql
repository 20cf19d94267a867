--
-- DO LANGUAGE extman: the commands of the 2010 design
--
\set SHOW_CONTEXT never

-- A block is one change; each step is told.
DO LANGUAGE extman $$
    -- what is needed comes along
    INSTALL EXTENSION foo, T_CHAIN (= 1.0);
    Install Extension "bla" /* in its newest /* nested */ version */
$$;
SELECT name, version, automatic, held FROM extman.installed
WHERE name IN ('foo', 'bar', 'baz', 'bla', 't_chain') ORDER BY name;
SELECT kind, request, step, action, name FROM extman.history
WHERE at = (SELECT max(at) FROM extman.history) ORDER BY step;

-- Its parts count together: alone, none of these would do.
DO LANGUAGE extman $$ UNINSTALL EXTENSION bar $$;
DO LANGUAGE extman $$ UNINSTALL EXTENSION bar; UNINSTALL EXTENSION foo; $$;

-- Holds count for all of a block, wherever they stand in it.
DO LANGUAGE extman $$ UPGRADE EXTENSION t_chain; HOLD EXTENSION t_chain $$;
DO LANGUAGE extman $$ HOLD EXTENSION t_chain, bla; MARK EXTENSION bla AUTOMATIC $$;
DO LANGUAGE extman $$ UPGRADE EXTENSION t_chain $$;
DO LANGUAGE extman $$ UPGRADE EXTENSION t_chain (= 1.1); UNHOLD EXTENSION t_chain $$;
DO LANGUAGE extman $$ UPGRADE EXTENSION ALL; UPGRADE EXTENSION t_chain; $$;
DO LANGUAGE extman $$ UPGRADE EXTENSION ALL $$;
SELECT request FROM extman.history ORDER BY at DESC, step LIMIT 1;
-- What is only installed by the block is held then.
DO LANGUAGE extman $$ HOLD EXTENSION t_either; INSTALL EXTENSION t_either; MARK EXTENSION t_either AUTOMATIC $$;
DO LANGUAGE extman $$ MARK EXTENSION t_either AUTOMATIC; UNHOLD EXTENSION t_either $$;
SELECT name, automatic, held FROM extman.installed WHERE name IN ('bla', 't_chain', 't_either') ORDER BY name;
DO LANGUAGE extman $$ UNHOLD EXTENSION bla; UNINSTALL EXTENSION t_either, t_foo, bla, t_chain, baz CASCADE $$;

-- Each install into its own schema, with what comes along for it.
CREATE SCHEMA s;
CREATE SCHEMA "S 2";
DO LANGUAGE extman $$
    INSTALL EXTENSION foo SCHEMA S;
    INSTALL EXTENSION t_chain SCHEMA "S 2";
    INSTALL EXTENSION bla
$$;
SELECT name, schema FROM extman.installed WHERE name IN ('foo', 'bar', 'baz', 'bla', 't_chain') ORDER BY name;
DO LANGUAGE extman $$ UNINSTALL EXTENSION bar, baz CASCADE; UNINSTALL EXTENSION t_chain, bla CASCADE $$;
DROP SCHEMA s, "S 2";

-- Nothing to do.
DO LANGUAGE extman '';
DO LANGUAGE extman ' ; -- nothing';

-- All or nothing.
DO LANGUAGE extman $$ INSTALL EXTENSION bar; HOLD EXTENSION bar; MARK EXTENSION t_absent WANTED $$;
SELECT count(*) FROM extman.installed WHERE name = 'bar';

-- What is wrong is pointed at.
DO LANGUAGE extman $$ INSTALL foo $$;
DO LANGUAGE extman $$
    INSTALL EXTENSION foo;
    /* ä */ UPGRADE EXTENSION bar (>> 1.0
$$;
DO LANGUAGE extman 'INSTAL EXTENSION foo';
DO LANGUAGE extman 'INSTALL EXTENSION';
DO LANGUAGE extman 'INSTALL EXTENSION foo bar';
DO LANGUAGE extman 'INSTALL EXTENSION foo SCHEMA s t';
DO LANGUAGE extman 'INSTALL EXTENSION foo SCHEMA a; INSTALL EXTENSION bar, foo SCHEMA b';
DO LANGUAGE extman 'INSTALL EXTENSION foo | "b|r"';
DO LANGUAGE extman 'UNINSTALL EXTENSION foo | bar';
DO LANGUAGE extman 'UNINSTALL EXTENSION foo CASCADE; UNINSTALL EXTENSION bar';
DO LANGUAGE extman 'UPGRADE EXTENSION foo (= 1.0); UPGRADE EXTENSION ALL';
DO LANGUAGE extman 'HOLD EXTENSION foo (= 1.0)';
DO LANGUAGE extman 'MARK EXTENSION foo';
DO LANGUAGE extman 'INSTALL EXTENSION "foo';
DO LANGUAGE extman 'INSTALL EXTENSION foo /* and so on';
\set VERBOSITY sqlstate
DO LANGUAGE extman 'DROP EXTENSION foo';
DO LANGUAGE extman 'INSTALL EXTENSION fooo';
DO LANGUAGE extman 'UPGRADE EXTENSION foo; UPGRADE EXTENSION ALL';
DO LANGUAGE extman 'INSTALL EXTENSION t_rival_a, t_rival_b';
\set VERBOSITY default

-- Where nothing may be changed, and from where no block may come.
BEGIN READ ONLY;
DO LANGUAGE extman 'INSTALL EXTENSION foo';
ROLLBACK;
DO $$ BEGIN EXECUTE $do$DO LANGUAGE extman 'INSTALL EXTENSION bla'$do$; END $$;
DO LANGUAGE extman 'UNINSTALL EXTENSION bla';

-- Everybody may use it, and may do by it what he may do anyway.
CREATE ROLE regress_language;
SET ROLE regress_language;
DO LANGUAGE extman 'INSTALL EXTENSION foo';
DO LANGUAGE extman 'HOLD EXTENSION plpgsql';
RESET ROLE;
DO $$BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO regress_language', current_database()); END$$;
GRANT CREATE ON SCHEMA public TO regress_language;
SET ROLE regress_language;
DO LANGUAGE extman 'INSTALL EXTENSION bla; HOLD EXTENSION bla';
DO LANGUAGE extman 'UNINSTALL EXTENSION bla; UNHOLD EXTENSION bla';
RESET ROLE;
REVOKE USAGE ON LANGUAGE extman FROM PUBLIC;
SET ROLE regress_language;
DO LANGUAGE extman '';
RESET ROLE;
GRANT USAGE ON LANGUAGE extman TO PUBLIC;
DROP OWNED BY regress_language;
DROP ROLE regress_language;

-- No function can be written in it.
CREATE FUNCTION f() RETURNS void LANGUAGE extman AS 'INSTALL EXTENSION foo';
SET check_function_bodies = off;
CREATE PROCEDURE p() LANGUAGE extman AS 'INSTALL EXTENSION foo';
RESET check_function_bodies;
SELECT lanpltrusted FROM pg_language WHERE lanname = 'extman';
