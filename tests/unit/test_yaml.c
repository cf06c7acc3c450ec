/*
 * The YAML reader and the look at a file's characters.
 */
#include "reader.h"

#include "input/scan.h"
#include "input/yaml.h"

/* What the reader sees of a text, in short: scalars as they are, [] and {}
   around lists and mappings, ! for a fault. */
static void
show(struct yaml *yaml, char *shown)
{
    struct yaml_scalar scalar;
    enum yaml_kind kind = yaml_kind(yaml);
    if (kind == YAML_SCALAR) {
        yaml_take(yaml, &scalar);
        strcat(shown, scalar.is_null ? "NULL" : scalar.text);
    } else if (kind == YAML_LIST) {
        strcat(shown, "[");
        for (yaml_enter(yaml); yaml_item(yaml); strcat(shown, ","))
            show(yaml, shown);
        strcat(shown, "]");
    } else if (kind == YAML_MAPPING) {
        strcat(shown, "{");
        for (yaml_enter(yaml); yaml_key(yaml, &scalar); strcat(shown, ",")) {
            strcat(shown, scalar.text);
            strcat(shown, ":");
            show(yaml, shown);
        }
        strcat(shown, "}");
    } else {
        strcat(shown, "!");
        yaml_skip(yaml);
    }
}

static bool
reads(struct fixture *fixture, const char *text, const char *expected)
{
    char shown[4096] = "";
    struct yaml *yaml =
        yaml_open(fixture->arena, source_of(fixture, text), fixture->diag);
    show(yaml, shown);
    assert_string_equal(shown, expected);
    return yaml_close(yaml);
}

/* Reads a text that is no sound YAML; the first line of what is said. */
static const char *
says(struct fixture *fixture, const char *text, size_t size)
{
    struct fixture *own;
    void *state;
    fixture_setup(&state);
    own = state;
    struct yaml *yaml =
        yaml_open(own->arena, source_of_bytes(own, text, size), own->diag);
    char shown[65536] = "";
    show(yaml, shown);
    yaml_close(yaml);
    const char *line = first_line(own);
    line = arena_copy(fixture->arena, line, strlen(line));
    fixture_teardown(&state);
    return line;
}
#define SAYS(text, expected)                                                   \
    assert_string_equal(says(*state, (text), sizeof(text) - 1), (expected))

static void
values_are_pulled_in_the_order_of_the_file(void **state)
{
    assert_true(reads(*state, "a: 1\nb: [x, {c: ~}, '']\n? d\n: \"null\"\n",
                      "{a:1,b:[x,{c:NULL,},,],d:null,}"));
    assert_true(reads(*state, "--- # one\n- a\n- b: c\n...\n", "[a,{b:c,},]"));
    assert_true(reads(*state, "text\n", "text"));
    assert_true(reads(*state, "a:\nb: Null\nc: NULL\nd: nulls\n",
                      "{a:NULL,b:NULL,c:NULL,d:nulls,}"));
}

static void
places_count_characters_from_one(void **state)
{
    struct fixture *fixture = *state;
    struct yaml_scalar scalar;
    struct yaml *yaml =
        yaml_open(fixture->arena,
                  source_of(fixture, "a: x\n提交: \"订 单\"\nb: {c: d}\n"),
                  fixture->diag);
    yaml_enter(yaml);
    yaml_key(yaml, &scalar);
    yaml_skip(yaml);
    assert_true(yaml_key(yaml, &scalar));
    assert_int_equal(scalar.place.line, 2);
    assert_int_equal(scalar.place.column, 1);
    assert_int_equal(scalar.place.width, 2);
    yaml_take(yaml, &scalar);
    assert_int_equal(scalar.place.column, 5);
    assert_int_equal(scalar.place.width, 5);
    yaml_key(yaml, &scalar);
    assert_int_equal(yaml_kind(yaml), YAML_MAPPING);
    assert_int_equal(yaml_place(yaml).column, 4);
    assert_int_equal(yaml_place(yaml).width, 1);
    yaml_skip(yaml);
    assert_false(yaml_key(yaml, &scalar));
    assert_true(yaml_close(yaml));
}

static void
line_ends_of_all_kinds_count_once(void **state)
{
    SAYS("a: 1\r\nb: 2\rc: 3\n\nd: *x\n",
         "in.yaml:5:4: error: expected a value, found the alias *x: write the "
         "value out");
}

