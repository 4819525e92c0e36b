/* Runs the program itself, holds what it prints against what the lists say. */
#include "year_look.h"

#include "guanai/base/num.h"
#include "guanai/care/alarm.h"
#include "guanai/care/checklist.h"
#include "guanai/care/priorities.h"
#include "guanai/text/class_name.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { COMMANDS_MAX = 24 };

/* What a command is expected to print; made while the session is open, compared when it is closed. */
struct expected {
    char words[160];
    struct ga_str rows;
};

struct expecting {
    const struct year_look *look;
    struct expected items[COMMANDS_MAX];
    size_t count;
};

static struct ga_str *expect(struct expecting *e, const char *format, ...) __attribute__((format(printf, 2, 3)));
static struct ga_str *expect(struct expecting *e, const char *format, ...)
{
    assert_true(e->count < COMMANDS_MAX);
    struct expected *item = &e->items[e->count++];
    va_list args;
    va_start(args, format);
    vsnprintf(item->words, sizeof(item->words), format, args);
    va_end(args);
    return &item->rows;
}

static const char *class_text(const struct ga_roster_class *class, char buf[GA_CLASS_NAME_SIZE])
{
    struct ga_class_name name = {0};
    ga_str_copy(name.grade, sizeof(name.grade), class->grade);
    ga_str_copy(name.number, sizeof(name.number), class->class_no);
    return class->grade[0] == '\0' ? "" : ga_class_name_text(&name, GA_EN, buf);
}

/* What a site owes stands under its name, what the school owes under none. */
static const char *site_text(const struct year_look *look, const char *code)
{
    const struct ga_config *config = &look->session->config;
    for (size_t i = 0; i < config->sites_count; i++)
        if (ga_str_equal(config->sites[i].code, code))
            return ga_label_text(&config->sites[i].label, GA_EN);
    return code;
}

static void add_due(const struct year_look *look, size_t i, struct ga_str *out)
{
    const struct ga_due *due = &look->all[i];
    struct ga_arena arena = {0};
    struct ga_roster_row child = {.name = ""};
    char id[GA_UUID_TEXT_SIZE] = "", class[GA_CLASS_NAME_SIZE];
    if (due->child != 0) {
        YEAR_HOLD(look, ga_roster_row_of(look->session->store, due->child, GA_EN, &arena, &child, &err));
        ga_uuid_text(&child.id, id);
    }
    const char *where = look->of[i].grade[0] == '\0' ? site_text(look, look->of[i].site) : class_text(&look->of[i], class);
    ga_str_addf(out, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%d\n", id, child.name, where,
                ga_care_duties(look->care)->items[due->duty]->name, due->owner, GA_DATE_ISO(due->window.opens),
                GA_DATE_ISO(due->window.due_on), due->window.ends.year == GA_DATE_YEAR_MAX ? "" : GA_DATE_ISO(due->window.ends),
                ga_due_codes[due->state], due->days_late);
    ga_arena_finish(&arena);
}

static void add_dues(const struct year_look *look, const char *owner, const struct ga_roster_class *class, struct ga_days span,
                     struct ga_str *out)
{
    ga_str_add(out, "child_id\tchild\tclass\tduty\towner\topens\tdue_on\tends\tstate\tdays_late\n");
    for (size_t i = 0; i < look->all_count; i++)
        if ((span.from.year == 0 ? year_is_open(&look->all[i]) : year_is_in(look, &look->all[i], span)) &&
            (owner == NULL || strcmp(owner, look->all[i].owner) == 0) &&
            (class == NULL || year_is_of_class(look, i, class->site, class->grade, class->class_no)))
            add_due(look, i, out);
}

static void expect_dues(struct expecting *e, const struct ga_roster_class *class)
{
    const struct year_look *look = e->look;
    const struct ga_days now = {{0}, {0}}, month = ga_days_of_month(look->today);
    char shown[GA_CLASS_NAME_SIZE];
    add_dues(look, NULL, NULL, now, expect(e, "due"));
    for (size_t i = 0; i < 3; i++)
        add_dues(look, year_teachers[i], NULL, now, expect(e, "due --owner %s", year_teachers[i]));
    add_dues(look, NULL, class, now, expect(e, "due --class '%s' --site %s", class_text(class, shown), class->site));
    add_dues(look, NULL, NULL, month, expect(e, "due --state all --from %s --to %s", GA_DATE_ISO(month.from), GA_DATE_ISO(month.to)));
}

