/*
 * extman/core.h
 *		The boundary between the solver core (C++17) and the server shims (C).
 *
 * Conventions, which hold for every function below:
 *
 * - C11, no PostgreSQL type.  Nothing here throws, longjmps, aborts or prints.
 * - Text goes in as pointer and length (ExtmanText); it need not end in NUL
 *   and stays the caller's.  It is copied when it is kept.
 * - Text comes out as NUL-terminated UTF-8, owned by the handle that it came
 *   from, valid until that handle is freed.
 * - A function that can fail returns an ExtmanCode and fills *error, which may
 *   be NULL.  On failure no handle is made and *error says why; the buffers in
 *   it are of fixed size, so reporting allocates nothing.
 * - A handle is freed by its own _free function, which accepts NULL.  Handles
 *   are not thread-safe.  Memory comes from operator new, never from palloc.
 * - "No plan exists" is a result, not an error.
 */
#ifndef EXTMAN_CORE_H
#define EXTMAN_CORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#define EXTMAN_NOEXCEPT noexcept
#else
#define EXTMAN_NOEXCEPT
#endif

/* ---------- text, errors, interrupts ---------- */

typedef struct ExtmanText
{
	const char *data;			/* NULL: not given at all */
	size_t		length;			/* in bytes */
} ExtmanText;

typedef enum ExtmanCode
{
	EXTMAN_OK = 0,
	EXTMAN_BAD_INPUT,			/* text that does not follow its grammar */
	EXTMAN_CANCELLED,			/* the poll callback asked to stop */
	EXTMAN_NO_MEMORY,			/* operator new failed */
	EXTMAN_LIMIT,				/* a limit of ExtmanOptions was reached */
	EXTMAN_MISUSE,				/* a call that breaks a rule of this header */
	EXTMAN_INTERNAL				/* a defect of the core */
} ExtmanCode;

typedef struct ExtmanError
{
	ExtmanCode	code;
	int			line;			/* from 1; 0 when there is none */
	int			column;			/* from 1, in characters; 0 when there is none */
	char		message[1024];	/* lower case, no full stop; cut at a character */
	char		hint[512];		/* a sentence, or empty */
} ExtmanError;

/*
 * Called every few thousand steps of work; true means: stop now.  It must not
 * leave by longjmp.
 */
typedef struct ExtmanInterrupt
{
	bool		(*poll) (void *arg);	/* NULL: never interrupted */
	void	   *arg;
} ExtmanInterrupt;

/* How many handles are alive: zero in a session at rest. */
extern size_t extman_live_objects(void) EXTMAN_NOEXCEPT;

/*
 * The translation of a text into the reader's language, in UTF-8, or the text itself;
 * where there is a plural, the form for the count (as of ngettext).  It must neither
 * leave by longjmp nor throw, and what it returns must stay until it is called again.
 * Texts hold placeholders, "%s" or "%1$s"; where those of a translation don't fit, the
 * text is taken as it is.
 */
typedef const char *(*ExtmanTranslator) (const char *text, const char *plural,
										 unsigned long count);

/* For all calls that follow; NULL, as at the start: nothing is translated. */
extern void extman_set_translator(ExtmanTranslator translator) EXTMAN_NOEXCEPT;

/* ---------- names and versions ---------- */

/* Whether a name may be an extension's; BAD_INPUT says what is wrong with it. */
extern ExtmanCode extman_name_check(ExtmanText name, ExtmanError *error) EXTMAN_NOEXCEPT;

/* *result is -1, 0 or 1, as dpkg --compare-versions orders a and b. */
extern ExtmanCode extman_version_compare(ExtmanText a, ExtmanText b, int *result,
										 ExtmanError *error) EXTMAN_NOEXCEPT;

/* constraints as between the parentheses of a relation: ">= 1.1, < 2". */
extern ExtmanCode extman_version_satisfies(ExtmanText version, ExtmanText constraints,
										   bool *result, ExtmanError *error) EXTMAN_NOEXCEPT;