static void
syntax_is_reported_where_it_stops(void **state)
{
    SAYS("a: {b: 1\nc: 2\n",
         "in.yaml:2:2: error: not valid YAML: did not find expected ',' or "
         "'}' while parsing a flow mapping");
    SAYS("a: 1\n b: 2\n",
         "in.yaml:2:3: error: not valid YAML: mapping values are not allowed "
         "in this context");
    SAYS("a: \"x\nb: 2\n",
         "in.yaml:1:4: error: not valid YAML: the quote that opens here is "
         "never closed");
    SAYS("a: 1\nb\uFF1A2\nc: 3\n",
         "in.yaml:2:1: error: not valid YAML: expected a key of at most 1,024 "
         "characters, then \":\" and a blank; U+FF1A is a full-width colon, "
         "write \":\" and a blank");
    SAYS("a: @x\n",
         "in.yaml:1:4: error: not valid YAML: found character that cannot "
         "start any token while scanning for the next token");
    SAYS("a:\n\tb: 1\n",
         "in.yaml:2:1: error: not valid YAML: found character that cannot "
         "start any token while scanning for the next token; indent with "
         "blanks, not with tabs");
    SAYS("%YAML 2.0\n---\na: 1\n",
         "in.yaml:1:1: error: not valid YAML: found incompatible YAML "
         "document");
}

static void
what_yaml_allows_and_headroom_does_not_is_named(void **state)
{
    SAYS("a: &x 1\nb: *x\n",
         "in.yaml:2:4: error: expected a value, found the alias *x: write the "
         "value out");
    SAYS("a: !!int 1\n", "in.yaml:1:4: error: expected a value without a tag, "
                         "found !!int: leave the tag out");
    SAYS("a: !x [1]\n", "in.yaml:1:4: error: expected a value without a tag, "
                        "found !x: leave the tag out");
    SAYS("a: ! {}\n", "in.yaml:1:4: error: expected a value without a tag, "
                      "found !: leave the tag out");
    SAYS("<<: {a: 1}\n", "in.yaml:1:1: error: expected a key, found the merge "
                         "key <<: write the keys out");
    SAYS("? [a]\n: 1\n", "in.yaml:1:3: error: expected a key that is one "
                         "word, found a list or a mapping");
    SAYS("*a : 1\n", "in.yaml:1:1: error: expected a value, found the alias "
                     "*a: write the value out");
    SAYS("a: 1\n---\nb: 2\n",
         "in.yaml:2:1: error: a second document: a file may hold only one");
    SAYS("", "in.yaml:1:1: error: expected a mapping of keys, found an empty "
             "file");
    SAYS("# only\n", "in.yaml:1:1: error: expected a mapping of keys, found "
                     "an empty file");
}

static void
keys_after_a_refused_one_are_read(void **state)
{
    assert_true(reads(*state, "? {a: b}\n: [x]\n<<: {c: d}\ne: f\n", "{e:f,}"));
}

static void
sixty_four_levels_are_read_and_one_more_is_not(void **state)
{
    char text[200], shown[300] = "";
    memset(text, '[', 64);
    memset(text + 64, ']', 64);
    text[128] = '\0';
    memset(shown, '[', 64);
    for (int i = 0; i < 63; i++)
        strcat(shown, "],");
    strcat(shown, "]");
    assert_true(reads(*state, text, shown));
    memset(text, '[', 65);
    memset(text + 65, ']', 65);
    text[130] = '\0';
    assert_string_equal(says(*state, text, 130),
                        "in.yaml:1:65: error: lists and mappings are nested "
                        "more than 64 deep");
}

