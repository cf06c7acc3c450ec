/*
 * Values: the number reader, texts, days, choices, ids; and the keys of a
 * mapping.
 */
#include "reader.h"

#include "input/keys.h"
#include "input/value.h"
#include "input/yaml.h"

/* A reading of one value: what yaml holds under the only key. */
static struct reading
reading_of(struct fixture *fixture, const char *value)
{
    struct yaml_scalar key;
    const char *text = arena_format(fixture->arena, "k: %s\n", value);
    struct yaml *yaml =
        yaml_open(fixture->arena, source_of(fixture, text), fixture->diag);
    yaml_enter(yaml);
    assert_true(yaml_key(yaml, &key));
    return (struct reading){fixture->arena, fixture->diag, yaml};
}

/* Reads on behind the value and closes. */
static void
end(struct reading *reading)
{
    struct yaml_scalar key;
    assert_false(yaml_key(reading->yaml, &key));
    yaml_close(reading->yaml);
}

/* --- numbers ------------------------------------------------------------- */

/* The number in plain notation, or the hint with "refused" before it. */
static const char *
number(struct fixture *fixture, enum number kind, const char *text)
{
    struct reading reading = {fixture->arena, fixture->diag, NULL};
    struct decimal value;
    const char *hint;
    if (value_read_number(&reading, text, strlen(text), kind, &value, &hint))
        return decimal_text(fixture->arena, value);
    return arena_format(fixture->arena, "refused%s", hint);
}
#define IS(kind, text, expected)                                               \
    assert_string_equal(number(*state, (kind), (text)), (expected))
#define REFUSED(kind, text) IS((kind), (text), "refused")

