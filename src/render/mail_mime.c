/*
 * Builds the MIME of the mail by GMime, and reads it back.  Room render/.
 *
 *   multipart/mixed
 *     multipart/alternative
 *       text/plain
 *       text/html
 *     application/pdf
 *     application/vnd...sheet
 *
 * All parts are base64, so no server finds a line in them to change.  There is
 * no Date and no Message-ID: it is a draft, which the sender's program
 * completes (X-Unsent).  The parts' boundaries are made from the mail's own
 * content: the same mail, the same bytes.
 *
 * GMime is loaded when a mail is made and not before: with the libraries that
 * it brings, linking it would nearly double the start of every run.
 */
#include "render/mail_mime.h"

/* casts are casts: the checked ones call into the library */
#define G_DISABLE_CAST_CHECKS
#include <dlfcn.h>
#include <gmime/gmime.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"

#define LINE_MOST 998 /* octets, RFC 5322, 2.1.1 */
#define WORD_MOST 54  /* characters of text in an encoded word, of 63 */

/* --- the library ------------------------------------------------------- */

#define LIBRARY "libgmime-3.0.so.0"
#define PACKAGE "libgmime-3.0-0"

/* clang-format off */
#define FUNCTIONS(X) \
    X(g_mime_data_wrapper_new_with_stream)                               \
    X(g_mime_data_wrapper_write_to_stream)                               \
    X(g_mime_format_options_free)                                        \
    X(g_mime_format_options_new)                                         \
    X(g_mime_format_options_set_newline_format)                          \
    X(g_mime_header_get_name)                                            \
    X(g_mime_header_list_get_count)                                      \
    X(g_mime_header_list_get_header)                                     \
    X(g_mime_header_list_get_header_at)                                  \
    X(g_mime_header_set_raw_value)                                       \
    X(g_mime_init)                                                       \
    X(g_mime_message_get_addresses)                                      \
    X(g_mime_message_get_mime_part)                                      \
    X(g_mime_message_get_subject)                                        \
    X(g_mime_message_new)                                                \
    X(g_mime_message_set_mime_part)                                      \
    X(g_mime_message_set_subject)                                        \
    X(g_mime_multipart_add)                                              \
    X(g_mime_multipart_get_count)                                        \
    X(g_mime_multipart_get_part)                                         \
    X(g_mime_multipart_get_type)                                         \
    X(g_mime_multipart_new_with_subtype)                                 \
    X(g_mime_multipart_set_boundary)                                     \
    X(g_mime_object_get_header_list)                                     \
    X(g_mime_object_set_content_type_parameter)                          \
    X(g_mime_object_set_disposition)                                     \
    X(g_mime_object_set_header)                                          \
    X(g_mime_object_write_to_stream)                                     \
    X(g_mime_parser_construct_message)                                   \
    X(g_mime_parser_new_with_stream)                                     \
    X(g_mime_part_get_content)                                           \
    X(g_mime_part_get_filename)                                          \
    X(g_mime_part_get_type)                                              \
    X(g_mime_part_new_with_type)                                         \
    X(g_mime_part_set_content)                                           \
    X(g_mime_part_set_content_encoding)                                  \
    X(g_mime_part_set_filename)                                          \
    X(g_mime_stream_mem_get_byte_array)                                  \
    X(g_mime_stream_mem_new)                                             \
    X(g_mime_stream_mem_new_with_buffer)                                 \
    X(g_object_unref)                                                    \
    X(g_type_check_instance_is_a)                                        \
    X(internet_address_list_add)                                         \
    X(internet_address_mailbox_new)                                      \
    X(internet_address_set_charset)
/* clang-format on */

/* What is used of it; all members are pointers to functions. */
static struct {
#define X(name) __typeof__(&name) name;
    FUNCTIONS(X)
#undef X
} gmime;

static const char *const function_name[] = {
#define X(name) #name,
    FUNCTIONS(X)
#undef X
};
#define FUNCTION_COUNT (sizeof function_name / sizeof *function_name)

