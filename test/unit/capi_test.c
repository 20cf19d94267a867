/*
 * core.h as C sees it: every call, with good, bad and missing arguments, and
 * nothing alive at the end.  Called by capi_test.cpp, which is GoogleTest's.
 */
#include "extman/core.h"

#include <stdio.h>
#include <string.h>

const char *capi_failure(void);

static char failure[512];

#define CHECK(condition) \
	do { \
		if (!(condition)) { \
			snprintf(failure, sizeof(failure), "%s:%d: %s", __FILE__, __LINE__, #condition); \
			return failure; \
		} \
	} while (0)

static ExtmanText
text(const char *s)
{
	ExtmanText	t;

	t.data = s;
	t.length = s ? strlen(s) : 0;
	return t;
}

static const char *
check_names_and_versions(void)
{
	ExtmanError error;
	int			order = 9;
	bool		fits = false;

	CHECK(extman_name_check(text("foo"), &error) == EXTMAN_OK);
	CHECK(error.code == EXTMAN_OK);
	CHECK(extman_name_check(text("../etc"), &error) == EXTMAN_BAD_INPUT);
	CHECK(error.message[0] != '\0');
	CHECK(extman_name_check(text("a--b"), NULL) == EXTMAN_BAD_INPUT);
	CHECK(extman_name_check(text(NULL), NULL) == EXTMAN_BAD_INPUT);

	CHECK(extman_version_compare(text("1.0"), text("1.0~rc1"), &order, &error) == EXTMAN_OK);
	CHECK(order == 1);
	CHECK(extman_version_compare(text("1.0-"), text("1"), &order, &error) == EXTMAN_BAD_INPUT);
	CHECK(extman_version_satisfies(text("1.1"), text(">= 1.1, < 2"), &fits, &error) == EXTMAN_OK);
	CHECK(fits);
	CHECK(extman_version_satisfies(text("2.0"), text(">= 1.1, < 2"), &fits, &error) == EXTMAN_OK);
	CHECK(!fits);
	CHECK(extman_version_satisfies(text("2.0"), text("~ 1"), &fits, &error) == EXTMAN_BAD_INPUT);
	return NULL;
}

static const char *
shout(const char *string, const char *plural, unsigned long count)
{
	(void) plural;
	(void) count;
	return strcmp(string, "version is empty") == 0 ? "VERSION IS EMPTY" : "%s%n%d";
}

static const char *
check_translator(void)
{
	ExtmanError error;
	int			order;

	extman_set_translator(shout);
	CHECK(extman_version_compare(text(""), text("1"), &order, &error) == EXTMAN_BAD_INPUT);
	CHECK(strcmp(error.message, "VERSION IS EMPTY") == 0);
	CHECK(extman_version_compare(text("1 0"), text("1"), &order, &error) == EXTMAN_BAD_INPUT);
	CHECK(strcmp(error.message, "version \"1 0\" contains white space") == 0);
	extman_set_translator(NULL);
	CHECK(extman_version_compare(text(""), text("1"), &order, &error) == EXTMAN_BAD_INPUT);
	CHECK(strcmp(error.message, "version is empty") == 0);
	return NULL;
}

static const char *
check_control(void)
{
	ExtmanError error;
	ExtmanControl *control = NULL;
	ExtmanControlInfo info;
	size_t		alive = extman_live_objects();

	CHECK(extman_control_parse(text("name = foo\nversion = 1.0\n"
									"depends = bar(>=1.1),baz\ntrusted = true\n"
									"custom_variable_classes = 'foo, f2'\n"),
							   &control, &error) == EXTMAN_OK);
	CHECK(extman_live_objects() == alive + 1);
	extman_control_info(control, &info);
	CHECK(strcmp(info.name, "foo") == 0);
	CHECK(strcmp(info.version, "1.0") == 0);
	CHECK(strcmp(info.depends, "bar (>= 1.1), baz") == 0);
	CHECK(info.conflicts == NULL && info.provides == NULL && info.comment == NULL);
	CHECK(info.class_count == 2 && strcmp(info.classes[0], "f2") == 0);
	CHECK(info.trusted && info.superuser && !info.relocatable);
	extman_control_free(control);
	CHECK(extman_live_objects() == alive);

	control = NULL;
	CHECK(extman_control_parse(text("name = foo\nversion = 1.0\ndependz = bar\n"),
							   &control, &error) == EXTMAN_BAD_INPUT);
	CHECK(control == NULL);
	CHECK(error.line == 3 && error.column == 1);
	CHECK(strstr(error.hint, "depends") != NULL);
	extman_control_free(NULL);
	CHECK(extman_live_objects() == alive);
	return NULL;
}

static const char *
check_conf(void)
{
	static const char *const classes[] = {"foo"};
	ExtmanError error;
	ExtmanConf *conf = NULL;
	const ExtmanConfSetting *settings;
	size_t		alive = extman_live_objects();

	CHECK(extman_conf_parse(text("# c\nfoo.limit = 10\nfoo.path = ''\n"), classes, 1, &conf,
							&error) == EXTMAN_OK);
	CHECK(extman_live_objects() == alive + 1);
	CHECK(extman_conf_settings(conf, &settings) == 2);
	CHECK(strcmp(settings[0].name, "foo.limit") == 0 && strcmp(settings[0].value, "10") == 0);
	CHECK(settings[0].line == 2 && settings[1].value[0] == '\0');
	extman_conf_free(conf);

	conf = NULL;
	CHECK(extman_conf_parse(text("foo.a = 1\nbar.a = 1\n"), classes, 1, &conf,
							&error) == EXTMAN_BAD_INPUT);
	CHECK(conf == NULL && error.line == 2 && error.column == 1 && error.hint[0] != '\0');
	CHECK(extman_conf_parse(text("foo.a = 1"), NULL, 0, &conf, NULL) == EXTMAN_BAD_INPUT);
	extman_conf_free(NULL);
	CHECK(extman_live_objects() == alive);
	return NULL;
}

static bool
stop_at_once(void *arg)
{
	++*(int *) arg;
	return true;
}

static const char *
check_solving(void)
{
	static const char *const files[] = {
		"name = foo\nversion = 1.0\ndepends = bar (>= 1.1), plpgsql\n",
		"name = bar\nversion = 1.0\n",
		"name = bar\nversion = 1.1\n",
		"name = bar\nversion = 1.10-0\n",
	};
	ExtmanError error;
	ExtmanUniverse *universe = NULL;
	ExtmanSolution *solution = NULL;
	ExtmanPackageId ids[4];
	ExtmanPackageId winner;
	ExtmanPackageId plain;
	ExtmanPlain language;
	ExtmanInstalled installed;
	ExtmanRequest request;
	ExtmanOptions options;
	const ExtmanStep *steps;
	const ExtmanPackageId *already;
	size_t		alive = extman_live_objects();
	int			polls = 0;

	memset(&language, 0, sizeof(language));
	memset(&request, 0, sizeof(request));
	memset(&options, 0, sizeof(options));
	CHECK(extman_universe_new(&universe, &error) == EXTMAN_OK);
	for (int i = 0; i < 4; i++)
	{
		ExtmanControl *control;

		CHECK(extman_control_parse(text(files[i]), &control, &error) == EXTMAN_OK);
		CHECK(extman_universe_add(universe, control, 100 + (uint32_t) i, &ids[i], &winner,
								  &error) == EXTMAN_OK);
		CHECK(winner == EXTMAN_NO_PACKAGE);
		if (i == 3)
		{
			ExtmanPackageId again;

			CHECK(extman_universe_add(universe, control, 200, &again, &winner,
									  &error) == EXTMAN_OK);
			CHECK(again == EXTMAN_NO_PACKAGE && winner == ids[3]);
		}
		extman_control_free(control);
	}
	language.name = text("plpgsql");
	language.version = text("1.0");
	CHECK(extman_universe_add_plain(universe, &language, 300, &plain, &winner,
									&error) == EXTMAN_OK);
	CHECK(winner == EXTMAN_NO_PACKAGE);
	CHECK(extman_universe_add_upgrade(universe, text("bar"), text("1.0"), text("1.10"), 400,
									  &error) == EXTMAN_OK);
	CHECK(extman_universe_tag(universe, ids[2]) == 102);
	CHECK(extman_universe_tag(universe, 12345) == EXTMAN_NO_PACKAGE);

	/* an overlay adds to an extension of the server's own */
	{
		ExtmanControl *overlay;
		const ExtmanControl *overlays[1];
		ExtmanPlain core;
		ExtmanPackageId core_id;
		ExtmanInstalled both[2];
		ExtmanFindings *findings;
		const ExtmanFinding *list;

		memset(&core, 0, sizeof(core));
		memset(both, 0, sizeof(both));
		CHECK(extman_control_parse(text("name = core\ndepends = bar (>= 1.10)\n"), &overlay,
								   &error) == EXTMAN_OK);
		overlays[0] = overlay;
		core.name = text("core");
		core.version = text("2");
		core.overlays = overlays;
		core.overlay_count = 1;
		CHECK(extman_universe_add_plain(universe, &core, 301, &core_id, &winner,
										&error) == EXTMAN_OK);
		CHECK(extman_universe_add_plain(universe, &core, 302, &core_id, &winner,
										&error) == EXTMAN_OK);
		extman_control_free(overlay);
		CHECK(core_id == EXTMAN_NO_PACKAGE && extman_universe_tag(universe, winner) == 301);

		both[0].package = winner;
		both[1].package = ids[1];
		both[1].automatic = true;
		CHECK(extman_check(universe, both, 2, &findings, &error) == EXTMAN_OK);
		CHECK(extman_findings(findings, &list) == 1);
		CHECK(strcmp(list[0].name, "core") == 0);
		CHECK(strcmp(list[0].text,
					 "core 2 depends on bar (>= 1.10), but bar 1.0 is installed") == 0);
		extman_findings_free(findings);

		both[1].package = ids[3];
		CHECK(extman_why(universe, both, 2, text("bar"), &findings, &error) == EXTMAN_OK);
		CHECK(extman_findings(findings, &list) == 1);
		CHECK(strcmp(list[0].text, "core 2 depends on bar (>= 1.10)") == 0);
		extman_findings_free(findings);
		CHECK(extman_why(universe, both, 2, text("coer"), &findings,
						 &error) == EXTMAN_BAD_INPUT);
		CHECK(strcmp(error.hint, "Perhaps you meant \"core\".") == 0);
		extman_findings_free(NULL);

		/* what could be had of a name, and a picture */
		{
			ExtmanText	names[2];
			ExtmanPackageId packages[2];
			ExtmanGraph *graph;
			ExtmanText	none = {NULL, 0};

			names[0] = text("bar");
			names[1] = text("coer");
			CHECK(extman_obtainable(universe, both, 2, names, 2, &options, packages,
									&error) == EXTMAN_OK);
			CHECK(packages[0] == ids[3] && packages[1] == EXTMAN_NO_PACKAGE);
			CHECK(extman_graph(universe, both, 2, none, EXTMAN_DOT, &options, &graph,
							   &error) == EXTMAN_OK);
			CHECK(strstr(extman_graph_text(graph), "core 2\\ninstalled") != NULL);
			extman_graph_free(graph);
			CHECK(extman_graph(universe, both, 2, text("coer"), EXTMAN_MERMAID, &options, &graph,
							   &error) == EXTMAN_OK);
			CHECK(strncmp(extman_graph_text(graph), "flowchart LR\n", 13) == 0);
			extman_graph_free(graph);
			CHECK(extman_graph(universe, both, 2, text("a,"), EXTMAN_DOT, &options, &graph,
							   &error) == EXTMAN_BAD_INPUT);
			extman_graph_free(NULL);
		}
	}

	/* a block of the language */
	{
		ExtmanBlock *block;
		ExtmanBlockInfo info;

		CHECK(extman_block_parse(text("INSTALL EXTENSION a, b SCHEMA s; INSTALL EXTENSION c; "
									  "UPGRADE EXTENSION ALL; HOLD EXTENSION d"),
								 &block, &error) == EXTMAN_OK);
		extman_block_info(block, &info);
		CHECK(strcmp(info.install, "a, b, c") == 0 && info.schema_count == 3);
		CHECK(strcmp(info.schemas[1], "s") == 0 && info.schemas[2] == NULL);
		CHECK(info.uninstall == NULL && info.upgrade == NULL);
		CHECK(info.upgrade_all && !info.cascade);
		CHECK(info.policy_count == 1 && info.policies[0].word == EXTMAN_HOLD);
		CHECK(strcmp(info.policies[0].name, "d") == 0);
		extman_block_free(block);
		CHECK(extman_block_parse(text("HOLD d"), &block, &error) == EXTMAN_BAD_INPUT);
		CHECK(error.line == 1 && error.column == 6);
		extman_block_free(NULL);
	}

	/* a manifest */
	{
		ExtmanManifest *manifest;
		const ExtmanManifestEntry *entries;

		CHECK(extman_manifest_parse(text("foo (= 1.0), bar (= 1.1)"), &manifest,
									&error) == EXTMAN_OK);
		CHECK(extman_manifest_entries(manifest, &entries) == 2);
		CHECK(strcmp(entries[1].name, "bar") == 0 && strcmp(entries[1].version, "1.1") == 0);
		extman_manifest_free(manifest);
		CHECK(extman_manifest_parse(text("foo"), &manifest, &error) == EXTMAN_BAD_INPUT);
		extman_manifest_free(NULL);
	}

	/* a plan */
	installed.package = plain;
	installed.automatic = installed.held = false;
	request.install = text("foo");
	CHECK(extman_solve(universe, &installed, 1, &request, &options, &solution,
					   &error) == EXTMAN_OK);
	CHECK(extman_solution_verdict(solution) == EXTMAN_PLAN);
	CHECK(extman_solution_steps(solution, &steps) == 2);
	CHECK(steps[0].action == EXTMAN_INSTALL && steps[0].package == ids[3]);
	CHECK(strcmp(steps[0].name, "bar") == 0 && strcmp(steps[0].new_version, "1.10-0") == 0);
	CHECK(steps[0].old_version == NULL && !steps[0].requested);
	CHECK(strcmp(steps[0].reason, "foo 1.0 depends on bar (>= 1.1)") == 0);
	CHECK(steps[1].package == ids[0] && steps[1].requested && steps[1].need_count == 2);
	CHECK(steps[1].needs[0] == ids[3] && steps[1].needs[1] == plain);
	CHECK(extman_solution_already(solution, &already) == 0);
	CHECK(extman_solution_rewired(solution, &steps) == 0);
	extman_solution_free(solution);

	/* no plan */
	request.install = text("foo (>= 2)");
	CHECK(extman_solve(universe, NULL, 0, &request, &options, &solution, &error) == EXTMAN_OK);
	CHECK(extman_solution_verdict(solution) == EXTMAN_NO_PLAN);
	CHECK(extman_solution_steps(solution, &steps) == 0);
	CHECK(strcmp(extman_solution_message(solution), "cannot install foo (>= 2)") == 0);
	CHECK(strstr(extman_solution_detail(solution), "foo available is 1.0") != NULL);
	CHECK(strstr(extman_solution_hint(solution), "foo 2 or later") != NULL);
	extman_solution_free(solution);

	/* bad requests */
	request.install = text("foo (>= )");
	CHECK(extman_solve(universe, NULL, 0, &request, &options, &solution,
					   &error) == EXTMAN_BAD_INPUT);
	CHECK(error.column > 0);
	request.install = text("");
	CHECK(extman_solve(universe, NULL, 0, &request, &options, &solution,
					   &error) == EXTMAN_BAD_INPUT);
	request.install = text(NULL);
	request.uninstall = text("foo | bar");
	CHECK(extman_solve(universe, NULL, 0, &request, &options, &solution,
					   &error) == EXTMAN_BAD_INPUT);
	request.uninstall = text(NULL);

	/* misuse, limits, interrupts */
	installed.package = 999;
	request.install = text("foo");
	CHECK(extman_solve(universe, &installed, 1, &request, &options, &solution,
					   &error) == EXTMAN_MISUSE);
	options.max_steps = 1;
	CHECK(extman_solve(universe, NULL, 0, &request, &options, &solution,
					   &error) == EXTMAN_LIMIT);
	CHECK(strstr(error.message, "limit") != NULL);
	options.max_steps = 0;
	options.interrupt.poll = stop_at_once;
	options.interrupt.arg = &polls;
	CHECK(extman_solve(universe, NULL, 0, &request, &options, &solution,
					   &error) == EXTMAN_CANCELLED);
	CHECK(polls == 1);

	extman_universe_free(universe);
	extman_universe_free(NULL);
	extman_solution_free(NULL);
	CHECK(extman_live_objects() == alive);
	return NULL;
}

static const char *
check_splitter(void)
{
	ExtmanError error;
	ExtmanSplitter *splitter = NULL;
	ExtmanPiece piece;
	size_t		alive = extman_live_objects();

	CHECK(extman_splitter_new(true, &splitter, &error) == EXTMAN_OK);
	CHECK(extman_splitter_next(splitter, &piece, &error) == EXTMAN_OK);
	CHECK(piece.kind == EXTMAN_SPLIT_MORE);
	CHECK(extman_splitter_feed(splitter, text("SELECT ';';\nSEL"), false, &error) == EXTMAN_OK);
	CHECK(extman_splitter_next(splitter, &piece, &error) == EXTMAN_OK);
	CHECK(piece.kind == EXTMAN_SPLIT_STATEMENT);
	CHECK(piece.text.length == 10 && strcmp(piece.text.data, "SELECT ';'") == 0);
	CHECK(piece.line == 1 && piece.offset == 0);
	CHECK(extman_splitter_next(splitter, &piece, &error) == EXTMAN_OK);
	CHECK(piece.kind == EXTMAN_SPLIT_MORE);
	CHECK(extman_splitter_feed(splitter, text("ECT 2"), true, &error) == EXTMAN_OK);
	CHECK(extman_splitter_next(splitter, &piece, &error) == EXTMAN_OK);
	CHECK(piece.kind == EXTMAN_SPLIT_STATEMENT && strcmp(piece.text.data, "SELECT 2") == 0);
	CHECK(piece.line == 2);
	CHECK(extman_splitter_next(splitter, &piece, &error) == EXTMAN_OK);
	CHECK(piece.kind == EXTMAN_SPLIT_END);
	CHECK(extman_splitter_expect_copy(splitter, &error) == EXTMAN_MISUSE);
	CHECK(error.message[0] != '\0');
	CHECK(extman_splitter_feed(splitter, text("more"), true, &error) == EXTMAN_MISUSE);
	extman_splitter_standard_strings(splitter, false);
	extman_splitter_free(splitter);
	extman_splitter_free(NULL);
	CHECK(extman_live_objects() == alive);
	return NULL;
}

static bool
always(void *arg)
{
	return arg == NULL;
}

static const char *
check_lint(void)
{
	size_t		alive = extman_live_objects();
	ExtmanInterrupt none = {NULL, NULL};
	ExtmanInterrupt now = {always, NULL};
	ExtmanControl *control = NULL;
	ExtmanLint *lint = NULL;
	const ExtmanLintFinding *findings;
	ExtmanError error;
	int			line;

	CHECK(extman_lint_control(text("nam = foo\nversion =\n"), &lint, &error) == EXTMAN_OK);
	CHECK(extman_lint_findings(lint, &findings) == 3);
	CHECK(findings[0].line == 0 && findings[1].line == 1 && findings[2].line == 2);
	CHECK(findings[1].severity == EXTMAN_LINT_ERROR && findings[1].hint[0] != '\0');
	extman_lint_free(lint);

	CHECK(extman_lint_conf(text("foo.a = 1"), NULL, 0, &lint, &error) == EXTMAN_OK);
	CHECK(extman_lint_findings(lint, &findings) == 1 && findings[0].line == 1);
	extman_lint_free(lint);

	CHECK(extman_control_parse(text("name = foo\nversion = 1\ntrusted = on"), &control,
							   &error) == EXTMAN_OK);
	CHECK(extman_lint_script(text("SELECT 1;\nLOAD 'x';"), EXTMAN_ROLE_INSTALL, control, &none,
							 &lint, &error) == EXTMAN_OK);
	CHECK(extman_lint_findings(lint, &findings) == 1 && findings[0].line == 2);
	CHECK(findings[0].severity == EXTMAN_LINT_WARNING);
	extman_lint_free(lint);
	extman_control_free(control);

	CHECK(extman_lint_script(text("SELECT 1"), EXTMAN_ROLE_UPGRADE, NULL, &now, &lint,
							 &error) == EXTMAN_CANCELLED);
	CHECK(extman_lint_breaks(text("\nDROP VIEW v"), &none, &line, &error) == EXTMAN_OK);
	CHECK(line == 2);
	extman_lint_free(NULL);
	CHECK(extman_live_objects() == alive);
	return NULL;
}

const char *
capi_failure(void)
{
	const char *(*checks[]) (void) = {
		check_names_and_versions, check_translator, check_control, check_conf, check_solving, check_splitter,
		check_lint
	};

	for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++)
	{
		const char *found = checks[i] ();

		if (found != NULL)
			return found;
	}
	return NULL;
}
