/* Operations that tests work on. */
#include "sample.h"

#include "guanai/store/operation_order.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

struct column {
    const char *id;
    const char *group; /* NULL: its own */
    const char *const *values; /* NULL: digits */
    unsigned digits;
};

static const char *const NAMES[] = {"张小明", "李雨涵", "王梓萱", "刘浩然", "陈思远", "杨欣怡", "赵子轩", "黄诗琪", NULL};
static const char *const CODES[] = {"yes_both", "no", "father", "mother", NULL};
static const char *const VILLAGES[] = {"青山村", "白石村", "双河村", NULL};
static const char *const HAMLETS[] = {"三组", "五组", "老屋湾", NULL};
static const char *const WORK[] = {"广东省东莞市", "浙江省宁波市", "江苏省苏州市", NULL};
static const char *const CLASSES[] = {"三年级(2)班", NULL};

static const struct column COLUMNS[] = {
    {"name", NULL, NAMES, 0}, {"sex", NULL, CODES, 0}, {"birth_date", NULL, NULL, 8},
    {"id_number", NULL, NULL, 18},
    {"student_number", NULL, NULL, 12}, {"ethnicity", NULL, CODES, 0}, {"card_no", NULL, NULL, 4},
    {"site", NULL, CLASSES, 0}, {"grade", NULL, CLASSES, 0}, {"class", NULL, CLASSES, 0},
    {"village", NULL, VILLAGES, 0}, {"hamlet", NULL, HAMLETS, 0}, {"boarding", NULL, CODES, 0},
    {"absence_kind", NULL, CODES, 0}, {"father_name", "father", NAMES, 0},
    {"father_state", "father", CODES, 0},
    {"father_phone", "father", NULL, 11}, {"father_workplace", "father", WORK, 0},
    {"mother_name", "mother", NAMES, 0}, {"mother_state", "mother", CODES, 0},
    {"mother_phone", "mother", NULL, 11}, {"mother_workplace", "mother", WORK, 0},
    {"guardian_name", "guardian", NAMES, 0}, {"guardian_relation", "guardian", CODES, 0},
    {"guardian_phone", "guardian", NULL, 11}, {"household_economy", NULL, CODES, 0},
    {"health", NULL, CODES, 0},
};

static uint32_t below(const struct ga_random *random, uint64_t bound)
{
    return (uint32_t)ga_random_below(random, bound);
}

static void set_text(struct ga_operation_value *value, const char *text)
{
    *value = (struct ga_operation_value){.kind = GA_OPERATION_TEXT, .text = text, .text_len = strlen(text)};
}

static void fill_value(const struct column *column, struct ga_operation_value *value, struct ga_arena *arena,
                       const struct ga_random *random)
{
    size_t count = 0;
    while (column->values != NULL && column->values[count] != NULL)
        count++;
    if (count > 0) {
        set_text(value, column->values[below(random, count)]);
        return;
    }
    char *digits = ga_arena_alloc(arena, column->digits + 1);
    for (unsigned i = 0; i < column->digits; i++)
        digits[i] = (char)('0' + below(random, 10));
    set_text(value, digits);
}

static void fill_header(struct ga_operation *op, const struct ga_random *random)
{
    *op = (struct ga_operation){.kind = GA_OPERATION_PUT, .protection = GA_OPERATION_ORDINARY,
        .form = "child",
        .form_version = 3, .form_hash = {{0xF0, 0x12, 0x9A}}, .user = "王老师", .local_day = 20778,
        .local_ms = 36000000, .utc_offset_min = 480};
    random->fill(random->ctx, op->record.bytes, sizeof(op->record.bytes));
}

void sample_roster(struct ga_operation *op, struct ga_arena *arena, const struct ga_random *random,
                   unsigned i)
{
    enum { COLUMNS_COUNT = sizeof(COLUMNS) / sizeof(COLUMNS[0]) };
    fill_header(op, random);
    op->local_ms += (int32_t)i;
    memcpy(op->record.bytes, (uint8_t[]){0x01, 0x9A, 0xA1, 0x33, 0x40, (uint8_t)(i / 16), 0x70 | (i & 15)}, 7);
    struct ga_operation_field *fields = ga_arena_array(arena, COLUMNS_COUNT, sizeof(*fields));
    struct ga_operation_group *groups = ga_arena_array(arena, COLUMNS_COUNT, sizeof(*groups));
    size_t count = 0;
    for (size_t c = 0; c < COLUMNS_COUNT; c++) {
        const char *group = COLUMNS[c].group != NULL ? COLUMNS[c].group : COLUMNS[c].id;
        fields[c].id = COLUMNS[c].id;
        fill_value(&COLUMNS[c], &fields[c].value, arena, random);
        if (count == 0 || strcmp(groups[count - 1].id, group) != 0)
            groups[count++] = (struct ga_operation_group){.id = group, .fields = &fields[c]};
        groups[count - 1].fields_count++;
    }
    op->groups = groups;
    op->groups_count = count;
    ga_operation_order(op, arena);
}