bool
mail_mime_open(struct arena *arena, const char **why)
{
    static bool is_open;
    void *library = is_open ? NULL : dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
    if (!is_open && library == NULL) {
        *why = arena_format(
            arena, "cannot load %s: %s; it comes with the package " PACKAGE,
            LIBRARY, dlerror());
        return false;
    }
    for (size_t i = 0; i < FUNCTION_COUNT && !is_open; i++) {
        void *function = dlsym(library, function_name[i]);
        if (function == NULL) {
            *why = arena_format(arena, "cannot use %s: %s", LIBRARY, dlerror());
            return false;
        }
        memcpy((char *)&gmime + i * sizeof function, &function,
               sizeof function);
    }
    if (!is_open)
        gmime.g_mime_init();
    is_open = true;
    return true;
}

static bool
is_a(void *object, GType type)
{
    return gmime.g_type_check_instance_is_a(object, type);
}

static const char charset[] = "utf-8";

/* --- writing ----------------------------------------------------------- */

static GMimeStream *
stream_of(const void *bytes, size_t size)
{
    return gmime.g_mime_stream_mem_new_with_buffer(bytes, size);
}

/* Lends the bytes to a part, encoded on their way out. */
static void
set_content(GMimePart *part, const void *bytes, size_t size)
{
    GMimeStream *stream = stream_of(bytes, size);
    GMimeDataWrapper *content = gmime.g_mime_data_wrapper_new_with_stream(
        stream, GMIME_CONTENT_ENCODING_DEFAULT);
    gmime.g_mime_part_set_content(part, content);
    gmime.g_mime_part_set_content_encoding(part, GMIME_CONTENT_ENCODING_BASE64);
    gmime.g_object_unref(content);
    gmime.g_object_unref(stream);
}

/* The text with CRLF, as the canonical form of a text part has it. */
static const char *
with_crlf(struct arena *arena, const char *text, size_t *size)
{
    size_t lines = 0;
    for (const char *at = text; (at = strchr(at, '\n')) != NULL; at++)
        lines++;
    char *out = arena_alloc(arena, strlen(text) + lines + 1), *at = out;
    for (; *text != '\0'; text++) {
        if (*text == '\n')
            *at++ = '\r';
        *at++ = *text;
    }
    *size = (size_t)(at - out);
    return out;
}

static GMimeMultipart *
multipart(struct arena *arena, const char *subtype,
          const struct mail_message *message)
{
    GMimeMultipart *part = gmime.g_mime_multipart_new_with_subtype(subtype);
    /* "_" is no character of base64: it cannot stand in a part */
    gmime.g_mime_multipart_set_boundary(
        part,
        arena_format(arena, "=_headroom_%.24s_%s", message->sum, subtype));
    return part;
}

static void
add_part(GMimeMultipart *to, GMimeObject *part)
{
    gmime.g_mime_multipart_add(to, part);
    gmime.g_object_unref(part);
}

static void
add_text(struct arena *arena, GMimeMultipart *to, const char *subtype,
         const char *text)
{
    GMimePart *part = gmime.g_mime_part_new_with_type("text", subtype);
    size_t size;
    const char *lines = with_crlf(arena, text, &size);
    gmime.g_mime_object_set_content_type_parameter(GMIME_OBJECT(part),
                                                   "charset", charset);
    set_content(part, lines, size);
    add_part(to, GMIME_OBJECT(part));
}

static void
add_attachment(GMimeMultipart *to, const struct mail_attachment *attachment)
{
    GMimePart *part =
        gmime.g_mime_part_new_with_type(attachment->type, attachment->subtype);
    gmime.g_mime_object_set_disposition(GMIME_OBJECT(part),
                                        GMIME_DISPOSITION_ATTACHMENT);
    /* Both the disposition's parameter and, for older programs, the type's */
    gmime.g_mime_part_set_filename(part, attachment->name);
    set_content(part, attachment->bytes, attachment->size);
    add_part(to, GMIME_OBJECT(part));
}

/* Bytes of the character at s, which is valid UTF-8. */
static size_t
character(const char *s)
{
    size_t length = 1;
    while (((unsigned char)s[length] & 0xC0) == 0x80)
        length++;
    return length;
}

static void
add_address(InternetAddressList *list, const struct mail_address *address)
{
    InternetAddress *mailbox =
        gmime.internet_address_mailbox_new(address->name, address->address);
    gmime.internet_address_set_charset(mailbox, charset);
    gmime.internet_address_list_add(list, mailbox);
    gmime.g_object_unref(mailbox);
}

static void
add_addresses(GMimeMessage *message, GMimeAddressType type,
              const struct mail_addresses *addresses)
{
    InternetAddressList *list =
        gmime.g_mime_message_get_addresses(message, type);
    for (size_t i = 0; i < addresses->count; i++)
        add_address(list, &addresses->items[i]);
}