static void
rates_take_suffixes_and_units(void **state)
{
    static const char *const rows[][2] = {
        {"10000",                     "10000"                    },
        {"1.5e4",                     "15000"                    },
        {"10k",                       "10000"                    },
        {"12.5K",                     "12500"                    },
        {"1.2M",                      "1200000"                  },
        {"10w",                       "100000"                   },
        {"10W",                       "100000"                   },
        {"10万",                     "100000"                   },
        {"1.2亿",                    "120000000"                },
        {"10000/s",                   "10000"                    },
        {"10000 /s",                  "10000"                    },
        {"10000qps",                  "10000"                    },
        {"10000 QPS",                 "10000"                    },
        {"10000 tps",                 "10000"                    },
        {"1.2 tps",                   "1.2"                      },
        {"10k/s",                     "10000"                    },
        {"10w qps",                   "100000"                   },
        {"1万tps",                   "10000"                    },
        {"+5",                        "5"                        },
        {"0.000000000001",            "0.000000000001"           },
        {"999999999999.999999999999", "999999999999.999999999999"},
        {"9999.9999亿",              "999999990000"             },
        {"0.000000000001w",           "0.00000001"               }
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        IS(NUMBER_RATE, rows[i][0], rows[i][1]);
    IS(NUMBER_RATE_OR_ZERO, "0", "0");
    IS(NUMBER_RATE_OR_ZERO, "0 qps", "0");
}

static void
what_is_no_rate_is_refused(void **state)
{
    static const char *const rows[] = {"0",          "-1",
                                       "-0",         "1000000M",
                                       "10000亿",    "999999999999亿",
                                       "-5亿",       "-999999999999亿",
                                       "1m",         "10x",
                                       "10 k",       "10000 ",
                                       "10000  qps", "10000 q",
                                       "10kk",       "1万2千",
                                       "10%",        "10k ",
                                       "10qpstps",   "10/s ",
                                       "12:30",      "0x10",
                                       "10 万",      "5ms",
                                       "/s",         "k"};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        REFUSED(NUMBER_RATE, rows[i]);
    REFUSED(NUMBER_RATE_OR_ZERO, "-0.1");
}

static void
faults_of_the_digits_get_a_hint(void **state)
{
    IS(NUMBER_RATE, "010", "refused; write it without the leading zero");
    IS(NUMBER_RATE, "12,000",
       "refused; write the digits without separators, and a point for "
       "decimals");
    IS(NUMBER_RATE, "\uFF11",
       "refused; write the digits 0 to 9 and the signs of ASCII");
    IS(NUMBER_RATE, "1e12",
       "refused; at most 12 digits may stand before the point and 12 after "
       "it");
    IS(NUMBER_RATE, ".inf", "refused");
    IS(NUMBER_RATE, "many", "refused");
}

static void
ratios_are_plain_or_percent(void **state)
{
    IS(NUMBER_GROWTH, "30%", "0.3");
    IS(NUMBER_GROWTH, "30 %", "0.3");
    IS(NUMBER_GROWTH, "0.3", "0.3");
    IS(NUMBER_GROWTH, "1", "1");
    IS(NUMBER_GROWTH, "1000%", "10");
    IS(NUMBER_GROWTH, "-99.999%", "-0.99999");
    IS(NUMBER_GROWTH, "-0", "0");
    IS(NUMBER_GROWTH, "0.123456789012%", "0.00123456789012");
    IS(NUMBER_GAIN, "0", "0");
    IS(NUMBER_SHARE, "100%", "1");
    IS(NUMBER_SHARE, "1", "1");
    IS(NUMBER_PART, "0", "0");
    IS(NUMBER_PART, "1", "1");
    IS(NUMBER_SLO_PART, "0.0999", "0.0999");
    IS(NUMBER_SLO_PART, "10%", "0.1");
    IS(NUMBER_SLO_PART, "0", "0");
    REFUSED(NUMBER_GROWTH, "-100%");
    REFUSED(NUMBER_GROWTH, "-1");
    REFUSED(NUMBER_GROWTH, "-2");
    REFUSED(NUMBER_GROWTH, "1000.1%");
    REFUSED(NUMBER_GROWTH, "30 ");
    REFUSED(NUMBER_GROWTH, "30  %");
    REFUSED(NUMBER_GROWTH, "30%%");
    REFUSED(NUMBER_GROWTH, "3k");
    REFUSED(NUMBER_GAIN, "-0.1");
    REFUSED(NUMBER_SHARE, "0");
    REFUSED(NUMBER_SHARE, "100.1%");
    REFUSED(NUMBER_PART, "100.1%");
    REFUSED(NUMBER_PART, "-1%");
}

static void
a_ratio_that_lacks_its_percent_sign_is_suggested_one(void **state)
{
    IS(NUMBER_GROWTH, "30", "refused; did you mean \"30%\"?");
    IS(NUMBER_GROWTH, "1.3", "refused; write \"1.3%\" or \"130%\"");
    IS(NUMBER_GROWTH, "1000.5", "refused");
    IS(NUMBER_GROWTH, "1001", "refused");
    IS(NUMBER_PART, "35", "refused; did you mean \"35%\"?");
    IS(NUMBER_PART, "1.01", "refused; did you mean \"1.01%\"?");
    IS(NUMBER_SLO_PART, "0.1", "refused; write \"0.1%\" or \"10%\"");
    IS(NUMBER_SLO_PART, "5", "refused; did you mean \"5%\"?");
    IS(NUMBER_SLO_PART, "500", "refused");
}

static void
plain_and_whole_numbers_keep_to_their_ranges(void **state)
{
    static const struct {
        enum number kind;
        const char *low, *high, *below, *above;
    } rows[] = {
        {NUMBER_MULTIPLIER,    "0.000000000001", "100",        "0",              "100.000000000001"},
        {NUMBER_EXTRAPOLATION, "1",              "1000",       "0.999999999999",
         "1000.000000000001"                                                                       },
        {NUMBER_MS,            "0.000000000001", "10000000",   "0",              "10000000.1"      },
        {NUMBER_S,             "0.000000000001", "10000000",   "-1",             "10000000.1"      },
        {NUMBER_INSTANCES,     "1",              "1000000",    "0",              "1000001"         },
        {NUMBER_APPROVED,      "0",              "1000000",    "-1",             "1000001"         },
        {NUMBER_ZONES,         "1",              "100",        "0",              "101"             },
        {NUMBER_LOST_ZONES,    "0",              "99",         "-1",             "100"             },
        {NUMBER_DAYS,          "1",              "3650",       "0",              "3651"            },
        {NUMBER_CONCURRENCY,   "1",              "1000000000", "0",              "1000000001"      },
        {NUMBER_SIZE,          "0.000000000001", "1000",       "0",              "1000.1"          }
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        IS(rows[i].kind, rows[i].low, rows[i].low);
        IS(rows[i].kind, rows[i].high, rows[i].high);
        REFUSED(rows[i].kind, rows[i].below);
        REFUSED(rows[i].kind, rows[i].above);
    }
    IS(NUMBER_INSTANCES, "20.0", "20");
    IS(NUMBER_INSTANCES, "2e1", "20");
    REFUSED(NUMBER_INSTANCES, "2.5");
    REFUSED(NUMBER_INSTANCES, "2k");
    IS(NUMBER_MS, "200ms", "refused; write the number alone, without a unit");
    IS(NUMBER_COST, "0.000000000001", "0.000000000001");
    IS(NUMBER_COST, "999999999999.5", "999999999999.5");
    REFUSED(NUMBER_COST, "0");
    REFUSED(NUMBER_COST, "-1");
    IS(NUMBER_COST, "1e12",
       "refused; at most 12 digits may stand before the point and 12 after it");
    IS(NUMBER_MULTIPLIER, "150%",
       "refused; write the number alone, without a unit");
}

static void
every_kind_of_number_says_what_it_expects(void **state)
{
    (void)state;
    for (int i = 0; i < NUMBERS; i++)
        assert_true(strlen(value_expected((enum number)i)) > 10);
}

static void
hints_are_not_made_for_messages_that_are_only_counted(void **state)
{
    struct fixture *fixture = *state;
    for (int i = 0; i < 1000; i++)
        diag_add(fixture->diag, DIAG_NUL, (struct place){0}, NULL);
    REFUSED(NUMBER_GROWTH, "30");
}

/* --- values of keys ------------------------------------------------------ */

static void
refused_value(struct fixture *fixture, const char *value, const char *expected)
{
    struct decimal number = {7};
    struct place place;
    struct reading reading = reading_of(fixture, value);
    assert_false(value_number(&reading, "k", NUMBER_MS, &number, &place));
    assert_true(number.units == 7);
    assert_int_equal(place.column, 4 - (*value == '\0'));
    end(&reading);
    const struct diag_entry *list;
    size_t count = diag_list(fixture->diag, DIAG_ERROR, &list);
    assert_string_equal(list[count - 1].text, expected);
}

static void
a_refused_value_says_what_was_expected_and_found(void **state)
{
#define MS "k must be a number of milliseconds above 0 and up to 1e7, found "
    refused_value(*state, "", MS "nothing");
    refused_value(*state, "~", MS "nothing");
    refused_value(*state, "null", MS "nothing");
    refused_value(*state, "''", MS "nothing");
    refused_value(*state, "[1]", MS "a list");
    refused_value(*state, "{a: 1}", MS "a mapping");
    refused_value(*state, "x", MS "\"x\"");
    refused_value(*state, "\"1\\0\"",
                  MS "\"1<U+0000>\"; write the number alone, without a unit");
#undef MS
}

static void
an_alias_is_reported_once(void **state)
{
    struct fixture *fixture = *state;
    struct decimal number;
    struct reading reading = reading_of(fixture, "*a");
    assert_false(value_number(&reading, "k", NUMBER_MS, &number, NULL));
    end(&reading);
    assert_int_equal(diag_error_count(fixture->diag), 1);
    reading = reading_of(fixture, "*a");
    assert_false(value_enter_list(&reading, "k", "a list"));
    end(&reading);
    assert_int_equal(diag_error_count(fixture->diag), 2);
}

static void
a_list_or_mapping_that_is_none_is_refused(void **state)
{
    static const char *const rows[][2] = {
        {"~",  "k must be a list, found nothing"  },
        {"''", "k must be a list, found nothing"  },
        {"x",  "k must be a list, found \"x\""    },
        {"{}", "k must be a list, found a mapping"}
    };
    struct fixture *fixture = *state;
    const struct diag_entry *list;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct reading reading = reading_of(fixture, rows[i][0]);
        assert_false(value_enter_list(&reading, "k", "a list"));
        end(&reading);
        diag_list(fixture->diag, DIAG_ERROR, &list);
        assert_string_equal(list[i].text, rows[i][1]);
    }
    struct reading reading = reading_of(fixture, "[]");
    assert_false(value_enter_mapping(&reading, "k", "a mapping"));
    end(&reading);
}

