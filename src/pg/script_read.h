/*
 * script_read.h
 *		The bytes of files.
 *
 * Files are regular ones; a FIFO, a device or a directory is an error, never a
 * wait.  Errors name a file as shown.
 */
#ifndef EXTMAN_PG_SCRIPT_READ_H
#define EXTMAN_PG_SCRIPT_READ_H

/*
 * The bytes, palloc'd in the current context, with a NUL behind them.  A file
 * larger than max_length is an error, and so is one that changed its size while
 * it was read.
 */
extern char *extman_file_read_shown(const char *path, const char *shown, Size max_length,
									Size *length);

/* The same, shown by its path. */
extern char *extman_file_read(const char *path, Size max_length, Size *length);

/*
 * A file to be read slice by slice; the end of the transaction closes it, too.
 * *size is what it is now, in bytes.
 */
extern int	extman_file_open(const char *path, const char *shown, uint64 *size);
extern void extman_file_close(int fd, const char *shown);

/* Fills the buffer with up to wanted bytes; 0 is the end of the file. */
extern Size extman_file_read_slice(int fd, const char *shown, char *buffer, Size wanted);

#endif							/* EXTMAN_PG_SCRIPT_READ_H */