/* A letter or digit of ASCII. */
static bool
is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9');
}

/* The subject as encoded words (RFC 2047, Q) of whole characters, all of it:
   GMime leaves ASCII as it is, and what only looks like an encoded word would
   be decoded by who reads it.  Not B: GMime 3.2 reads words in a row as one and
   stops at the first padding. */
static const char *
encoded(struct arena *arena, const char *subject)
{
    const char *words = "=?UTF-8?Q?";
    size_t room = WORD_MOST;
    while (*subject != '\0') {
        size_t bytes = character(subject);
        if (room < 3 * bytes) {
            words = arena_format(arena, "%s?=\r\n =?UTF-8?Q?", words);
            room = WORD_MOST;
        }
        room -= 3 * bytes;
        for (; bytes > 0; bytes--, subject++)
            words = is_plain(*subject)
                        ? arena_format(arena, "%s%c", words, *subject)
                        : arena_format(arena, "%s=%02X", words,
                                       (unsigned char)*subject);
    }
    return arena_format(arena, "%s?=", words);
}

static void
set_subject(struct arena *arena, GMimeMessage *to, const char *subject)
{
    static const char name[] = "Subject";
    GMimeHeaderList *list =
        gmime.g_mime_object_get_header_list(GMIME_OBJECT(to));
    const char *raw = arena_format(arena, " %s\r\n", encoded(arena, subject));
    gmime.g_mime_message_set_subject(to, "", charset);
    gmime.g_mime_header_set_raw_value(
        gmime.g_mime_header_list_get_header(list, name), raw);
}

static void
set_headers(struct arena *arena, GMimeMessage *to,
            const struct mail_message *message)
{
    const struct mail_addresses from = {
        (struct mail_address *)&message->whom->from,
        message->whom->has_from ? 1 : 0};
    add_addresses(to, GMIME_ADDRESS_TYPE_FROM, &from);
    add_addresses(to, GMIME_ADDRESS_TYPE_TO, &message->whom->to);
    add_addresses(to, GMIME_ADDRESS_TYPE_CC, &message->whom->cc);
    set_subject(arena, to, message->subject);
    gmime.g_mime_object_set_header(GMIME_OBJECT(to), "X-Unsent", "1", charset);
}

static GMimeMessage *
build(struct arena *arena, const struct mail_message *message)
{
    GMimeMessage *built = gmime.g_mime_message_new(FALSE);
    GMimeMultipart *mixed = multipart(arena, "mixed", message);
    GMimeMultipart *texts = multipart(arena, "alternative", message);
    set_headers(arena, built, message);
    add_text(arena, texts, "plain", message->text);
    add_text(arena, texts, "html", message->html);
    add_part(mixed, GMIME_OBJECT(texts));
    for (size_t i = 0; i < message->attachment_count; i++)
        add_attachment(mixed, &message->attachments[i]);
    gmime.g_mime_message_set_mime_part(built, GMIME_OBJECT(mixed));
    gmime.g_object_unref(mixed);
    return built;
}

const char *
mail_mime(struct arena *arena, const struct mail_message *message, size_t *size)
{
    GMimeMessage *built = build(arena, message);
    GMimeFormatOptions *options = gmime.g_mime_format_options_new();
    gmime.g_mime_format_options_set_newline_format(options,
                                                   GMIME_NEWLINE_FORMAT_DOS);
    GMimeStream *stream = gmime.g_mime_stream_mem_new();
    gmime.g_mime_object_write_to_stream(GMIME_OBJECT(built), options, stream);
    GByteArray *bytes =
        gmime.g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
    *size = bytes->len;
    const char *copy = arena_copy(arena, (const char *)bytes->data, *size);
    gmime.g_object_unref(stream);
    gmime.g_mime_format_options_free(options);
    gmime.g_object_unref(built);
    return copy;
}

/* --- reading back ------------------------------------------------------ */

/* Every line ends with CRLF and is no longer than it may be. */
static bool
has_good_lines(const char *bytes, size_t size)
{
    size_t length = 0;
    for (size_t i = 0; i < size; i++, length++) {
        bool is_after_cr = i > 0 && bytes[i - 1] == '\r';
        if ((bytes[i] == '\n') != is_after_cr || length > LINE_MOST + 1)
            return false;
        if (bytes[i] == '\n')
            length = (size_t)-1; /* the next line begins at 0 */
    }
    return true;
}

