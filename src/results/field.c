/*
 * Values of fields.  Room results/.  Strict: what is not wholly a number is
 * none; the messages are the readers'.
 */
#include "results/field.h"

#include <string.h>

#define MOST_NS (((int64_t)1 << 62) - 1)
#define SECOND_NS ((int64_t)1000000000)

bool
field_is(struct field field, const char *text)
{
    size_t length = strlen(text);
    return field.length == length && memcmp(field.text, text, length) == 0;
}

static char
lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool
field_is_word(struct field field, const char *text)
{
    if (field.length != strlen(text))
        return false;
    for (size_t i = 0; i < field.length; i++)
        if (lower(field.text[i]) != lower(text[i]))
            return false;
    return true;
}

size_t
field_undo(struct field field, char *to)
{
    if (field.length < 2 || field.text[0] != '"') {
        memcpy(to, field.text, field.length);
        return field.length;
    }
    size_t length = 0;
    for (size_t i = 1; i + 1 < field.length; i++) {
        to[length++] = field.text[i];
        i += field.text[i] == '"' && i + 2 < field.length;
    }
    return length;
}

bool
field_whole_long(struct field field, uint64_t *number)
{
    uint64_t begin, end;
    struct field head = {field.text, field.length - 8};
    struct field tail = {field.text + field.length - 8, 8};
    if (FIELD_BIG_ENDIAN || field.length < 9 || field.length > 16)
        return field_whole(field, number);
    if (!field_whole_padded(head, &begin) || !field_whole_padded(tail, &end))
        return false;
    *number = begin * 100000000 + end;
    return true;
}

bool
field_whole(struct field field, uint64_t *number)
{
    const char *at = field.text, *end = at + field.length;
    uint64_t value = 0;
    if (field.length == 0)
        return false;
    for (; at < end; at++) {
        unsigned digit = (unsigned)((unsigned char)*at - '0');
        if (digit > 9 || value > (UINT64_MAX - digit) / 10)
            return false;
        value = value * 10 + digit;
    }
    *number = value;
    return true;
}

bool
field_whole_ns(struct field field, int64_t unit_ns, int64_t *ns)
{
    uint64_t number;
    if (!field_whole(field, &number) || number > (uint64_t)(MOST_NS / unit_ns))
        return false;
    *ns = (int64_t)number * unit_ns;
    return true;
}

bool
field_decimal_ns(struct field field, int64_t unit_ns, int64_t *ns)
{
    const char *point = memchr(field.text, '.', field.length);
    if (point == NULL)
        return field_whole_ns(field, unit_ns, ns);
    struct field whole_part = {field.text, (size_t)(point - field.text)};
    if (!field_whole_ns(whole_part, unit_ns, ns))
        return false;
    const char *at = point + 1, *end = field.text + field.length;
    if (at == end)
        return false;
    int64_t place_ns = unit_ns, fraction_ns = 0;
    bool is_first_lost = true;
    for (; at < end; at++) {
        unsigned digit = (unsigned)((unsigned char)*at - '0');
        if (digit > 9)
            return false;
        if (place_ns >= 10) {
            place_ns /= 10;
            fraction_ns += digit * place_ns;
        } else if (is_first_lost) {
            fraction_ns += digit >= 5;
            is_first_lost = false;
        }
    }
    *ns += fraction_ns;
    return *ns <= MOST_NS;
}

/* Two digits below an end. */
static bool
two_digits(const char *text, int end, int *number)
{
    if (text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9')
        return false;
    *number = (text[0] - '0') * 10 + (text[1] - '0');
    return *number < end;
}

/* Days since 1970 of a day of the Gregorian calendar, by counting from March
   of year 0: the leap day comes last then. */
static int64_t
days_of(int year, int month, int day)
{
    int64_t y = year - (month <= 2);
    int64_t months = (month + 9) % 12;
    return y * 365 + y / 4 - y / 100 + y / 400 + (months * 153 + 2) / 5 + day -
           1 - 719468;
}

static bool
read_day(const char *text, int64_t *days)
{
    static const int month_days[] = {31, 29, 31, 30, 31, 30,
                                     31, 31, 30, 31, 30, 31};
    int century, years, month, day;
    char mark = text[4];
    if (!two_digits(text, 100, &century) ||
        !two_digits(text + 2, 100, &years) ||
        (mark != '-' && mark != '/' && mark != '.') || text[7] != mark ||
        !two_digits(text + 5, 13, &month) || month == 0 ||
        !two_digits(text + 8, 32, &day) || day == 0 ||
        day > month_days[month - 1])
        return false;
    int year = century * 100 + years;
    bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    if ((month == 2 && day == 29 && !is_leap) || year < 1900)
        return false;
    *days = days_of(year, month, day);
    return true;
}

/* "Z", "+08:00", "+0800", "+08" or nothing. */
static bool
read_zone(const char *text, const char *end, int *minutes)
{
    int hours, rest = 0;
    *minutes = 0;
    if (text == end || (end - text == 1 && *text == 'Z'))
        return true;
    if ((*text != '+' && *text != '-') || end - text < 3 ||
        !two_digits(text + 1, 15, &hours))
        return false;
    const char *at = text + 3;
    at += end - at == 3 && *at == ':';
    if (at != end && (end - at != 2 || !two_digits(at, 60, &rest)))
        return false;
    *minutes = (hours * 60 + rest) * (*text == '-' ? -1 : 1);
    return true;
}

bool
field_moment(struct field field, int64_t *ns)
{
    const char *text = field.text, *end = text + field.length;
    int64_t days;
    int hour, minute, second, zone;
    if (field.length < 19 || !read_day(text, &days) ||
        (text[10] != ' ' && text[10] != 'T') ||
        !two_digits(text + 11, 24, &hour) || text[13] != ':' ||
        !two_digits(text + 14, 60, &minute) || text[16] != ':' ||
        !two_digits(text + 17, 60, &second))
        return false;
    const char *at = text + 19;
    int64_t fraction_ns = 0;
    if (at < end && (*at == '.' || *at == ',')) {
        int64_t place_ns = SECOND_NS;
        const char *first = ++at;
        for (; at < end && *at >= '0' && *at <= '9'; at++) {
            place_ns /= 10;
            fraction_ns += (*at - '0') * place_ns;
        }
        if (at == first)
            return false;
    }
    if (!read_zone(at, end, &zone))
        return false;
    int64_t seconds = ((days * 24 + hour) * 60 + minute - zone) * 60 + second;
    const int64_t most = MOST_NS / SECOND_NS;
    if (seconds >= most || seconds <= -most)
        return false;
    *ns = seconds * SECOND_NS + fraction_ns;
    return true;
}
