/*
 * Rows compared as bytes: what is let pass is sound and as planned, everything
 * else is left to the parser.
 */
#include "maker.h"

#include "document/sheet.h"
#include "render/readback_rows.h"

/* A number, a text, a blank, a formula of a number, one of a text. */
static struct sheet_cell cells[] = {
    {.kind = SHEET_CELL_DOUBLE,     .number = 0.1},
    {.kind = SHEET_CELL_TEXT,                             .text = "a<b>&\"c\" _x0041_"},
    {.kind = SHEET_CELL_BLANK},
    {.kind = SHEET_CELL_DOUBLE,      .number = 2, .formula = "1+(A1<>B1)"},
    {.kind = SHEET_CELL_TEXT,     .text = "met", .formula = "\"m\"&\"et\""},
    {.kind = SHEET_CELL_BLANK     },
};
static const struct sheet_row planned = {.cells = cells, .count = 6};

#define OPEN "<row r=\"7\" ht=\"20\" customHeight=\"1\">"
#define NUMBER "<c r=\"A7\" s=\"3\"><v>0.1</v></c>"
#define TEXT                                                                   \
    "<c r=\"B7\" t=\"inlineStr\"><is><t>a&lt;b&gt;&amp;\"c\" "                 \
    "_x005F_x0041_</t></is></c>"
#define BLANK "<c r=\"C7\" s=\"4\"/>"
#define FORMULA "<c r=\"D7\"><f>1+(A1&lt;&gt;B1)</f><v>2</v></c>"
#define STRING "<c r=\"E7\" t=\"str\"><f>\"m\"&amp;\"et\"</f><v>met</v></c>"
#define CLOSE "</row>"

static bool
matches(void **state, const char *text)
{
    return readback_row_matches(*state, &planned, 7, text, strlen(text));
}

static void
the_row_as_planned_matches(void **state)
{
    assert_true(matches(state, OPEN NUMBER TEXT BLANK FORMULA STRING CLOSE));
    assert_true(matches(state, OPEN NUMBER TEXT FORMULA STRING CLOSE));
    assert_true(matches(state, "<row r=\"7\">" NUMBER TEXT FORMULA STRING
                               "<c r=\"F7\" s=\"1\"/>" CLOSE));
    assert_true(matches(
        state, OPEN
        "<c r=\"A7\"><v>0.1000000000000000</v></c>" TEXT FORMULA STRING CLOSE));
}

static void
anything_else_does_not(void **state)
{
    static const char *const rows[] = {
        "",
        "<row r=\"8\">" NUMBER TEXT FORMULA STRING CLOSE,
        "<row>" NUMBER TEXT FORMULA STRING CLOSE,
        "<row r=\"7\" x>\"" NUMBER TEXT FORMULA STRING CLOSE,
        "<row r=\"7\" x=\"<\">" NUMBER TEXT FORMULA STRING CLOSE,
        OPEN CLOSE,
        OPEN TEXT FORMULA STRING CLOSE,
        OPEN NUMBER FORMULA STRING CLOSE,
        OPEN NUMBER TEXT FORMULA CLOSE,
        OPEN TEXT NUMBER FORMULA STRING CLOSE,
        OPEN NUMBER NUMBER TEXT FORMULA STRING CLOSE,
        OPEN NUMBER TEXT FORMULA STRING,
        OPEN NUMBER TEXT FORMULA STRING CLOSE " ",
        OPEN NUMBER TEXT FORMULA STRING "<c r=\"G7\"/>" CLOSE,
        OPEN NUMBER TEXT FORMULA STRING "<c r=\"F7\"><v>1</v></c>" CLOSE,
        OPEN NUMBER TEXT "<c r=\"C7\"><v>0</v></c>" FORMULA STRING CLOSE,
        OPEN "<c r=\"A8\"><v>0.1</v></c>" TEXT FORMULA STRING CLOSE,
        OPEN "<c r=\"7\"><v>0.1</v></c>" TEXT FORMULA STRING CLOSE,
        OPEN "<c r=\"A7\"><v>0.1000001</v></c>" TEXT FORMULA STRING CLOSE,
        OPEN "<c r=\"A7\"><v></v></c>" TEXT FORMULA STRING CLOSE,
        OPEN "<c r=\"A7\"><v>0.1 </v></c>" TEXT FORMULA STRING CLOSE,
        OPEN "<c r=\"A7\" t=\"str\"><v>0.1</v></c>" TEXT FORMULA STRING CLOSE,
        OPEN "<c r=\"A7\" s=\"\"><v>0.1</v></c>" TEXT FORMULA STRING CLOSE,
        OPEN "<c r=\"A7\" s=\"3\"/>" TEXT FORMULA STRING CLOSE,
        OPEN "<c r=\"A7\"><f>1</f><v>0.1</v></c>" TEXT FORMULA STRING CLOSE,
        OPEN NUMBER "<c r=\"B7\" t=\"inlineStr\"><is><t>a<b>&amp;\"c\" "
                    "_x005F_x0041_</t></is></c>" FORMULA STRING CLOSE,
        OPEN NUMBER "<c r=\"B7\" t=\"inlineStr\"><is><t>a&lt;b&gt;&amp;\"c\" "
                    "_x0041_</t></is></c>" FORMULA STRING CLOSE,
        OPEN NUMBER "<c r=\"B7\"><v>1</v></c>" FORMULA STRING CLOSE,
        OPEN NUMBER TEXT "<c r=\"D7\"><v>2</v></c>" STRING CLOSE,
        OPEN NUMBER TEXT "<c r=\"D7\"><f>1+1</f><v>2</v></c>" STRING CLOSE,
        OPEN NUMBER TEXT FORMULA
        "<c r=\"E7\" t=\"str\"><f>\"m\"&amp;\"et\"</f><v>mat</v></c>" CLOSE,
        OPEN NUMBER TEXT FORMULA
        "<c r=\"E7\"><f>\"m\"&amp;\"et\"</f><v>met</v></c>" CLOSE,
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (matches(state, rows[i]))
            fail_msg("%s", rows[i]);
}

/* Every byte of the row, altered: only what is no content may still match,
   here the style's number and the row's attributes. */
static void
no_altered_byte_of_the_content_matches(void **state)
{
    static const char good[] = OPEN NUMBER TEXT FORMULA STRING CLOSE;
    char text[sizeof good];
    for (size_t i = sizeof OPEN - 1; i < sizeof good - 1; i++) {
        memcpy(text, good, sizeof good);
        text[i] = text[i] == 'x' ? 'y' : 'x';
        if (matches(state, text))
            fail_msg("byte %zu: %s", i, text);
    }
}

static void
literal_escapes_are_escaped(void **state)
{
    static const char *const cases[][2] = {
        {"_x0041_",          "_x005F_x0041_"               },
        {"a_x0041_b_x00e9_", "a_x005F_x0041_b_x005F_x00e9_"},
        {"_x0041",           "_x0041"                      },
        {"_x00G1_",          "_x00G1_"                     },
        {"_x0041_x0042_",    "_x005F_x0041_x005F_x0042_"   },
        {"__x0041_",         "__x005F_x0041_"              },
        {"",                 ""                            },
        {"_x",               "_x"                          },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(readback_escape(*state, cases[i][0]), cases[i][1]);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_row_as_planned_matches),
        TEST(anything_else_does_not),
        TEST(no_altered_byte_of_the_content_matches),
        TEST(literal_escapes_are_escaped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
