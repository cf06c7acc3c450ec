/*
 * The key mail.  Room: input.  An address is checked for its form only: what
 * may stand in a header of a mail and can be sent to, never whether somebody
 * reads there.
 */
#include "input/read_mail.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "input/keys.h"
#include "input/value.h"
#include "input/yaml.h"
#include "model/season.h"

enum mail_key { TO, CC, FROM, MAIL_KEYS };
static const char *const mail_names[MAIL_KEYS] = {"to", "cc", "from"};
static const struct keys mail_keys = {"mail", mail_names, MAIL_KEYS};

#define LOCAL_MOST 64   /* RFC 5321, 4.5.3.1.1 */
#define DOMAIN_MOST 253 /* RFC 1035, 2.3.4, without the root's dot */
#define LABEL_MOST 63

static bool
is_letter_or_digit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9');
}

/* atext of RFC 5322, 3.2.3 */
static bool
is_atom_character(char c)
{
    return is_letter_or_digit(c) ||
           (c != '\0' && strchr("!#$%&'*+-/=?^_`{|}~", c) != NULL);
}

/* Letters, digits and hyphens between dots, no hyphen at the edge of one. */
static bool
is_domain(const char *text, size_t length)
{
    size_t label = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '.') {
            if (label == 0 || text[i - 1] == '-')
                return false;
            label = 0;
        } else if (is_letter_or_digit(text[i]) ||
                   (text[i] == '-' && label > 0)) {
            if (++label > LABEL_MOST)
                return false;
        } else {
            return false;
        }
    }
    return label > 0 && text[length - 1] != '-' && length <= DOMAIN_MOST;
}

/* Atoms between dots. */
static bool
is_local(const char *text, size_t length)
{
    bool is_begun = false;
    for (size_t i = 0; i < length; i++) {
        if (text[i] != '.' && !is_atom_character(text[i]))
            return false;
        if (text[i] == '.' && !is_begun)
            return false;
        is_begun = text[i] != '.';
    }
    return is_begun && length <= LOCAL_MOST;
}

static bool
is_address(const char *text)
{
    const char *at = strchr(text, '@');
    return at != NULL && is_local(text, (size_t)(at - text)) &&
           is_domain(at + 1, strlen(at + 1));
}

/* "Name <address>" or the address alone. */
static bool
split_address(struct reading *reading, const char *text,
              struct mail_address *address)
{
    size_t length = strlen(text);
    const char *open = strrchr(text, '<');
    *address = (struct mail_address){.address = text};
    if (length > 0 && text[length - 1] == '>' && open != NULL) {
        size_t name = (size_t)(open - text);
        while (name > 0 && text[name - 1] == ' ')
            name--;
        address->address =
            arena_copy(reading->arena, open + 1,
                       length - (size_t)(open - text) - strlen("<>"));
        if (name > 0)
            address->name = arena_copy(reading->arena, text, name);
    }
    /* a name that looks like an encoded word would be read as another */
    return is_address(address->address) &&
           (address->name == NULL || strstr(address->name, "=?") == NULL);
}

static bool
read_address(struct reading *reading, const char *key,
             struct mail_address *address)
{
    const char *text;
    struct place place = {0};
    if (!value_text(reading, key, &text, &place))
        return false;
    if (split_address(reading, text, address))
        return true;
    diag_add(reading->diag, DIAG_BAD_VALUE, place, key,
             "an address such as sre@example.com or SRE <sre@example.com>",
             keys_quoted(reading, text, strlen(text)), "", NULL);
    return false;
}

static void
read_addresses(struct reading *reading, const char *key,
               struct mail_addresses *list)
{
    static const char expected[] = "an address or a list of addresses";
    struct place place = yaml_place(reading->yaml);
    struct mail_address address;
    size_t room = 0;
    if (yaml_kind(reading->yaml) != YAML_LIST) {
        if (read_address(reading, key, &address)) {
            list->items =
                arena_grow(reading->arena, NULL, 0, &room, sizeof *list->items);
            list->items[list->count++] = address;
        }
        return;
    }
    bool is_empty = true;
    yaml_enter(reading->yaml);
    for (; yaml_item(reading->yaml); is_empty = false) {
        if (!read_address(reading, key, &address))
            continue;
        list->items = arena_grow(reading->arena, list->items, list->count,
                                 &room, sizeof *list->items);
        list->items[list->count++] = address;
    }
    if (is_empty && !yaml_is_broken(reading->yaml))
        diag_add(reading->diag, DIAG_EMPTY_VALUE, place, key, expected, NULL);
}

void
read_mail(struct reading *reading, struct mail_to_whom *mail)
{
    struct place seen[MAIL_KEYS] = {{0}};
    if (!value_enter_mapping(reading, "mail",
                             "a mapping such as {to: sre@example.com}"))
        return;
    for (int i; (i = keys_next(reading, &mail_keys, seen)) >= 0;) {
        if (i == FROM)
            mail->has_from = read_address(reading, mail_names[i], &mail->from);
        else
            read_addresses(reading, mail_names[i],
                           i == TO ? &mail->to : &mail->cc);
    }
}
