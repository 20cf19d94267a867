/*
 * control_dir.h
 *		What lies on the control path.
 */
#ifndef EXTMAN_PG_CONTROL_DIR_H
#define EXTMAN_PG_CONTROL_DIR_H

#include "folder.h"
#include "nodes/pg_list.h"

typedef struct ExtmanScan
{
	ExtmanShared shared;
	const char *control_path;	/* the setting that it was made with */
	ExtmanFolder **folders;		/* in order of the path, then by name; pinned */
	int			count;
	int			room;
	List	   *ends;			/* for each element of the path: the count after it */
	List	   *problems;		/* of ExtmanProblem: elements that can't be read */
} ExtmanScan;

/*
 * Looks at the control path.  A folder is read again only when it changed on
 * disk; a folder that did not change is the same ExtmanFolder as before.  The
 * result is good until the current memory context is reset.
 */
extern ExtmanScan *extman_control_dir_scan(void);

#endif							/* EXTMAN_PG_CONTROL_DIR_H */