/* ---------- control files ---------- */

typedef struct ExtmanControl ExtmanControl;

typedef struct ExtmanControlInfo
{
	const char *name;
	const char *version;		/* NULL: an overlay for every version */
	const char *comment;		/* NULL when not given, as the next ones */
	const char *depends;		/* in canonical spelling: "bar (>= 1.1), baz" */
	const char *conflicts;
	const char *provides;
	const char *schema;
	const char *module_pathname;
	const char *encoding;
	const char *const *classes; /* custom_variable_classes */
	size_t		class_count;
	bool		relocatable;	/* default false */
	bool		superuser;		/* default true */
	bool		trusted;		/* default false */
} ExtmanControlInfo;

extern ExtmanCode extman_control_parse(ExtmanText text, ExtmanControl **control,
									   ExtmanError *error) EXTMAN_NOEXCEPT;
extern void extman_control_info(const ExtmanControl *control,
								ExtmanControlInfo *info) EXTMAN_NOEXCEPT;
extern void extman_control_free(ExtmanControl *control) EXTMAN_NOEXCEPT;

/* ---------- conf files ---------- */

/* The settings that a package brings. */
typedef struct ExtmanConf ExtmanConf;

typedef struct ExtmanConfSetting
{
	const char *name;			/* "foo.limit" */
	const char *value;			/* perhaps "" */
	int			line;			/* where it stands, from 1 */
} ExtmanConfSetting;

/*
 * classes: the custom_variable_classes of the package, of which each setting's must
 * be one; as in the server, upper and lower case are not told apart.
 */
extern ExtmanCode extman_conf_parse(ExtmanText text, const char *const *classes,
									size_t class_count, ExtmanConf **conf,
									ExtmanError *error) EXTMAN_NOEXCEPT;
/* In the order of the file. */
extern size_t extman_conf_settings(const ExtmanConf *conf,
								   const ExtmanConfSetting **settings) EXTMAN_NOEXCEPT;
extern void extman_conf_free(ExtmanConf *conf) EXTMAN_NOEXCEPT;

/* ---------- the universe ---------- */

typedef struct ExtmanUniverse ExtmanUniverse;
typedef uint32_t ExtmanPackageId;

#define EXTMAN_NO_PACKAGE UINT32_MAX

extern ExtmanCode extman_universe_new(ExtmanUniverse **universe,
									  ExtmanError *error) EXTMAN_NOEXCEPT;
extern void extman_universe_free(ExtmanUniverse *universe) EXTMAN_NOEXCEPT;

/*
 * Adds a package; the control file is copied.  tag is the caller's own number
 * for it.  The first package of a name and an equal version wins: a later one
 * gets *id = EXTMAN_NO_PACKAGE and *shadowed_by = the winner.  A control file
 * without a version is BAD_INPUT here.
 */
extern ExtmanCode extman_universe_add(ExtmanUniverse *universe, const ExtmanControl *control,
									  uint32_t tag, ExtmanPackageId *id,
									  ExtmanPackageId *shadowed_by,
									  ExtmanError *error) EXTMAN_NOEXCEPT;

/*
 * An extension that has no control file of ours: the server's own, or one that
 * is installed and nothing more is known of.
 */
typedef struct ExtmanPlain
{
	ExtmanText	name;
	ExtmanText	version;		/* whatever text the server has */
	const ExtmanText *requires_;	/* names */
	size_t		require_count;

	/*
	 * Control files that say more about it: their depends, conflicts, provides
	 * and classes count as its own.  Those for another version are left out.
	 */
	const ExtmanControl *const *overlays;
	size_t		overlay_count;

	/*
	 * Newer than the version that its author recommends: never preferred to one
	 * that isn't.
	 */
	bool		ahead;
} ExtmanPlain;