static void fill_any_value(struct ga_operation_value *value, struct ga_arena *arena,
                           const struct ga_random *random)
{
    static const char *const decimals[] = {"0", "-1", "12.5", "-0.001", "99999999999999999999.25"};
    static const char *const texts[] = {"a", "留守", "𠮷野\n家", "\x01\x7f", "yes no"};
    value->kind = (enum ga_operation_value_kind)below(random, GA_OPERATION_DECIMAL + 1);
    if (value->kind == GA_OPERATION_INTEGER) {
        random->fill(random->ctx, &value->integer, sizeof(value->integer));
        value->integer >>= below(random, 64);
    }
    if (value->kind < GA_OPERATION_TEXT)
        return;
    bool is_decimal = value->kind == GA_OPERATION_DECIMAL;
    set_text(value, (is_decimal ? decimals : texts)[below(random, 5)]);
    value->kind = is_decimal ? GA_OPERATION_DECIMAL : GA_OPERATION_TEXT;
    if (!is_decimal && below(random, 20) == 0) {
        char *text = ga_arena_alloc(arena, 301);
        memset(text, 'z', 300);
        set_text(value, text);
    }
}

static void fill_any_group(struct ga_operation_group *group, size_t number, size_t replaced,
                           struct ga_arena *arena, const struct ga_random *random)
{
    struct ga_uuid row;
    char text[GA_UUID_TEXT_SIZE];
    random->fill(random->ctx, row.bytes, sizeof(row.bytes));
    bool is_row = below(random, 4) == 0, is_plain = !is_row && below(random, 2) == 0;
    group->id = is_row ? ga_arena_printf(arena, "siblings/%s", ga_uuid_text(&row, text))
                       : ga_arena_printf(arena, "g%zu", number);
    group->fields_count = is_plain ? 1 : 1 + below(random, 5);
    struct ga_operation_field *fields = ga_arena_array(arena, group->fields_count, sizeof(*fields));
    for (size_t i = 0; i < group->fields_count; i++) {
        fields[i].id = is_plain ? group->id : i == 0 && is_row ? "_gone" : ga_arena_printf(arena, "f%zu", i);
        fill_any_value(&fields[i].value, arena, random);
    }
    group->fields = fields;
    group->replaces_count = replaced == 0 ? 0 : below(random, 4);
    uint32_t *replaces = ga_arena_array(arena, group->replaces_count, sizeof(*replaces));
    for (size_t i = 0; i < group->replaces_count; i++)
        replaces[i] = below(random, replaced);
    group->replaces = replaces;
}

void sample_any(struct ga_operation *op, struct ga_arena *arena, const struct ga_random *random)
{
    fill_header(op, random);
    op->is_clock_in_doubt = below(random, 2) != 0;
    op->protection = (enum ga_operation_protection)below(random, 4);
    op->typist = below(random, 2) != 0 ? "李老师" : "";
    op->local_day = (int32_t)below(random, 3000000) - 100000;
    op->utc_offset_min = (int32_t)below(random, 2161) - 1080;
    op->replaced_count = below(random, 5);
    struct ga_hash *replaced = ga_arena_array(arena, op->replaced_count, sizeof(*replaced));
    random->fill(random->ctx, replaced, op->replaced_count * sizeof(*replaced));
    op->replaced = replaced;
    op->groups_count = 1 + below(random, 6);
    struct ga_operation_group *groups = ga_arena_array(arena, op->groups_count, sizeof(*groups));
    for (size_t i = 0; i < op->groups_count; i++)
        fill_any_group(&groups[i], i, op->replaced_count, arena, random);
    op->groups = groups;
    ga_operation_order(op, arena);
}

void sample_encode(const struct ga_operation *op, struct ga_str *out)
{
    struct ga_error err = {0};
    enum ga_rc rc = ga_operation_encode(op, out, &err);
    if (rc != GA_OK)
        fprintf(stderr, "# %s (%s)\n", err.what.id, ga_message_arg(&err.what, 0));
    assert(rc == GA_OK);
    (void)rc;
}
