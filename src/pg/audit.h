/*
 * audit.h
 *		What is wrong among what is installed.
 */
#ifndef EXTMAN_PG_AUDIT_H
#define EXTMAN_PG_AUDIT_H

#include "nodes/pg_list.h"

typedef struct ExtmanAuditFinding
{
	const char *name;			/* of the extension */
	const char *problem;		/* a keyword, see audit.c */
	const char *detail;
	const char *hint;			/* or NULL */
} ExtmanAuditFinding;

/* A List of ExtmanAuditFinding, by name. */
extern List *extman_audit(void);

#endif							/* EXTMAN_PG_AUDIT_H */
