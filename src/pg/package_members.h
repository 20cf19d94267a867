/*
 * package_members.h
 *		To whom the members of an extension belong.
 */
#ifndef EXTMAN_PG_PACKAGE_MEMBERS_H
#define EXTMAN_PG_PACKAGE_MEMBERS_H

/*
 * Whether every member but languages belongs to a superuser, and so does what
 * hangs on member tables: the functions of triggers, the tables with foreign keys.
 */
extern bool extman_members_are_superusers(Oid extension);

/* InvalidOid: the object has no owner, or none that matters. */
extern Oid	extman_object_owner(Oid class, Oid object);

#endif							/* EXTMAN_PG_PACKAGE_MEMBERS_H */