/* As extman_universe_add(). */
extern ExtmanCode extman_universe_add_plain(ExtmanUniverse *universe, const ExtmanPlain *plain,
											uint32_t tag, ExtmanPackageId *id,
											ExtmanPackageId *shadowed_by,
											ExtmanError *error) EXTMAN_NOEXCEPT;

/* Declares a script that upgrades name from one version to another. */
extern ExtmanCode extman_universe_add_upgrade(ExtmanUniverse *universe, ExtmanText name,
											  ExtmanText from, ExtmanText to, uint32_t tag,
											  ExtmanError *error) EXTMAN_NOEXCEPT;

extern uint32_t extman_universe_tag(const ExtmanUniverse *universe,
									ExtmanPackageId id) EXTMAN_NOEXCEPT;

/* ---------- solving ---------- */

typedef struct ExtmanInstalled
{
	ExtmanPackageId package;
	bool		automatic;		/* came along as a dependency */
	bool		held;			/* must stay at its version */
} ExtmanInstalled;

typedef struct ExtmanRequest
{
	ExtmanText	install;		/* each in the grammar of depends */
	ExtmanText	uninstall;
	ExtmanText	upgrade;
	bool		upgrade_all;	/* everything installed; what upgrade names has to be */
	bool		cascade;		/* uninstall takes along what needs it */
	bool		autoremove;		/* uninstalls what came along and is needed no more */
} ExtmanRequest;

typedef struct ExtmanOptions
{
	ExtmanInterrupt interrupt;
	uint64_t	max_steps;		/* propagations and conflicts; 0: no limit */
	size_t		max_memory;		/* bytes in clauses; 0: no limit */
	bool		allow_cycles;	/* dependencies may form a cycle, as Debian's do */
} ExtmanOptions;

typedef enum ExtmanVerdict
{
	EXTMAN_PLAN,				/* there is a plan; it may be empty */
	EXTMAN_UNKNOWN_PACKAGE,		/* a name in the request that nothing provides */
	EXTMAN_NOT_INSTALLED,		/* uninstall or upgrade of what is not installed */
	EXTMAN_STILL_NEEDED,		/* uninstall of what another package needs */
	EXTMAN_NO_PLAN				/* versions, conflicts, cycles, holds */
} ExtmanVerdict;

typedef enum ExtmanAction
{
	EXTMAN_INSTALL,
	EXTMAN_UPGRADE,
	EXTMAN_UNINSTALL
} ExtmanAction;

typedef struct ExtmanStep
{
	ExtmanAction action;
	ExtmanPackageId package;	/* what is there afterwards; uninstall: what goes */
	const char *name;
	const char *old_version;	/* NULL for install */
	const char *new_version;	/* NULL for uninstall */
	const char *reason;			/* "requested", "foo 1.0 depends on bar (>= 1.1)" */
	bool		requested;		/* named in the request, so not automatic */
	size_t		part;			/* of the install request that it meets, the first is 0;
								 * SIZE_MAX: of none */
	const ExtmanPackageId *needs;	/* packages that meet its dependencies */
	size_t		need_count;
	const uint32_t *scripts;	/* upgrade: tags of the scripts, in order */
	size_t		script_count;
} ExtmanStep;

typedef struct ExtmanSolution ExtmanSolution;

extern ExtmanCode extman_solve(ExtmanUniverse *universe, const ExtmanInstalled *installed,
							   size_t installed_count, const ExtmanRequest *request,
							   const ExtmanOptions *options, ExtmanSolution **solution,
							   ExtmanError *error) EXTMAN_NOEXCEPT;
extern void extman_solution_free(ExtmanSolution *solution) EXTMAN_NOEXCEPT;

extern ExtmanVerdict extman_solution_verdict(const ExtmanSolution *solution) EXTMAN_NOEXCEPT;

