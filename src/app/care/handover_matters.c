/* Says what is open of a class, for who takes it over. */
#include "care/handover_inner.h"
#include "guanai/app/care.h"
#include "guanai/app/record_face.h"
#include "guanai/app/send_back.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/care/alarm.h"
#include "guanai/care/report.h"
#include "guanai/sql/stmt.h"
#include "guanai/store/note.h"
#include "guanai/store/number.h"
#include "guanai/store/view.h"
#include "guanai/text/translate.h"
#include "private.h"

#include <string.h>

enum { NAMES_MAX = 12, LINES_MAX = 80 };

struct telling {
    struct ga_session *session;
    const char *giver;
    const struct ga_roster_class *class_of;
    struct ga_vec *patterns; /* nullable */
    struct ga_care *care;
    enum ga_lang lang;
    struct ga_arena *arena;
    struct ga_roster_row *rows;
    size_t rows_count;
    struct ga_str out;
    size_t lines;
    bool *has; /* a row each: of the line being told */
};

enum ga_rc ga_handover_children(struct ga_session *session, const struct ga_roster_class *class_of, struct ga_arena *arena,
                                struct ga_roster_row **ret_rows, size_t *ret_count, struct ga_error *err)
{
    const struct ga_roster_filter filter = {.site = class_of->site, .grade = class_of->grade, .class_no = class_of->class_no};
    return ga_roster_page_at(session->store, &filter, 0, 1000, session->lang, arena, ret_rows, ret_count, err);
}

static long row_of(const struct telling *t, int64_t child)
{
    for (size_t i = 0; i < t->rows_count; i++)
        if (t->rows[i].no == child)
            return (long)i;
    return -1;
}

static const char *say(struct telling *t, const char *english, const char *first, const char *second, const char *third)
{
    struct ga_message message;
    char text[2 * GA_MESSAGE_BYTES];
    ga_message_set(&message, english, first, second, third);
    return ga_arena_strdup(t->arena, ga_message_text(&message, t->lang, text, sizeof(text)));
}

/* What a line may look like, now or on another day. */
static void add_pattern(struct telling *t, const char *pattern)
{
    if (t->patterns != NULL)
        *(const char **)ga_vec_push(t->patterns) = pattern;
}

static void add_line(struct telling *t, const char *line)
{
    if (t->lines++ < LINES_MAX)
        ga_str_addf(&t->out, "%s%s", t->out.len > 0 ? "\n" : "", line);
}

static void forget_names(struct telling *t)
{
    for (size_t i = 0; i < t->rows_count; i++)
        t->has[i] = false;
}

static void note_child(struct telling *t, int64_t child)
{
    const long row = row_of(t, child);
    if (row >= 0)
        t->has[row] = true;
}

/* "谈心：13 人：何丽、崔子乐 …"; nothing without anybody. */
static void add_names(struct telling *t, const char *what)
{
    struct ga_str names = {0};
    int64_t count = 0;
    add_pattern(t, say(t, "%1: %3", what, "", GA_HANDOVER_ANY));
    add_pattern(t, say(t, "%1: %2 children: %3", what, GA_HANDOVER_ANY, GA_HANDOVER_ANY));
    for (size_t i = 0; i < t->rows_count; i++) {
        if (!t->has[i])
            continue;
        if (++count <= NAMES_MAX)
            ga_str_addf(&names, "%s%s", names.len > 0 ? t->lang == GA_ZH ? "、" : ", " : "", t->rows[i].name);
    }
    if (count > NAMES_MAX)
        ga_str_add(&names, " …");
    if (count > 0)
        add_line(t, say(t, count == 1 ? GA_N_("%1: %3") : GA_N_("%1: %2 children: %3"), what, GA_NUM(count), ga_str_text(&names)));
    ga_str_finish(&names);
}

static enum ga_rc tell_alarms(struct telling *t, struct ga_error *err)
{
    const struct ga_alarm_ask ask = {.site = t->class_of->site, .grade = t->class_of->grade, .class_no = t->class_of->class_no};
    const struct ga_alarm_rules *rules = ga_care_alarms(t->care);
    struct ga_alarm *alarms;
    size_t count = 0;
    const enum ga_rc rc = ga_alarm_list(t->care, &ask, t->arena, &alarms, &count, err);
    for (size_t r = 0; rc == GA_OK && r < rules->count; r++) {
        forget_names(t);
        for (size_t i = 0; i < count; i++)
            if (alarms[i].rule == r)
                note_child(t, alarms[i].child);
        add_names(t, say(t, GA_N_("! %1"), ga_label_text(&rules->items[r]->title, t->lang), NULL, NULL));
    }
    return rc;
}

static enum ga_rc tell_dues(struct telling *t, struct ga_error *err)
{
    const struct ga_due_ask ask = {.site = t->class_of->site, .grade = t->class_of->grade, .class_no = t->class_of->class_no};
    const struct ga_duties *duties = ga_care_duties(t->care);
    struct ga_due *dues;
    size_t count = 0;
    const enum ga_rc rc = ga_due_list(t->care, &ask, t->arena, &dues, &count, err);
    for (size_t d = 0; rc == GA_OK && d < duties->count; d++) {
        const char *what = say(t, GA_N_("Still to be done: %1"), ga_label_text(&duties->items[d]->title, t->lang), NULL, NULL);
        bool is_of_class = false;
        forget_names(t);
        for (size_t i = 0; i < count; i++) {
            if (dues[i].duty == d && dues[i].child != 0)
                note_child(t, dues[i].child);
            is_of_class |= dues[i].duty == d && dues[i].child == 0;
        }
        add_names(t, what);
        add_pattern(t, what);
        if (is_of_class)
            add_line(t, what);
    }
    return rc;
}

