/*
 * database_setting.h
 *		Settings of the current database, as ALTER DATABASE ... SET makes them.
 */
#ifndef EXTMAN_PG_DATABASE_SETTING_H
#define EXTMAN_PG_DATABASE_SETTING_H

/*
 * The value that the database has for it, whoever connects; NULL: none.
 * (Not a value for one role in this database.)
 */
extern const char *extman_database_setting(const char *name);

/*
 * Sets it for the database and for this session, as the current user: the server
 * checks the value, and the right to the setting, but not who owns the database.
 * The end of the transaction settles both.
 */
extern void extman_database_setting_set(const char *name, const char *value);

/*
 * Takes it away from the database and resets it in this session.  No right is
 * checked, nor whether the setting is known any more.
 */
extern void extman_database_setting_remove(const char *name);

/* What of it a user may do who is no superuser; see database_setting.c. */
extern bool extman_database_setting_allowed(const char *name);

/*
 * Nobody else changes what is recorded here about settings of this database, until
 * the end of the transaction.  (ALTER DATABASE itself takes no lock to speak of.)
 */
extern void extman_database_setting_lock(void);

#endif							/* EXTMAN_PG_DATABASE_SETTING_H */