/* The steps in the order in which to take them; none unless EXTMAN_PLAN. */
extern size_t extman_solution_steps(const ExtmanSolution *solution,
									const ExtmanStep **steps) EXTMAN_NOEXCEPT;

/*
 * The explanation.  Of a plan: what was chosen, and for whose sake.  Of the
 * rest: the message, detail and hint of an error report; detail and hint are
 * "" when there is nothing to say.
 */
extern const char *extman_solution_message(const ExtmanSolution *solution) EXTMAN_NOEXCEPT;
extern const char *extman_solution_detail(const ExtmanSolution *solution) EXTMAN_NOEXCEPT;
extern const char *extman_solution_hint(const ExtmanSolution *solution) EXTMAN_NOEXCEPT;

/*
 * Installed packages that the request names and that stay as they are, for
 * the NOTICE that there is nothing to do.
 */
extern size_t extman_solution_already(const ExtmanSolution *solution,
									  const ExtmanPackageId **packages) EXTMAN_NOEXCEPT;

/*
 * Installed packages that stay as they are, but of whose needs one goes away
 * or changes: needs holds what meets their dependencies afterwards.  The other
 * members of a step mean nothing here, but for package, name and old_version.
 */
extern size_t extman_solution_rewired(const ExtmanSolution *solution,
									  const ExtmanStep **steps) EXTMAN_NOEXCEPT;

/*
 * For each of count names, the package of it that would be there if nothing else were
 * asked for: by an upgrade if it is installed, else by an install.  EXTMAN_NO_PACKAGE:
 * there is no plan for that.
 */
extern ExtmanCode extman_obtainable(ExtmanUniverse *universe, const ExtmanInstalled *installed,
									size_t installed_count, const ExtmanText *names,
									size_t count, const ExtmanOptions *options,
									ExtmanPackageId *packages,
									ExtmanError *error) EXTMAN_NOEXCEPT;

/* ---------- what is installed ---------- */

/* A sentence about an installed package. */
typedef struct ExtmanFinding
{
	const char *name;			/* of the package */
	const char *text;			/* without a full stop */
} ExtmanFinding;

typedef struct ExtmanFindings ExtmanFindings;

/*
 * For whose sake a package is installed: each finding is a chain of
 * dependencies that ends in it, from a package that was asked for: "foo 1.0
 * depends on bar (>= 1.1), bar 1.1 depends on baz".  The shortest chains come
 * first, at most 100; of a package that was asked for itself, the first finding
 * says so.  No findings: nothing needs it.  BAD_INPUT when it isn't installed.
 */
extern ExtmanCode extman_why(ExtmanUniverse *universe, const ExtmanInstalled *installed,
							 size_t installed_count, ExtmanText name,
							 ExtmanFindings **findings, ExtmanError *error) EXTMAN_NOEXCEPT;

/*
 * What does not hold among installed packages: dependencies that nothing meets,
 * conflicts, classes that two of them claim.
 */
extern ExtmanCode extman_check(ExtmanUniverse *universe, const ExtmanInstalled *installed,
							   size_t installed_count, ExtmanFindings **findings,
							   ExtmanError *error) EXTMAN_NOEXCEPT;

extern size_t extman_findings(const ExtmanFindings *findings,
							  const ExtmanFinding **list) EXTMAN_NOEXCEPT;
extern void extman_findings_free(ExtmanFindings *findings) EXTMAN_NOEXCEPT;

/* ---------- pictures ---------- */

typedef enum ExtmanPicture
{
	EXTMAN_DOT,					/* for Graphviz */
	EXTMAN_MERMAID				/* a flowchart of Mermaid */
} ExtmanPicture;

typedef struct ExtmanGraph ExtmanGraph;

/*
 * The dependency graph of what is installed, where request.data is NULL; or of what
 * an install request would give, or of why it cannot be met.  The text is ASCII.
 */