/* Whose plan is open; what it says stays in it. */
static enum ga_rc tell_plans(struct telling *t, struct ga_error *err)
{
    const struct ga_form *form = ga_forms_get(t->session->forms, "care_plan", NULL);
    struct ga_stmt *stmt = NULL;
    bool has_row = false;
    if (form == NULL || ga_form_field(form, "closed_on") == NULL)
        return GA_OK;
    enum ga_rc rc = ga_store_view(t->session->store, form, NULL, err);
    if (rc == GA_OK)
        rc = ga_stmt_prepare(ga_store_db(t->session->store), "SELECT _child FROM v_care_plan WHERE closed_on IS NULL", &stmt, err);
    forget_names(t);
    while (rc == GA_OK && (rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        note_child(t, ga_stmt_column_int(stmt, 0));
    ga_stmt_destroy(stmt);
    add_names(t, ga_tr(t->lang, "Care plans that go on"));
    return rc;
}

static enum ga_rc tell_reports(struct telling *t, struct ga_error *err)
{
    struct ga_report *reports;
    size_t count = 0;
    const enum ga_rc rc = ga_reports_list(t->session->store, t->arena, &reports, &count, err);
    for (int state = 0; rc == GA_OK && state < GA_REPORT_STATES; state++) {
        forget_names(t);
        for (size_t i = 0; i < count; i++)
            if ((int)reports[i].state == state)
                note_child(t, reports[i].child);
        add_names(t, say(t, GA_N_("Reports and referrals, %1"), ga_tr(t->lang, ga_report_words[state]), NULL, NULL));
    }
    return rc;
}

/* The number of the child a record is of, or whose file it is; 0: of none. */
static int64_t child_of(struct telling *t, const struct ga_uuid *record)
{
    struct ga_record_face face;
    int64_t no = 0;
    if (ga_record_face_read(t->session, record, t->arena, &face, NULL) != GA_OK)
        return 0;
    ga_store_child_no(t->session->store, ga_uuid_is_zero(&face.child) ? record : &face.child, &no, NULL);
    return no;
}

static enum ga_rc tell_notes(struct telling *t, struct ga_error *err)
{
    const struct ga_note_filter filter = {0};
    struct ga_note *notes;
    size_t count = 0;
    const enum ga_rc rc = ga_notes_list(t->session->store, &filter, t->arena, &notes, &count, err);
    forget_names(t);
    for (size_t i = 0; rc == GA_OK && i < count; i++)
        note_child(t, child_of(t, &notes[i].record));
    add_names(t, ga_tr(t->lang, "Open notes"));
    return rc;
}

static enum ga_rc tell_sent_back(struct telling *t, struct ga_error *err)
{
    struct ga_sent_back *items;
    size_t count = 0;
    add_pattern(t, say(t, "Sent back, not mended: %1 – %2", GA_HANDOVER_ANY, GA_HANDOVER_ANY, NULL));
    const enum ga_rc rc = ga_sent_back_list(t->session, t->arena, &items, &count, err);
    for (size_t i = 0; rc == GA_OK && i < count; i++) {
        const bool is_theirs = strcmp(items[i].to_whom, t->giver) == 0 || row_of(t, child_of(t, &items[i].record)) >= 0;
        if (!items[i].is_mended && is_theirs)
            add_line(t, say(t, GA_N_("Sent back, not mended: %1 – %2"), items[i].about, items[i].words, NULL));
    }
    return rc;
}

static void tell_files(struct telling *t)
{
    int64_t left_behind = 0, key = 0;
    for (size_t i = 0; i < t->rows_count; i++) {
        left_behind += t->rows[i].is_left_behind;
        key += t->rows[i].is_key_child;
    }
    add_pattern(t, say(t, "%1 files; left behind %2, key children %3", GA_HANDOVER_ANY, GA_HANDOVER_ANY, GA_HANDOVER_ANY));
    add_line(t, say(t, GA_N_("%1 files; left behind %2, key children %3"), GA_NUM((int64_t)t->rows_count), GA_NUM(left_behind), GA_NUM(key)));
    forget_names(t);
    for (size_t i = 0; i < t->rows_count; i++)
        t->has[i] = t->rows[i].is_key_child;
    add_names(t, ga_tr(t->lang, "Key children (★)"));
}

enum ga_rc ga_handover_matters(struct ga_session *session, struct ga_handover_telling *telling, struct ga_arena *arena, struct ga_error *err)
{
    static enum ga_rc (*const parts[])(struct telling *t, struct ga_error *err) = {tell_reports, tell_alarms, tell_plans, tell_dues,
                                                                                   tell_sent_back, tell_notes};
    struct telling t = {.session = session, .giver = telling->giver, .class_of = telling->class_of, .lang = telling->lang,
                        .arena = arena, .patterns = telling->patterns};
    enum ga_rc rc = ga_session_care(session, NULL, &t.care, err);
    if (rc == GA_OK)
        rc = ga_handover_children(session, t.class_of, arena, &t.rows, &t.rows_count, err);
    if (rc != GA_OK)
        return rc;
    t.has = ga_arena_array(arena, t.rows_count + 1, sizeof(*t.has));
    tell_files(&t);
    for (size_t i = 0; rc == GA_OK && i < GA_COUNT(parts); i++)
        rc = parts[i](&t, err);
    telling->text = ga_arena_strdup(arena, ga_str_text(&t.out));
    ga_str_finish(&t.out);
    return rc;
}
