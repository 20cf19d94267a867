/*
 * settings.h
 *		The settings that packages bring: applied, kept up to date, undone.
 *
 * What a package brought is recorded.  A value of the database that is still that
 * one follows the package; one that somebody changed, or took away, stays as it is.
 */
#ifndef EXTMAN_PG_SETTINGS_H
#define EXTMAN_PG_SETTINGS_H

#include "nodes/pg_list.h"

/*
 * Raises an error unless the user may set what a package is about to bring:
 * settings is a List of ExtmanSetting.  elevated: the package is installed with
 * the rights of the bootstrap superuser, as its control file says.  Changes
 * nothing.
 */
extern void extman_settings_check(const char *package, const List *settings, bool elevated);

/*
 * The package was installed or upgraded: its settings become those of the database
 * and of this session.  Those that it brings no more are undone.
 */
extern void extman_settings_apply(const char *package, const List *settings, bool elevated);

/*
 * The package is gone: what it brought goes, unless somebody changed it since.
 * Whoever may drop an extension may do that.
 */
extern void extman_settings_undo(const char *package);

/* pg_extman itself is about to go, and with it what it knows. */
extern void extman_settings_undo_all(void);

/* A setting that is not as the package brought it. */
typedef struct ExtmanSettingDeviation
{
	const char *package;
	const char *name;
	const char *brought;
	const char *value;			/* of the database; NULL: none any more */
} ExtmanSettingDeviation;

extern List *extman_settings_deviations(void);

#endif							/* EXTMAN_PG_SETTINGS_H */
