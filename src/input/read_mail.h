/*
 * The key mail: to whom the mail goes and from whom it comes.
 */
#ifndef HEADROOM_INPUT_READ_MAIL_H
#define HEADROOM_INPUT_READ_MAIL_H

struct reading;
struct mail_to_whom;

/* Reads the value of the key mail and reports what is no address. */
void read_mail(struct reading *reading, struct mail_to_whom *mail);

#endif
