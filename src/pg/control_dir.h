/*
 * control_dir.h
 *		What lies on the control path.
 */
#ifndef EXTMAN_PG_CONTROL_DIR_H
#define EXTMAN_PG_CONTROL_DIR_H

#include "folder.h"
#include "nodes/pg_list.h"
#include "shared.h"

/* One element of the path, and the folders in it. */
typedef struct ExtmanPathElement
{
	const char *path;
	int			start;			/* its first folder's index */
	int			end;			/* behind its last one */
	ExtmanSignature signature;
	bool		listed;			/* while the signature stays the same, the names
								 * of these folders are all that is there */
} ExtmanPathElement;

typedef struct ExtmanScan
{
	ExtmanShared shared;
	const char *control_path;	/* the setting that it was made with */
	const char *language;		/* of the problems: lc_messages then */
	ExtmanFolder **folders;		/* in order of the path, then by name; pinned */
	int			count;
	int			room;
	ExtmanPathElement *elements;	/* of the path */
	int			element_count;
	List	   *problems;		/* of ExtmanProblem: elements that can't be read */
} ExtmanScan;

/*
 * Looks at the control path.  A folder is read again only when it changed on
 * disk; a folder that did not change is the same ExtmanFolder as before.  The
 * result is good until the current memory context is reset.
 */
extern ExtmanScan *extman_control_dir_scan(void);

#endif							/* EXTMAN_PG_CONTROL_DIR_H */
