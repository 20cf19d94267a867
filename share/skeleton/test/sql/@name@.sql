\pset format unaligned
SELECT action, name, new_version FROM pg_extension_install('@name@ (= @version@)');
INSERT INTO @name@_greeting VALUES ('en', 'Hello');
SELECT @name@_greet('en');
-- Greetings are not thrown away unasked.
\set VERBOSITY terse
SELECT action, name FROM pg_extension_uninstall('@name@');
SET @name@.drop_data = on;
SELECT action, name FROM pg_extension_uninstall('@name@');