extern ExtmanCode extman_graph(ExtmanUniverse *universe, const ExtmanInstalled *installed,
							   size_t installed_count, ExtmanText request,
							   ExtmanPicture picture, const ExtmanOptions *options,
							   ExtmanGraph **graph, ExtmanError *error) EXTMAN_NOEXCEPT;
extern const char *extman_graph_text(const ExtmanGraph *graph) EXTMAN_NOEXCEPT;
extern void extman_graph_free(ExtmanGraph *graph) EXTMAN_NOEXCEPT;

/* ---------- manifests ---------- */

/*
 * A manifest says of each package which version there is, in the grammar of
 * requests: "foo (= 1.0), bar (= 1.1)".
 */
typedef struct ExtmanManifest ExtmanManifest;

typedef struct ExtmanManifestEntry
{
	const char *name;
	const char *version;
} ExtmanManifestEntry;

/* Anything but names with one exact version each is BAD_INPUT. */
extern ExtmanCode extman_manifest_parse(ExtmanText text, ExtmanManifest **manifest,
										ExtmanError *error) EXTMAN_NOEXCEPT;
extern size_t extman_manifest_entries(const ExtmanManifest *manifest,
									  const ExtmanManifestEntry **entries) EXTMAN_NOEXCEPT;
extern void extman_manifest_free(ExtmanManifest *manifest) EXTMAN_NOEXCEPT;

/* ---------- blocks of the language extman ---------- */

typedef struct ExtmanBlock ExtmanBlock;

typedef enum ExtmanPolicyWord
{
	EXTMAN_HOLD,
	EXTMAN_UNHOLD,
	EXTMAN_AUTOMATIC,
	EXTMAN_WANTED
} ExtmanPolicyWord;

typedef struct ExtmanPolicyChange
{
	ExtmanPolicyWord word;
	const char *name;
} ExtmanPolicyChange;

/* All commands of a block as one request. */
typedef struct ExtmanBlockInfo
{
	const char *install;		/* in the grammar of depends; NULL: nothing, as the
								 * next two */
	const char *uninstall;
	const char *upgrade;
	bool		upgrade_all;
	bool		cascade;
	const char *const *schemas; /* for each part of install, NULL where none is given */
	size_t		schema_count;
	const ExtmanPolicyChange *policies; /* as they were written */
	size_t		policy_count;
} ExtmanBlockInfo;

extern ExtmanCode extman_block_parse(ExtmanText text, ExtmanBlock **block,
									 ExtmanError *error) EXTMAN_NOEXCEPT;
extern void extman_block_info(const ExtmanBlock *block,
							  ExtmanBlockInfo *info) EXTMAN_NOEXCEPT;
extern void extman_block_free(ExtmanBlock *block) EXTMAN_NOEXCEPT;

/* ---------- scripts ---------- */

/*
 * Cuts SQL text into statements, streaming: feed pieces of any size, take
 * statements until EXTMAN_SPLIT_MORE asks for the next piece.  The text is in
 * an encoding in which every byte of a multibyte character has its high bit
 * set, as all server encodings of PostgreSQL.
 */
typedef struct ExtmanSplitter ExtmanSplitter;

typedef enum ExtmanSplitKind
{
	EXTMAN_SPLIT_MORE,			/* feed more, or say that it was the last */
	EXTMAN_SPLIT_STATEMENT,		/* one statement, without its semicolon */
	EXTMAN_SPLIT_COPY_DATA,		/* inline COPY data, cut anywhere */
	EXTMAN_SPLIT_COPY_END,		/* the "\." line, or the end of the text */
	EXTMAN_SPLIT_META,			/* a psql line that is not skipped, as \echo is; text is the line */
	EXTMAN_SPLIT_END			/* everything was taken */
} ExtmanSplitKind;

typedef struct ExtmanPiece
{
	ExtmanSplitKind kind;
	ExtmanText	text;			/* valid until the next call on the splitter; text.data[text.length] is NUL */
	uint64_t	offset;			/* of its first byte, from the start of the text */
	uint64_t	line;			/* of its first byte, from 1 */
} ExtmanPiece;

