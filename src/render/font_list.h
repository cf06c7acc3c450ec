/*
 * Which font file serves which role: fonts/fonts.txt, read and verified.
 */
#ifndef HEADROOM_RENDER_FONT_LIST_H
#define HEADROOM_RENDER_FONT_LIST_H

#include <stddef.h>
#include <stdint.h>

struct arena;

enum font_role { FONT_REGULAR, FONT_BOLD, FONT_ROLES };
extern const char *const font_role_name[FONT_ROLES]; /* "regular", "bold" */

/* The file of a role, mapped into memory. */
struct font_file {
    const char *path;
    unsigned face;             /* of a collection, from 0 */
    const unsigned char *bytes;
    size_t size;
    const char *sha256;        /* as listed, NULL when not */
};

/* Maps the files of all roles as the list in folder names them.  False, and in
   *why a reason that names file and package, when the list cannot be read, a
   font is missing, or it is another than the list says. */
_Bool font_list_open(struct arena *arena, const char *folder,
                     struct font_file files[FONT_ROLES], const char **why);
/* Gives the memory of what was read back to the system; what is needed after
   all is read again. */
void font_list_rest(const struct font_file files[FONT_ROLES]);
void font_list_close(struct font_file files[FONT_ROLES]);

#endif
