/*
 * script_replace.h
 *		Tokens of a script and what they stand for.
 */
#ifndef EXTMAN_PG_SCRIPT_REPLACE_H
#define EXTMAN_PG_SCRIPT_REPLACE_H

#include "script.h"

typedef struct ExtmanReplacer
{
	const ExtmanReplacement *replacements;
	int			count;
	bool		starts_token[256];	/* by the first byte */
} ExtmanReplacer;

extern void extman_replacer_init(ExtmanReplacer *replacer,
								 const ExtmanReplacement *replacements, int count);

/*
 * The text with every token replaced: itself when it holds none, else palloc'd
 * in the current context.
 */
extern const char *extman_replace(const ExtmanReplacer *replacer, const char *text,
								  Size length);

#endif							/* EXTMAN_PG_SCRIPT_REPLACE_H */
