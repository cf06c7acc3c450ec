/*
 * The mail as plain text.
 */
#ifndef HEADROOM_RENDER_MAIL_TEXT_H
#define HEADROOM_RENDER_MAIL_TEXT_H

struct arena;
struct mail;

#define MAIL_TEXT_COLUMNS 76 /* of a line, at most */

/* The whole mail, complete without its other parts: UTF-8, lines end with \n
   and are at most MAIL_TEXT_COLUMNS wide; none begins with "From " or a dot,
   which the way of a mail may change. */
const char *mail_text(struct arena *arena, const struct mail *mail);

#endif
