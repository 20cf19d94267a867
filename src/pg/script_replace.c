/*
 * script_replace.c
 *		Tokens of a script and what they stand for.
 *
 * One pass over the text: a value that looks like a token stays as it is.
 */
#include "postgres.h"

#include "lib/stringinfo.h"

#include "script_replace.h"

void
extman_replacer_init(ExtmanReplacer *replacer, const ExtmanReplacement *replacements,
					 int count)
{
	replacer->replacements = replacements;
	replacer->count = count;
	memset(replacer->starts_token, 0, sizeof(replacer->starts_token));
	for (int i = 0; i < count; i++)
		replacer->starts_token[(unsigned char) replacements[i].token[0]] = true;

	/* An empty token stands nowhere. */
	replacer->starts_token[0] = false;
}

/* The longest token that text starts with, or NULL. */
static const ExtmanReplacement *
match(const ExtmanReplacer *replacer, const char *text, Size *token_length)
{
	const ExtmanReplacement *best = NULL;

	*token_length = 0;
	for (int i = 0; i < replacer->count; i++)
	{
		Size		length = strlen(replacer->replacements[i].token);

		if (length > *token_length &&
			strncmp(text, replacer->replacements[i].token, length) == 0)
		{
			best = &replacer->replacements[i];
			*token_length = length;
		}
	}
	return best;
}

const char *
extman_replace(const ExtmanReplacer *replacer, const char *text, Size length)
{
	StringInfoData out;
	bool		replaced = false;
	Size		copied = 0;		/* bytes of text that are in out */
	Size		position = 0;

	if (replacer->count == 0)
		return text;

	while (position < length)
	{
		const ExtmanReplacement *replacement = NULL;
		Size		token_length;

		if (replacer->starts_token[(unsigned char) text[position]])
			replacement = match(replacer, text + position, &token_length);
		if (replacement == NULL)
		{
			position++;
			continue;
		}

		if (!replaced)
			initStringInfo(&out);
		replaced = true;
		appendBinaryStringInfo(&out, text + copied, (int) (position - copied));
		appendStringInfoString(&out, replacement->value);
		position += token_length;
		copied = position;
	}

	if (!replaced)
		return text;
	appendBinaryStringInfo(&out, text + copied, (int) (length - copied));
	return out.data;
}
