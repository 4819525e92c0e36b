/* What anybody would settle the same way is told apart from what somebody has to be asked. */
#include "guanai/store/conflict_obvious.h"

#include "guanai/form/type.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { PICK_NONE = 9 };

/* Two answers of 周老师 and 王老师 to one field of that type, on two days. */
struct two {
    const char *type, *first, *second;
    enum ga_conflict_said said_first, said_second;
    enum ga_obvious reason;
    size_t pick;
};

struct made {
    struct ga_field field;
    struct ga_conflict_field differs;
    const char *texts[2];
    enum ga_conflict_said said[2];
    struct ga_conflict_value values[2];
    struct ga_conflict conflict;
};

static void make(struct made *m, const struct two *two)
{
    static const char *const users[] = {"周老师", "王老师"};
    memset(m, 0, sizeof(*m));
    m->field.type = ga_field_type_find(two->type);
    assert_non_null(m->field.type);
    m->differs = (struct ga_conflict_field){.id = "field", .field = &m->field, .label = "field"};
    m->texts[0] = two->first;
    m->texts[1] = two->second;
    m->said[0] = two->said_first;
    m->said[1] = two->said_second;
    for (size_t i = 0; i < 2; i++)
        m->values[i] = (struct ga_conflict_value){.user = users[i], .day = 100 + (int32_t)i, .texts = &m->texts[i], .said = &m->said[i]};
    m->conflict = (struct ga_conflict){.fields = &m->differs, .fields_count = 1, .values = m->values, .values_count = 2, .handed_to = ""};
}

static void expect(const struct made *m, enum ga_obvious reason, size_t pick)
{
    size_t picked = PICK_NONE;
    assert_int_equal(ga_conflict_obvious(&m->conflict, &picked), reason);
    assert_int_equal(picked, pick);
}

static void each_reason_is_found_and_nothing_else(void **state)
{
    (void)state;
    static const struct two rows[] = {
        {"text", "大湾村", "大湾村3组", .reason = GA_OBVIOUS_LONGER, .pick = 1},
        {"text", "大湾村3组", "大湾村", .reason = GA_OBVIOUS_LONGER, .pick = 0},
        {"text", "大湾 村", "大湾村", .reason = GA_OBVIOUS_SPELLING, .pick = 0},
        {"text", "３组（东）", "3组(东)", .reason = GA_OBVIOUS_SPELLING, .pick = 0},
        {"text", "", "大湾村", GA_CONFLICT_UNKNOWN, GA_CONFLICT_ANSWERED, GA_OBVIOUS_KNOWN, 1},
        {"phone", "13800001111", "", GA_CONFLICT_ANSWERED, GA_CONFLICT_UNKNOWN, GA_OBVIOUS_KNOWN, 0},
        {"text", "大湾村", "双溪村", .reason = GA_OBVIOUS_NOT, .pick = PICK_NONE},
        {"text", "在家", "不在家", .reason = GA_OBVIOUS_NOT, .pick = PICK_NONE},
        {"text", "无", "无人看管", .reason = GA_OBVIOUS_NOT, .pick = PICK_NONE},
        {"text", "1.5", "15", .reason = GA_OBVIOUS_NOT, .pick = PICK_NONE},
        {"phone", "1380000", "13800001111", .reason = GA_OBVIOUS_NOT, .pick = PICK_NONE},
        {"integer", "13", "138", .reason = GA_OBVIOUS_NOT, .pick = PICK_NONE},
        {"text", "", "大湾村", GA_CONFLICT_EMPTY, GA_CONFLICT_ANSWERED, GA_OBVIOUS_NOT, PICK_NONE}, /* struck out */
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct made m;
        make(&m, &rows[i]);
        expect(&m, rows[i].reason, rows[i].pick);
    }
}

static void a_later_correction_by_the_same_person_is_obvious_unless_a_clock_is_in_doubt(void **state)
{
    (void)state;
    static const struct two two = {"text", "大湾村", "双溪村"};
    struct made m;
    make(&m, &two);
    m.values[1].user = m.values[0].user;
    expect(&m, GA_OBVIOUS_LATER, 1);
    m.values[1].day = m.values[0].day;
    expect(&m, GA_OBVIOUS_NOT, PICK_NONE);
    m.values[1].day++;
    m.values[0].is_doubtful = true;
    expect(&m, GA_OBVIOUS_NOT, PICK_NONE);
}

static void what_is_sensitive_handed_on_or_a_removal_is_never_obvious(void **state)
{
    (void)state;
    static const struct two two = {"text", "大湾村", "大湾村3组"};
    struct made m;
    make(&m, &two);
    m.conflict.protect = GA_PROTECT_SENSITIVE;
    expect(&m, GA_OBVIOUS_NOT, PICK_NONE);
    m.conflict.protect = GA_PROTECT_ORDINARY;
    m.conflict.handed_to = "吴校长";
    expect(&m, GA_OBVIOUS_NOT, PICK_NONE);
    m.conflict.handed_to = "";
    expect(&m, GA_OBVIOUS_LONGER, 1);
    m.conflict.kind = GA_CONFLICT_REMOVAL;
    expect(&m, GA_OBVIOUS_NOT, PICK_NONE);
}

/* Better in one field, worse in the other: somebody has to be asked. */
static void a_unit_is_obvious_only_when_one_side_is_better_in_every_field(void **state)
{
    (void)state;
    static const struct two two = {"text", "大湾村", "大湾村3组"};
    struct made m;
    make(&m, &two);
    const struct ga_conflict_field differs[] = {m.differs, m.differs};
    const char *const texts[2][2] = {{"大湾村", "李桂兰"}, {"大湾村3组", "李桂兰奶奶"}}, *const crossed[2] = {"大湾村", "李桂兰奶奶"};
    const enum ga_conflict_said said[2] = {GA_CONFLICT_ANSWERED, GA_CONFLICT_ANSWERED};
    m.conflict.fields = differs;
    m.conflict.fields_count = 2;
    for (size_t i = 0; i < 2; i++) {
        m.values[i].texts = (const char **)texts[i];
        m.values[i].said = said;
    }
    expect(&m, GA_OBVIOUS_LONGER, 1);
    const char *const other[2] = {"大湾村3组", "李桂兰"};
    m.values[0].texts = (const char **)crossed;
    m.values[1].texts = (const char **)other;
    expect(&m, GA_OBVIOUS_NOT, PICK_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_reason_is_found_and_nothing_else),
        cmocka_unit_test(a_later_correction_by_the_same_person_is_obvious_unless_a_clock_is_in_doubt),
        cmocka_unit_test(what_is_sensitive_handed_on_or_a_removal_is_never_obvious),
        cmocka_unit_test(a_unit_is_obvious_only_when_one_side_is_better_in_every_field),
    };
    return cmocka_run_group_tests_name("store: the obvious", tests, NULL, NULL);
}
