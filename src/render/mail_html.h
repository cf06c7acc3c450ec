/*
 * The mail as HTML.
 */
#ifndef HEADROOM_RENDER_MAIL_HTML_H
#define HEADROOM_RENDER_MAIL_HTML_H

struct arena;
struct look;
struct mail;

/* The whole mail as one page: nested tables and inline style alone, nothing
   from elsewhere, every text escaped. */
const char *mail_html(struct arena *arena, const struct mail *mail,
                      const struct look *look);

#endif