/* A row a child and one of the class as the sheet's cells say, the last one its sums; the cells' figures are held against the list elsewhere. */
static void expect_checklist(struct expecting *e, const struct ga_roster_class *class)
{
    const struct year_look *look = e->look;
    struct ga_arena arena = {0};
    struct ga_checklist list;
    char shown[GA_CLASS_NAME_SIZE], id[GA_UUID_TEXT_SIZE], text[GA_CHECKLIST_CELL_SIZE], month[GA_DATE_SIZE];
    ga_date_iso((struct ga_date){look->today.year, look->today.month, 0}, month);
    struct ga_str *out = expect(e, "checklist --class '%s' --site %s --month %s", class_text(class, shown), class->site, month);
    YEAR_HOLD(look, ga_checklist_read_whole(look->care, class, look->today, GA_EN, &arena, &list, &err));
    ga_str_add(out, "child_id\tchild");
    for (size_t c = 0; c < list.columns_count; c++)
        ga_str_addf(out, "\t%s", ga_care_duties(look->care)->items[list.columns[c]]->name);
    for (size_t r = 0; r < list.rows_count; r++) {
        ga_str_addf(out, "\n%s\t%s", list.rows[r].child.no == 0 ? "" : ga_uuid_text(&list.rows[r].child.id, id), list.rows[r].child.name);
        for (size_t c = 0; c < list.columns_count; c++)
            ga_str_addf(out, "\t%s", ga_checklist_cell_text(&list.rows[r].cells[c], GA_EN, text));
    }
    ga_str_add(out, "\n\tTotal");
    for (size_t c = 0; c < list.columns_count; c++)
        ga_str_addf(out, "\t%d/%d", list.sums[c].done, list.sums[c].owed);
    ga_str_add(out, "\n");
    ga_arena_finish(&arena);
}

static const char *day_or_nothing(struct ga_date day, char buf[GA_DATE_SIZE])
{
    return day.year == 0 ? "" : ga_date_iso(day, buf);
}

static void add_quiet(const struct ga_priority_board *board, struct ga_str *out, struct ga_arena *arena)
{
    char day[GA_DATE_SIZE], shown[GA_CLASS_NAME_SIZE];
    size_t *rows;
    const size_t count = ga_priority_quiet(board, 30, arena, &rows);
    ga_str_add(out, "child_id\tchild\tclass\tlast_on\tschool_days\n");
    for (size_t i = 0; i < count; i++) {
        const struct ga_priority_row *row = &board->rows[rows[i]];
        const struct ga_roster_class class = {.grade = row->grade, .class_no = row->class_no};
        ga_str_addf(out, "%s\t%s\t%s\t%s\t%d\n", row->id, row->name, class_text(&class, shown), day_or_nothing(row->quiet_on, day),
                    row->quiet_days);
    }
}

static void expect_board(struct expecting *e)
{
    const struct year_look *look = e->look;
    struct ga_arena arena = {0};
    struct ga_priority_board board;
    const struct ga_priority_ask ask = {.month = look->today};
    char month[GA_DATE_SIZE], day[GA_DATE_SIZE], shown[GA_CLASS_NAME_SIZE];
    YEAR_HOLD(look, ga_priority_board_read(look->care, &ask, &arena, &board, &err));
    ga_date_iso((struct ga_date){look->today.year, look->today.month, 0}, month);
    struct ga_str *out = expect(e, "priorities --month %s", month);
    ga_str_add(out, "child_id\tchild\tclass\tcounts\tpriority\tturns\ttarget\tlast_on\tby\tschool_days\n");
    for (size_t i = 0; i < board.count; i++)
        for (size_t p = 0; p < board.rule->priorities.count; p++) {
            const struct ga_priority_row *row = &board.rows[i];
            const struct ga_roster_class class = {.grade = row->grade, .class_no = row->class_no};
            ga_str_addf(out, "%s\t%s\t%s\t1\t%s\t%d\t%d\t%s\t%s\t%d\n", row->id, row->name, class_text(&class, shown),
                        board.rule->priorities.items[p].name.text, row->cells[p].turns,
                        (int)board.rule->priorities.items[p].target, day_or_nothing(row->cells[p].last_on, day),
                        ga_priority_by(look->care, p, row->cells[p].last_record, &arena), row->cells[p].days);
        }
    add_quiet(&board, expect(e, "priorities --month %s --nothing-for 30", month), &arena);
    ga_arena_finish(&arena);
}