/* Whether a part, decoded, holds these bytes; CR before LF is passed over
   where it is a text. */
static bool
part_holds(GMimeObject *object, const char *bytes, size_t size, bool is_text)
{
    if (!is_a(object, gmime.g_mime_part_get_type()))
        return false;
    GMimeStream *stream = gmime.g_mime_stream_mem_new();
    gmime.g_mime_data_wrapper_write_to_stream(
        gmime.g_mime_part_get_content(GMIME_PART(object)), stream);
    GByteArray *found =
        gmime.g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
    size_t at = 0;
    bool same = true;
    for (size_t i = 0; i < found->len && same; i++) {
        if (is_text && found->data[i] == '\r')
            continue;
        same = at < size && found->data[i] == (unsigned char)bytes[at];
        at++;
    }
    gmime.g_object_unref(stream);
    return same && at == size;
}

static const char *
multipart_fault(const struct mail_message *message, GMimeObject *root)
{
    if (!is_a(root, gmime.g_mime_multipart_get_type()) ||
        gmime.g_mime_multipart_get_count(GMIME_MULTIPART(root)) !=
            (int)message->attachment_count + 1)
        return "its parts are others";
    GMimeObject *texts =
        gmime.g_mime_multipart_get_part(GMIME_MULTIPART(root), 0);
    if (!is_a(texts, gmime.g_mime_multipart_get_type()) ||
        gmime.g_mime_multipart_get_count(GMIME_MULTIPART(texts)) != 2 ||
        !part_holds(gmime.g_mime_multipart_get_part(GMIME_MULTIPART(texts), 0),
                    message->text, strlen(message->text), true) ||
        !part_holds(gmime.g_mime_multipart_get_part(GMIME_MULTIPART(texts), 1),
                    message->html, strlen(message->html), true))
        return "its text is another";
    for (size_t i = 0; i < message->attachment_count; i++) {
        const struct mail_attachment *meant = &message->attachments[i];
        GMimeObject *part =
            gmime.g_mime_multipart_get_part(GMIME_MULTIPART(root), (int)i + 1);
        if (!part_holds(part, meant->bytes, meant->size, false))
            return "an attachment is not the file";
        const char *name = gmime.g_mime_part_get_filename(GMIME_PART(part));
        if (name == NULL || strcmp(name, meant->name) != 0)
            return "an attachment is named otherwise";
    }
    return NULL;
}

/* The count of headers that headroom means: a text of the input adds none. */
static const char *
header_fault(const struct mail_message *message, GMimeMessage *found)
{
    const struct mail_to_whom *whom = message->whom;
    const char *subject = gmime.g_mime_message_get_subject(found);
    int count = 2 + (whom->has_from ? 1 : 0) + (whom->to.count > 0 ? 1 : 0) +
                (whom->cc.count > 0 ? 1 : 0);
    if (subject == NULL || strcmp(subject, message->subject) != 0)
        return "its subject is another";
    GMimeHeaderList *list =
        gmime.g_mime_object_get_header_list(GMIME_OBJECT(found));
    for (int i = 0; i < gmime.g_mime_header_list_get_count(list); i++) {
        const char *name = gmime.g_mime_header_get_name(
            gmime.g_mime_header_list_get_header_at(list, i));
        if (strcmp(name, "MIME-Version") != 0 &&
            strncasecmp(name, "Content-", strlen("Content-")) != 0)
            count--;
    }
    return count == 0 ? NULL : "its headers are others";
}

const char *
mail_mime_fault(const struct mail_message *message, const char *bytes,
                size_t size)
{
    if (!has_good_lines(bytes, size))
        return "a line is longer than 998 octets or has no CRLF";
    GMimeStream *stream = stream_of(bytes, size);
    GMimeParser *parser = gmime.g_mime_parser_new_with_stream(stream);
    GMimeMessage *found = gmime.g_mime_parser_construct_message(parser, NULL);
    const char *fault = "it is no mail";
    if (found != NULL) {
        fault = header_fault(message, found);
        if (fault == NULL)
            fault = multipart_fault(message,
                                    gmime.g_mime_message_get_mime_part(found));
        gmime.g_object_unref(found);
    }
    gmime.g_object_unref(parser);
    gmime.g_object_unref(stream);
    return fault;
}
