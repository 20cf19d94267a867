/*
 * record.h
 *		What pg_extman writes down: snapshots, policy, settings, history.
 *
 * The tables are written and read as catalogs are, not through SPI: so neither
 * the caller's rights, nor search_path, nor rules and triggers play a part, and
 * what is read is fresh in every isolation level.
 */
#ifndef EXTMAN_PG_RECORD_H
#define EXTMAN_PG_RECORD_H

#include "datatype/timestamp.h"
#include "hash.h"
#include "member_names.h"
#include "nodes/pg_list.h"

/* A script as it was found: its text, and the hash of the file's bytes. */
typedef struct ExtmanRecordedScript
{
	const char *text;			/* NULL: there was none, or it wasn't asked for */
	Size		length;
	struct varlena *value;		/* what text lies in, of type text; for one to be recorded */
	bool		hashed;			/* false: there was none */
	uint8		sha256[EXTMAN_SHA256_LENGTH];
} ExtmanRecordedScript;

typedef struct ExtmanSnapshot
{
	const char *name;
	const char *version;
	const char *control;		/* its text */
	const char *depends;		/* in canonical spelling, or NULL, as the next two */
	const char *conflicts;
	const char *provides;
	bool		superuser;
	bool		trusted;
	ExtmanRecordedScript install;	/* without text, unless asked for */
	ExtmanRecordedScript uninstall;
	const char *source;			/* the folder */
	const char *schema;			/* where it was installed, by its name of that time */
	const char *installed_by;	/* filled in when it is written */
	TimestampTz installed_at;	/* likewise */
	const ExtmanMemberNames *members;	/* when it is written; NULL: not known */
} ExtmanSnapshot;

typedef struct ExtmanPolicy
{
	const char *name;
	bool		automatic;
	bool		held;
} ExtmanPolicy;

/* A setting that a package brought, and the value it came with. */
typedef struct ExtmanRecordedSetting
{
	const char *name;
	const char *value;
} ExtmanRecordedSetting;

typedef struct ExtmanHistoryEntry
{
	TimestampTz at;				/* the same for all steps of a request */
	const char *kind;			/* "install": the function that was called; or
								 * core's command, "CREATE EXTENSION" */
	const char *request;
	int			step;
	const char *action;
	const char *name;
	const char *old_version;	/* or NULL, as the next two */
	const char *new_version;
	const char *schema;
} ExtmanHistoryEntry;

/* All snapshots, in no particular order, without the scripts' text and members. */
extern List *extman_record_snapshots(void);

/* One snapshot, or NULL. */
extern ExtmanSnapshot *extman_record_snapshot(const char *name, bool with_scripts);

/* The members that were recorded of a package; NULL: none were. */
extern ExtmanMemberNames *extman_record_members(const char *name);

/* Replaces the snapshot of that name. */
extern void extman_record_write_snapshot(const ExtmanSnapshot *snapshot);

/* The packages whose policy isn't the default: wanted, and not held. */
extern List *extman_record_policies(void);

/* The policy of a package, whether it has a row or not. */
extern void extman_record_policy(const char *name, ExtmanPolicy *policy);
extern void extman_record_write_policy(const ExtmanPolicy *policy);

/*
 * The settings that a package brought, a List of ExtmanRecordedSetting; to be
 * replaced as a whole.
 */
extern List *extman_record_settings(const char *package);
extern void extman_record_write_settings(const char *package, const List *settings);

/* The packages that brought some, once for each: a List of C strings. */
extern List *extman_record_setting_packages(void);

/* Deletes what an earlier package of that name left behind: snapshot and policy. */
extern void extman_record_clear(const char *name);

/* Only the snapshot. */
extern void extman_record_clear_snapshot(const char *name);

/*
 * A package is gone: the same, its settings are undone (see settings.h), and the
 * manifest names it no more.
 */
extern void extman_record_forget(const char *name);

/*
 * Deletes what is recorded of packages that are there no more: core dropped them
 * by a command that no trigger of ours watches.
 */
extern void extman_record_forget_stale(void);

/* The same, and the policies of extensions that are not there, nor to come. */
extern void extman_record_forget_gone(void);

extern void extman_record_history(const ExtmanHistoryEntry *entry);

#endif							/* EXTMAN_PG_RECORD_H */