/* Child and alarm, in the order of the list. */
static void expect_alarms(struct expecting *e)
{
    const struct year_look *look = e->look;
    struct ga_arena arena = {0};
    struct ga_alarm *alarms;
    struct ga_roster_row child;
    size_t count = 0;
    char id[GA_UUID_TEXT_SIZE];
    const struct ga_alarm_ask every = {0};
    struct ga_str *out = expect(e, "alarms | cut -f 1,5,7");
    YEAR_HOLD(look, ga_alarm_list(look->care, &every, &arena, &alarms, &count, &err));
    ga_str_add(out, "child_id\talarm\tsince\n");
    for (size_t i = 0; i < count; i++) {
        char day[GA_DATE_SIZE];
        YEAR_HOLD(look, ga_roster_row_of(look->session->store, alarms[i].child, GA_EN, &arena, &child, &err));
        ga_str_addf(out, "%s\t%s\t%s\n", ga_uuid_text(&child.id, id), ga_care_alarms(look->care)->items[alarms[i].rule]->name,
                    day_or_nothing(alarms[i].since, day));
    }
    ga_arena_finish(&arena);
}

/* Where they part, both lines. */
static void tell_difference(const char *printed, const char *wanted)
{
    while (*printed != '\0' && *printed == *wanted) {
        const char *end = strchr(printed, '\n'), *other = strchr(wanted, '\n');
        if (end == NULL || other == NULL || end - printed != other - wanted || memcmp(printed, wanted, (size_t)(end - printed)) != 0)
            break;
        printed = end + 1;
        wanted = other + 1;
    }
    print_error("printed: %.*s\nwanted:  %.*s\n", (int)strcspn(printed, "\n"), printed, (int)strcspn(wanted, "\n"), wanted);
}

static void run(struct year_school *year, const char *program, const struct expected *expected)
{
    char command[900], buf[4096];
    struct ga_str out = {0};
    size_t got;
    const char *pipe = strchr(expected->words, '|');
    snprintf(command, sizeof(command), "'%s' --data '%s' --forms '%s' --today %s --user %s --lang en %.*s 2>&1 %s", program,
             year->school.options.data, year->school.options.forms, GA_DATE_ISO(year->today), year_teachers[0],
             pipe == NULL ? (int)strlen(expected->words) : (int)(pipe - expected->words), expected->words, pipe == NULL ? "" : pipe);
    FILE *printed = popen(command, "r");
    assert_non_null(printed);
    while ((got = fread(buf, 1, sizeof(buf), printed)) > 0)
        ga_str_add_bytes(&out, buf, got);
    const int status = pclose(printed);
    if (status != 0 || strcmp(ga_str_text(&out), ga_str_text(&expected->rows)) != 0) {
        tell_difference(ga_str_text(&out), ga_str_text(&expected->rows));
        fail_msg("on %s the program prints something else for: guanai %s (%d)", GA_DATE_ISO(year->today), expected->words, status);
    }
    ga_str_finish(&out);
}

void year_commands_agree(struct year_school *year, const char *program)
{
    static struct expecting expecting;
    struct year_look look;
    memset(&expecting, 0, sizeof(expecting));
    expecting.look = &look;
    year_look_start(&look, year);
    const struct ga_roster_class *class = &look.classes[(size_t)ga_date_to_days(year->today) / 13 % look.classes_count];
    expect_dues(&expecting, class);
    expect_checklist(&expecting, class);
    expect_board(&expecting);
    expect_alarms(&expecting);
    year_look_finish(&look);
    year_school_close(year);
    for (size_t i = 0; i < expecting.count; i++) {
        run(year, program, &expecting.items[i]);
        ga_str_finish(&expecting.items[i].rows);
    }
    year_school_open(year);
}