extern ExtmanCode extman_splitter_new(bool standard_strings, ExtmanSplitter **splitter,
									  ExtmanError *error) EXTMAN_NOEXCEPT;
extern void extman_splitter_free(ExtmanSplitter *splitter) EXTMAN_NOEXCEPT;

/* standard_conforming_strings as it is from here on; call it between statements. */
extern void extman_splitter_standard_strings(ExtmanSplitter *splitter, bool on) EXTMAN_NOEXCEPT;

/* The data is copied.  Not to be called after one with last = true. */
extern ExtmanCode extman_splitter_feed(ExtmanSplitter *splitter, ExtmanText data, bool last,
									   ExtmanError *error) EXTMAN_NOEXCEPT;
extern ExtmanCode extman_splitter_next(ExtmanSplitter *splitter, ExtmanPiece *piece,
									   ExtmanError *error) EXTMAN_NOEXCEPT;

/*
 * The statement just taken is COPY FROM stdin: what follows it is data.  MISUSE
 * unless a statement was taken last.
 */
extern ExtmanCode extman_splitter_expect_copy(ExtmanSplitter *splitter,
											  ExtmanError *error) EXTMAN_NOEXCEPT;

/* ---------- lint ---------- */

/* What is wrong or risky in a file of a package. */
typedef enum ExtmanSeverity
{
	EXTMAN_LINT_NOTICE,			/* worth knowing */
	EXTMAN_LINT_WARNING,		/* works, but is risky */
	EXTMAN_LINT_ERROR			/* does not work, or is unsafe */
} ExtmanSeverity;

typedef struct ExtmanLintFinding
{
	int			line;			/* from 1; 0: the file as a whole */
	ExtmanSeverity severity;
	const char *message;		/* lower case, no full stop */
	const char *hint;			/* a sentence, or "" */
} ExtmanLintFinding;

typedef enum ExtmanRole
{
	EXTMAN_ROLE_INSTALL,
	EXTMAN_ROLE_UNINSTALL,
	EXTMAN_ROLE_UPGRADE
} ExtmanRole;

typedef struct ExtmanLint ExtmanLint;

/* All errors of a control file, where extman_control_parse() stops at the first. */
extern ExtmanCode extman_lint_control(ExtmanText text, ExtmanLint **lint,
									  ExtmanError *error) EXTMAN_NOEXCEPT;

/* The same of a conf file; classes as for extman_conf_parse(). */
extern ExtmanCode extman_lint_conf(ExtmanText text, const char *const *classes,
								   size_t class_count, ExtmanLint **lint,
								   ExtmanError *error) EXTMAN_NOEXCEPT;

/*
 * A script, in UTF-8.  control: of the package, or NULL when it can't be parsed;
 * then nothing is said that depends on it.
 */
extern ExtmanCode extman_lint_script(ExtmanText text, ExtmanRole role,
									 const ExtmanControl *control,
									 const ExtmanInterrupt *interrupt, ExtmanLint **lint,
									 ExtmanError *error) EXTMAN_NOEXCEPT;

/*
 * *line: of the first statement of an update script that takes away or renames what
 * users of the earlier version may use; 0: there is none.
 */
extern ExtmanCode extman_lint_breaks(ExtmanText text, const ExtmanInterrupt *interrupt,
									 int *line, ExtmanError *error) EXTMAN_NOEXCEPT;

/* By line. */
extern size_t extman_lint_findings(const ExtmanLint *lint,
								   const ExtmanLintFinding **findings) EXTMAN_NOEXCEPT;
extern void extman_lint_free(ExtmanLint *lint) EXTMAN_NOEXCEPT;

#ifdef __cplusplus
}
#endif

#endif							/* EXTMAN_CORE_H */
