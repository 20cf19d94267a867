/*
 * member_names.h
 *		The members of an extension, by names that tell whether one is missing.
 */
#ifndef EXTMAN_PG_MEMBER_NAMES_H
#define EXTMAN_PG_MEMBER_NAMES_H

/* Sorted by strcmp(). */
typedef struct ExtmanMemberNames
{
	int			count;
	char	  **names;
} ExtmanMemberNames;

/* Of an extension with more members, none are named: that would take too long. */
#define EXTMAN_MAX_NAMED_MEMBERS 10000

/*
 * What the members of an extension are called, wherever it lies:
 * "function @extschema@.f(integer)" when f is in the extension's own schema.
 * Arguments have no schema, since those of other extensions may move, too.
 * NULL: there are too many.
 */
extern ExtmanMemberNames *extman_member_names(Oid extension);

/* Such a name as it is now, with the name of a schema (NULL: none) put in. */
extern char *extman_member_name_shown(const char *name, const char *schema);

#endif							/* EXTMAN_PG_MEMBER_NAMES_H */