static void
characters_that_no_file_may_hold_are_found_in_place(void **state)
{
    SAYS("a: 1\nb: \xB4\xEF\n", "in.yaml:2:4: error: not UTF-8: byte 0xB4");
    SAYS("提: \xED\xA0\x80 xx\n", "in.yaml:1:4: error: not UTF-8: byte 0xED");
    SAYS("# 提\xE4\xBA",
         "in.yaml:1:4: error: not UTF-8: byte 0xE4 at the end of the file");
    SAYS("a: 1\rb: x\0y\n",
         "in.yaml:2:5: error: a NUL character: is this UTF-16 or UTF-32, or "
         "what a crash left? expected UTF-8");
    SAYS("a: x\x1By\n", "in.yaml:1:5: error: a control character may not "
                        "stand in a file, found U+001B");
    SAYS("a: \x7F\n", "in.yaml:1:4: error: a control character may not stand "
                      "in a file, found U+007F");
    SAYS("a: \xC2\x85\n", "in.yaml:1:4: error: a control character may not "
                          "stand in a file, found U+0085");
    SAYS("a: \uFEFFx\n", "in.yaml:1:4: error: an invisible format character "
                         "may not stand in a file, found U+FEFF");
    SAYS("a: \u2029x\n", "in.yaml:1:4: error: a line break may not stand in a "
                         "file, found U+2029");
    SAYS("a: \uFDD0x\n",
         "in.yaml:1:4: error: a noncharacter may not stand in a "
         "file, found U+FDD0");
    SAYS("a: \uFFFEx\n",
         "in.yaml:1:4: error: a noncharacter may not stand in a "
         "file, found U+FFFE");
}

static void
a_bidi_control_in_a_comment_is_found_and_a_soft_hyphen_is_not(void **state)
{
    SAYS("a: 1 # x\u202Ey\n",
         "in.yaml:1:9: error: a character that changes the direction of "
         "writing may not stand in a file");
    assert_true(reads(*state, "a: 1 # x\u00ADy \u200By\n", "{a:1,}"));
}

static void
broken_utf16_is_called_so(void **state)
{
    struct fixture *fixture = *state;
    struct source *source =
        (struct source *)(uintptr_t)source_of(fixture, "a: \xED\xA0\x80");
    struct place bidi;
    source->is_converted = true;
    assert_false(scan_characters(source, fixture->diag, &bidi));
    assert_string_equal(first_line(fixture),
                        "in.yaml:1:4: error: the byte order mark says UTF-16, "
                        "and this is none");
}

static void
lookalikes_are_looked_for_on_their_line_alone(void **state)
{
    const struct source *source =
        source_of(*state, "a\nb\uFF0Cc\n\u3000d\n\u00A0e\n");
    assert_string_equal(scan_lookalike(source, 1), "");
    assert_non_null(strstr(scan_lookalike(source, 2), "U+FF0C"));
    assert_non_null(strstr(scan_lookalike(source, 3), "U+3000"));
    assert_non_null(strstr(scan_lookalike(source, 4), "U+00A0"));
    assert_string_equal(scan_lookalike(source, 9), "");
}

static void
nothing_is_read_behind_a_fault(void **state)
{
    struct fixture *fixture = *state;
    struct yaml_scalar scalar;
    struct yaml *yaml = yaml_open(
        fixture->arena, source_of(fixture, "a: [1, 2\nb: 3\n"), fixture->diag);
    assert_false(yaml_is_broken(yaml));
    yaml_enter(yaml);
    assert_true(yaml_key(yaml, &scalar));
    yaml_enter(yaml);
    while (yaml_item(yaml))
        yaml_skip(yaml);
    assert_true(yaml_is_broken(yaml));
    assert_int_equal(yaml_kind(yaml), YAML_FAULT);
    assert_int_equal(yaml_place(yaml).line, 0);
    assert_false(yaml_key(yaml, &scalar));
    yaml_skip(yaml);
    assert_false(yaml_close(yaml));
    assert_int_equal(diag_error_count(fixture->diag), 1);
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(values_are_pulled_in_the_order_of_the_file),
        TEST(places_count_characters_from_one),
        TEST(line_ends_of_all_kinds_count_once),
        TEST(syntax_is_reported_where_it_stops),
        TEST(what_yaml_allows_and_headroom_does_not_is_named),
        TEST(keys_after_a_refused_one_are_read),
        TEST(sixty_four_levels_are_read_and_one_more_is_not),
        TEST(characters_that_no_file_may_hold_are_found_in_place),
        TEST(a_bidi_control_in_a_comment_is_found_and_a_soft_hyphen_is_not),
        TEST(broken_utf16_is_called_so),
        TEST(lookalikes_are_looked_for_on_their_line_alone),
        TEST(nothing_is_read_behind_a_fault),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
