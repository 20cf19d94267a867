/*
 * package_members.h
 *		To whom the members of an extension belong.
 */
#ifndef EXTMAN_PG_PACKAGE_MEMBERS_H
#define EXTMAN_PG_PACKAGE_MEMBERS_H

/*
 * Whether every member that could hold code, a function or a table with
 * triggers say, belongs to a superuser.
 */
extern bool extman_members_are_superusers(Oid extension);

#endif							/* EXTMAN_PG_PACKAGE_MEMBERS_H */
