/*
 * policy.h
 *		Which packages are held at their version, and which came along only.
 *
 * For every installed extension, whoever installed it; by its owner.
 */
#ifndef EXTMAN_PG_POLICY_H
#define EXTMAN_PG_POLICY_H

/* Each returns whether that changed anything; if not, a NOTICE says so. */
extern bool extman_policy_hold(const char *name);
extern bool extman_policy_unhold(const char *name);
extern bool extman_policy_mark(const char *name, bool automatic);

/*
 * It was asked for by a command that need not do anything.  Where the user may
 * not say so, nothing happens.
 */
extern void extman_policy_want(const char *name);

#endif							/* EXTMAN_PG_POLICY_H */