static void
whole_numbers_become_unsigned(void **state)
{
    struct reading reading = reading_of(*state, "1e6");
    unsigned value = 0;
    assert_true(value_whole(&reading, "k", NUMBER_INSTANCES, &value, NULL));
    assert_int_equal(value, 1000000);
    end(&reading);
    reading = reading_of(*state, "x");
    assert_false(value_whole(&reading, "k", NUMBER_INSTANCES, &value, NULL));
    assert_int_equal(value, 1000000);
    end(&reading);
}

static const char *
text_of(struct fixture *fixture, const char *value)
{
    struct reading reading = reading_of(fixture, value);
    const char *text = NULL;
    if (!value_text(&reading, "k", &text, NULL)) {
        const struct diag_entry *list;
        size_t count = diag_list(fixture->diag, DIAG_ERROR, &list);
        text = list[count - 1].text;
    }
    end(&reading);
    return text;
}

static void
texts_are_typed_by_the_contract_and_not_by_yaml(void **state)
{
    static const char *const rows[][2] = {
        {"no",           "no"          },
        {"true",         "true"        },
        {"1.10",         "1.10"        },
        {"007",          "007"         },
        {"12e5",         "12e5"        },
        {"\"null\"",     "null"        },
        {".inf",         ".inf"        },
        {"'~'",          "~"           },
        {"2026-01-10",   "2026-01-10"  },
        {"\" a \"",      " a "         },
        {"提交订单", "提交订单"},
        {"a\u200Db",     "a\u200Db"    }
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_string_equal(text_of(*state, rows[i][0]), rows[i][1]);
}

static void
texts_that_cannot_be_seen_or_hold_controls_are_refused(void **state)
{
    char longest[202];
    assert_string_equal(text_of(*state, "~"),
                        "k must be a text of 1 to 200 characters, found "
                        "nothing");
    assert_string_equal(text_of(*state, "[]"),
                        "k must be a text of 1 to 200 characters, found a "
                        "list");
    assert_string_equal(text_of(*state, "\"a\\tb\""),
                        "k may not hold a control character, found U+0009 in "
                        "\"a<U+0009>b\"");
    assert_string_equal(text_of(*state, "\"a\\0b\""),
                        "k may not hold a control character, found U+0000 in "
                        "\"a<U+0000>b\"");
    assert_string_equal(text_of(*state, "\"\\u202E\""),
                        "k may not hold an invisible format character, found "
                        "U+202E in \"<U+202E>\"");
    assert_string_equal(text_of(*state, "\" \\u3000\""),
                        "k must be a text that can be seen, found \" \u3000\"");
    assert_string_equal(text_of(*state, "\"\\u200D\""),
                        "k must be a text that can be seen, found \"\u200D\"");
    memset(longest, 'x', 201);
    longest[201] = '\0';
    assert_string_equal(text_of(*state, longest),
                        "k must be a text of at most 200 characters, found "
                        "201");
    longest[200] = '\0';
    assert_string_equal(text_of(*state, longest), longest);
}

static bool
texts(struct fixture *fixture, const char *value, struct text *text)
{
    struct reading reading = reading_of(fixture, value);
    *text = (struct text){0};
    bool is_sound = value_texts(&reading, "k", text);
    end(&reading);
    return is_sound;
}

static void
a_text_is_one_string_or_one_per_language(void **state)
{
    struct text text;
    assert_true(texts(*state, "Order", &text));
    assert_string_equal(text.one, "Order");
    assert_true(texts(*state, "{zh: 订单, en: Order}", &text));
    assert_null(text.one);
    assert_string_equal(text.zh, "订单");
    assert_string_equal(text.en, "Order");
    assert_true(texts(*state, "{en: Order}", &text));
    assert_null(text.zh);
    assert_false(texts(*state, "{}", &text));
    assert_false(texts(*state, "{de: Auftrag}", &text));
    assert_false(texts(*state, "{en: ' '}", &text));
    assert_false(texts(*state, "[x]", &text));
    assert_false(texts(*state, "{zh: [", &text));
}

static void
a_wording_of_a_template_may_be_longer(void **state)
{
    char long_text[1002];
    struct text text = {0};
    memset(long_text, 'x', 1001);
    long_text[1000] = '\0';
    struct reading reading = reading_of(*state, long_text);
    assert_true(value_wording(&reading, "k", &text));
    end(&reading);
    long_text[1000] = 'x';
    long_text[1001] = '\0';
    reading = reading_of(*state, long_text);
    assert_false(value_wording(&reading, "k", &text));
    end(&reading);
}

static void
days_and_moments_must_exist(void **state)
{
    struct day day = {0};
    struct moment moment = {0};
    struct place place;
    struct reading reading = reading_of(*state, "2026-11-04");
    assert_true(value_day(&reading, "k", &day, &place));
    assert_int_equal(place.column, 4);
    end(&reading);
    reading = reading_of(*state, "2026-02-30");
    assert_false(value_day(&reading, "k", &day, NULL));
    end(&reading);
    reading = reading_of(*state, "[]");
    assert_false(value_day(&reading, "k", &day, NULL));
    end(&reading);
    reading = reading_of(*state, "'2026-11-11T00:00:00+08:00'");
    assert_true(value_moment(&reading, "k", &moment));
    assert_true(moment.has_time);
    end(&reading);
    reading = reading_of(*state, "tomorrow");
    assert_false(value_moment(&reading, "k", &moment));
    end(&reading);
    reading = reading_of(*state, "");
    assert_false(value_moment(&reading, "k", &moment));
    end(&reading);
}

static int
choice(struct fixture *fixture, const char *value)
{
    static const char *const choices[] = {"P0", "P1", "P2"};
    struct reading reading = reading_of(fixture, value);
    int index = value_choice(&reading, "k", choices, 3);
    end(&reading);
    return index;
}

static void
a_choice_is_one_of_its_words_exactly(void **state)
{
    assert_int_equal(choice(*state, "P0"), 0);
    assert_int_equal(choice(*state, "'P2'"), 2);
    assert_int_equal(choice(*state, "p0"), -1);
    assert_int_equal(choice(*state, "\"P0\\0\""), -1);
    assert_int_equal(choice(*state, "P9"), -1);
    assert_int_equal(choice(*state, "{}"), -1);
    const struct diag_entry *list;
    diag_list(((struct fixture *)*state)->diag, DIAG_ERROR, &list);
    assert_string_equal(list[0].text, "k must be P0, P1 or P2, found \"p0\"");
}

static bool
id(struct fixture *fixture, const char *value)
{
    struct reading reading = reading_of(fixture, value);
    const char *text = NULL;
    bool is_sound = value_id(&reading, "k", &text, NULL);
    end(&reading);
    return is_sound;
}

static void
an_id_is_safe_as_the_name_of_a_file(void **state)
{
    static const char *const sound[] = {"2026-double11", "a",  "A_b.C-9", "007",
                                        "1e3",           "no", "'2026'"};
    static const char *const refused[] = {
        "..",       ".",    "a.",   "-a",  "_a",   "a/b",    "a b",
        "'a\\b'",   "~a",   "a~",   "a:b", "双11", "\uFF41", "\"a\\0b\"",
        "\"a\\n\"", "''",   "~",    "$a",  "a*b",  "a;b",    "'`a'",
        "a-",       "'[a'", "'a{'", "'@a'"};
    char longest[66];
    for (size_t i = 0; i < sizeof sound / sizeof *sound; i++)
        assert_true(id(*state, sound[i]));
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        assert_false(id(*state, refused[i]));
    memset(longest, 'x', 65);
    longest[65] = '\0';
    assert_false(id(*state, longest));
    longest[64] = '\0';
    assert_true(id(*state, longest));
}

/* --- keys ---------------------------------------------------------------- */

static const char *const names[] = {"growth", "p99_ms", "cpu"};
static const struct keys known = {"a test", names, 3};

static void
keys_come_in_the_order_of_the_file_and_once(void **state)
{
    struct fixture *fixture = *state;
    struct place seen[3] = {{0}};
    struct reading reading =
        reading_of(fixture, "{cpu: 1, growht: 2, growth: 3, cpu: 4, \"\": 5, "
                            "\"cpu\\0\": 6, 000: 7}");
    assert_true(value_enter_mapping(&reading, "k", "a mapping"));
    assert_int_equal(keys_next(&reading, &known, seen), 2);
    yaml_skip(reading.yaml);
    assert_int_equal(keys_next(&reading, &known, seen), 0);
    yaml_skip(reading.yaml);
    assert_int_equal(keys_next(&reading, &known, seen), -1);
    end(&reading);
    const struct diag_entry *list;
    assert_int_equal(diag_list(fixture->diag, DIAG_ERROR, &list), 5);
    assert_string_equal(list[0].text, "unknown key \"growht\" in a test; did "
                                      "you mean growth?");
    assert_string_equal(list[1].text, "cpu is given twice");
    assert_string_equal(list[2].text, "unknown key \"\" in a test");
    assert_string_equal(list[3].text, "unknown key \"cpu<U+0000>\" in a test; "
                                      "did you mean cpu?");
    assert_string_equal(list[4].text,
                        "unknown key \"000\" in a test; was a comma in a "
                        "number meant? write digits without separators");
}

static void
a_misspelt_key_is_not_called_missing_too(void **state)
{
    struct fixture *fixture = *state;
    struct place seen[3] = {{0}}, place = {0};
    struct reading reading = reading_of(fixture, "{p99ms: 1}");
    assert_true(value_enter_mapping(&reading, "k", "a mapping"));
    assert_int_equal(keys_next(&reading, &known, seen), -1);
    assert_false(keys_is_missing(seen, 1));
    assert_true(keys_is_missing(seen, 2));
    keys_require(&reading, &known, seen, 1, place);
    assert_int_equal(diag_error_count(fixture->diag), 1);
    keys_require(&reading, &known, seen, 2, place);
    assert_int_equal(diag_error_count(fixture->diag), 2);
    end(&reading);
}

static void
odd_characters_are_named_and_at_most_three(void **state)
{
    struct reading reading = {((struct fixture *)*state)->arena, NULL, NULL};
    assert_string_equal(keys_odd_characters(&reading, "growth"), "");
    assert_string_equal(keys_odd_characters(&reading, "gr\u043Ewth"),
                        "; it holds U+043E");
    assert_string_equal(
        keys_odd_characters(&reading, "\u043E\u0430\u0435\u0440"),
        "; it holds U+043E U+0430 U+0435");
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(rates_take_suffixes_and_units),
        TEST(what_is_no_rate_is_refused),
        TEST(faults_of_the_digits_get_a_hint),
        TEST(ratios_are_plain_or_percent),
        TEST(a_ratio_that_lacks_its_percent_sign_is_suggested_one),
        TEST(plain_and_whole_numbers_keep_to_their_ranges),
        TEST(every_kind_of_number_says_what_it_expects),
        TEST(hints_are_not_made_for_messages_that_are_only_counted),
        TEST(a_refused_value_says_what_was_expected_and_found),
        TEST(an_alias_is_reported_once),
        TEST(a_list_or_mapping_that_is_none_is_refused),
        TEST(whole_numbers_become_unsigned),
        TEST(texts_are_typed_by_the_contract_and_not_by_yaml),
        TEST(texts_that_cannot_be_seen_or_hold_controls_are_refused),
        TEST(a_text_is_one_string_or_one_per_language),
        TEST(a_wording_of_a_template_may_be_longer),
        TEST(days_and_moments_must_exist),
        TEST(a_choice_is_one_of_its_words_exactly),
        TEST(an_id_is_safe_as_the_name_of_a_file),
        TEST(keys_come_in_the_order_of_the_file_and_once),
        TEST(a_misspelt_key_is_not_called_missing_too),
        TEST(odd_characters_are_named_and_at_most_three),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
