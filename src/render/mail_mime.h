/*
 * The mail as MIME.
 */
#ifndef HEADROOM_RENDER_MAIL_MIME_H
#define HEADROOM_RENDER_MAIL_MIME_H

#include <stdbool.h>
#include <stddef.h>

#include "document/mail.h" /* lends the recipients */

struct arena;

#define MAIL_PARTS 2 /* attachments, at most */

struct mail_attachment {
    const char *name; /* ASCII */
    const char *type, *subtype;
    const void *bytes;
    size_t size;
};

struct mail_message {
    const char *subject;
    const struct mail_to_whom *whom;
    const char *text, *html; /* UTF-8, lines end with \n */
    const char *sum;         /* hex of what makes this mail this one: of it the
                                boundaries are made */
    struct mail_attachment attachments[MAIL_PARTS];
    size_t attachment_count;
};

/* Loads what the others need; false and the reason in *why when it is not
   there. */
bool mail_mime_open(struct arena *arena, const char **why);

/* The message as it is sent, lines ending with CRLF. */
const char *mail_mime(struct arena *arena, const struct mail_message *message,
                      size_t *size);

/* Parses what was written and compares it with what was meant: subject, texts,
   attachments byte by byte, no line above 998 octets.  NULL when all is so,
   else what is not. */
const char *mail_mime_fault(const struct mail_message *message,
                            const char *bytes, size_t size);

#endif
