/* Writes down why something was not done. */
#include "guanai/app/excuse.h"

#include "care/excuse_inner.h"
#include "guanai/app/care.h"
#include "guanai/app/catch_up.h"
#include "guanai/base/alloc.h"
#include "guanai/base/map.h"
#include "guanai/base/num.h"
#include "guanai/care/past.h"
#include "guanai/form/type.h"
#include "guanai/store/number.h"
#include "guanai/store/record.h"
#include "guanai/store/save.h"
#include "guanai/store/undo.h"
#include "guanai/text/class_name.h"
#include "private.h"

#include <string.h>

/* A window without a label is told by the day on which something is said of it: care/due_assign.c. */
static bool is_over(const struct ga_session *session, const struct ga_due *due)
{
    return due->window.label[0] == '\0' && (ga_date_compare(session->today, due->window.opens) < 0 ||
                                            ga_date_compare(session->today, due->window.ends) > 0);
}

bool ga_due_takes_outcome(const struct ga_session *session, const struct ga_due *due)
{
    const uint32_t states = 1u << GA_DUE_OPEN | 1u << GA_DUE_LATE | 1u << GA_DUE_MISSED;
    return (states >> due->state & 1) && !is_over(session, due);
}

static enum ga_rc check(const struct ga_session *session, const struct ga_due *due, const char *outcome,
                        struct ga_date until, const char *reason, struct ga_error *err)
{
    const bool is_postponed = ga_str_equal(outcome, GA_OUTCOME_POSTPONED);
    if (due->child == 0 && is_postponed)
        return ga_error_set(err, GA_REFUSED, "what a class or the school owes is not put off: say why it is not done");
    if (ga_due_is_done(due->state))
        return ga_error_set(err, GA_REFUSED, "this is done already");
    if (is_over(session, due))
        return ga_error_set(err, GA_REFUSED, "nothing can be said of this today: it is not its time");
    if (is_postponed && (!ga_date_is_day(until) || ga_date_compare(until, session->today) <= 0))
        return ga_error_set(err, GA_REFUSED, "put off until which day? It must be after today");
    if (ga_str_equal(outcome, GA_OUTCOME_EXCUSED) && reason[strspn(reason, " ")] == '\0')
        return ga_error_set(err, GA_REFUSED, "say in a few words why this need not be done");
    return GA_OK;
}

bool ga_due_call_class(const struct ga_care *care, const struct ga_due *due, struct ga_date today, struct ga_arena *arena,
                       struct ga_roster_class *ret_class, char text[GA_CLASS_NAME_SIZE])
{
    ga_due_class_of(due, arena, ret_class);
    text[0] = '\0';
    return ret_class->grade[0] == '\0' ||
           ga_care_class_text(care, ret_class, due->is_then ? due->window.due_on : today, today, text);
}

/* What can be said of a child stands though its class is no more: the record names the child. */
enum ga_rc ga_due_write_class(struct ga_entry *entry, const struct ga_due *due, struct ga_error *err)
{
    struct ga_arena arena = {0};
    struct ga_roster_class class_of;
    struct ga_care *care;
    char text[GA_CLASS_NAME_SIZE] = "";
    enum ga_rc rc = ga_session_care(entry->session, NULL, &care, err);
    if (rc == GA_OK && !ga_due_call_class(care, due, entry->session->today, &arena, &class_of, text)) {
        text[0] = '\0';
        rc = due->child != 0 ? GA_OK : ga_error_set(err, GA_REFUSED, "this class has finished school");
    }
    const struct ga_written fields[] = {{"site", rc == GA_OK ? class_of.site : ""}, {"class", text}};
    if (rc == GA_OK)
        rc = ga_entry_write_all(entry, fields, GA_COUNT(fields), err);
    ga_arena_finish(&arena);
    return rc;
}

static enum ga_rc fill(struct ga_entry *entry, const struct ga_duty *duty, const struct ga_due *due, const char *outcome,
                       struct ga_date until, const char *reason, struct ga_error *err)
{
    const struct ga_written fields[] = {
        {"duty", duty->name}, {"period", due->window.label}, {"outcome", outcome},
        {"until_on", ga_str_equal(outcome, GA_OUTCOME_POSTPONED) ? GA_DATE_ISO(until) : ""}, {"reason", reason}};
    enum ga_rc rc = ga_entry_write_all(entry, fields, GA_COUNT(fields), err);
    if (rc == GA_OK && due->child == 0)
        rc = ga_due_write_class(entry, due, err);
    return rc == GA_OK ? ga_entry_save(entry, NULL, err) : rc;
}

enum ga_rc ga_due_say_outcome(struct ga_session *session, const struct ga_due *due, const char *outcome,
                              struct ga_date until, const char *reason, struct ga_error *err)
{
    struct ga_care *care;
    struct ga_uuid child = {0};
    struct ga_entry *entry;
    enum ga_rc rc = check(session, due, outcome, until, reason, err);
    if (rc == GA_OK)
        rc = ga_session_care(session, NULL, &care, err);
    if (rc == GA_OK && due->child != 0)
        rc = ga_store_id_of(session->store, due->child, &child, err);
    if (rc == GA_OK)
        rc = ga_entry_new(session, due->child != 0 ? GA_DUTY_OUTCOME_FORM : GA_PLACE_OUTCOME_FORM, &child, &entry, err);
    if (rc != GA_OK)
        return rc;
    rc = fill(entry, ga_care_duties(care)->items[due->duty], due, outcome, until, reason, err);
    ga_entry_destroy(entry);
    return rc;
}

enum ga_rc ga_due_outcome_of(struct ga_session *session, const struct ga_due *due, struct ga_uuid *ret_id,
                             struct ga_error *err)
{
    if (due->outcome == 0)
        return ga_error_set(err, GA_NOT_FOUND, "nothing was said of this");
    return ga_store_id_of(session->store, due->outcome, ret_id, err);
}

static enum ga_rc remove_record(struct ga_session *session, const struct ga_uuid *id, struct ga_error *err)
{
    struct ga_save *save;
    const enum ga_rc rc = ga_save_begin(session->store, &save, err);
    return rc == GA_OK ? ga_app_end_save(save, ga_save_remove(save, id, err), err) : rc;
}

/* The rows that name other children; those of this one are taken out. */
static size_t drop_child(struct ga_entry *entry, const struct ga_field *repeat, int64_t child)
{
    const struct ga_rows *rows = &entry->now.repeats[repeat->index];
    size_t left = 0;
    for (size_t i = 0; i < rows->count; i++) {
        const struct ga_value *value = &rows->rows[i].answers[repeat->fields.items[0].index].value;
        struct ga_uuid file;
        int64_t no = 0;
        if (rows->rows[i].is_gone)
            continue;
        if (value->kind == GA_VALUE_TEXT && ga_uuid_parse(value->text, &file))
            ga_store_child_no(entry->session->store, &file, &no, NULL);
        if (no == child)
            ga_entry_drop_row(entry, &rows->rows[i]);
        else
            left++;
    }
    return left;
}

/* A reason after a pause stands for many children: of the others it stays. */
static enum ga_rc take_child_back(struct ga_session *session, const struct ga_uuid *id, int64_t child, struct ga_error *err)
{
    struct ga_entry *entry;
    enum ga_rc rc = ga_entry_open(session, id, &entry, err);
    if (rc != GA_OK)
        return rc;
    entry->mode = GA_CHECK_IMPORT;
    const struct ga_field *repeat = ga_form_field(entry->form, "children");
    const size_t left = repeat == NULL ? 0 : drop_child(entry, repeat, child);
    rc = left > 0 ? ga_entry_save(entry, NULL, err) : remove_record(session, id, err);
    ga_entry_destroy(entry);
    return rc;
}

enum ga_rc ga_due_take_back(struct ga_session *session, const struct ga_due *due, struct ga_error *err)
{
    struct ga_uuid id;
    const struct ga_form *form = NULL;
    enum ga_rc rc = ga_due_outcome_of(session, due, &id, err);
    if (rc == GA_OK)
        rc = ga_store_form_of(session->store, &id, &form, err);
    if (rc != GA_OK)
        return rc;
    return due->child != 0 && strcmp(form->name, GA_PAUSE_REASON_FORM) == 0 ? take_child_back(session, &id, due->child, err)
                                                                             : remove_record(session, &id, err);
}

struct reading {
    struct ga_session *session;
    const struct ga_form *form;
    enum ga_lang lang;
    struct ga_arena *arena;
    const struct ga_excuse *before; /* the one read last: of a pause many have one record */
};

/* What stands in a text, a person or a choice; "" for nothing. */
static const char *text_of(const struct reading *r, const struct ga_answers *answers, const char *name)
{
    const struct ga_field *field = ga_form_field(r->form, name);
    const struct ga_answer *answer = field == NULL ? NULL : ga_answers_at(answers, field);
    struct ga_str text = {0};
    if (answer != NULL && answer->state == GA_ANSWERED)
        ga_field_show(field, r->lang, &answer->value, &text);
    const char *copy = ga_arena_strdup(r->arena, ga_str_text(&text));
    ga_str_finish(&text);
    return copy;
}

/* Which class has it, where no child does. */
static const char *class_text(struct reading *r, const struct ga_due *due)
{
    struct ga_roster_class class_of;
    struct ga_class_name name = {0};
    char text[GA_CLASS_NAME_SIZE];
    ga_due_class_of(due, r->arena, &class_of);
    if (class_of.grade[0] == '\0')
        return class_of.site;
    ga_str_copy(name.grade, sizeof(name.grade), class_of.grade);
    ga_str_copy(name.number, sizeof(name.number), class_of.class_no);
    return ga_arena_strdup(r->arena, ga_class_name_text(&name, r->lang, text));
}

static enum ga_rc read_whose(struct reading *r, struct ga_excuse *excuse, struct ga_error *err)
{
    struct ga_roster_row child = {0};
    const enum ga_rc rc = excuse->due.child != 0
                              ? ga_roster_row_of(r->session->store, excuse->due.child, r->lang, r->arena, &child, err)
                              : GA_OK;
    if (rc == GA_OK)
        excuse->child = excuse->due.child != 0 ? child.name : class_text(r, &excuse->due);
    return rc;
}

static enum ga_rc read_record(struct reading *r, struct ga_excuse *excuse, struct ga_error *err)
{
    struct ga_answers answers;
    struct ga_made made;
    const char *user = ga_store_user(r->session->store);
    enum ga_rc rc = ga_due_outcome_of(r->session, &excuse->due, &excuse->id, err);
    if (rc == GA_OK)
        rc = ga_store_form_of(r->session->store, &excuse->id, &r->form, err);
    if (rc == GA_OK)
        rc = ga_store_read_made(r->session->store, r->form, &excuse->id, &answers, r->arena, &made, err);
    if (rc != GA_OK)
        return rc;
    excuse->outcome = text_of(r, &answers, "outcome");
    excuse->reason = text_of(r, &answers, "reason");
    excuse->said_by = text_of(r, &answers, "said_by");
    excuse->is_own = strcmp(excuse->said_by, user) == 0 || strcmp(made.user, user) == 0;
    ga_answers_finish(&answers);
    return GA_OK;
}

static enum ga_rc read_excuse(struct reading *r, struct ga_excuse *excuse, struct ga_error *err)
{
    const struct ga_due due = excuse->due;
    enum ga_rc rc = GA_OK;
    if (r->before != NULL && r->before->due.outcome == due.outcome)
        *excuse = *r->before;
    else
        rc = read_record(r, excuse, err);
    excuse->due = due;
    r->before = excuse;
    return rc == GA_OK ? read_whose(r, excuse, err) : rc;
}

static enum ga_rc read_waiting(struct reading *r, const struct ga_due *dues, size_t count, struct ga_excuse *excuses,
                               size_t *ret_count, struct ga_error *err)
{
    size_t waiting = 0;
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; i < count && rc == GA_OK; i++) {
        if (dues[i].is_confirmed || dues[i].outcome == 0)
            continue;
        excuses[waiting] = (struct ga_excuse){.due = dues[i]};
        rc = read_excuse(r, &excuses[waiting++], err);
    }
    if (rc == GA_OK)
        *ret_count = waiting;
    return rc;
}

enum ga_rc ga_excuses_waiting(struct ga_session *session, const struct ga_roster_class *class_of, struct ga_date month,
                              enum ga_lang lang, struct ga_arena *arena, struct ga_excuse **ret_excuses,
                              size_t *ret_count, struct ga_error *err)
{
    struct reading r = {.session = session, .lang = lang, .arena = arena};
    const struct ga_due_ask ask = {.site = class_of->site, .grade = class_of->grade, .class_no = class_of->class_no,
                                   .span = ga_days_of_month(month), .states = 1u << GA_DUE_EXCUSED};
    struct ga_care *care;
    struct ga_due *dues;
    size_t count;
    enum ga_rc rc = ga_session_care(session, NULL, &care, err);
    if (rc == GA_OK)
        rc = ga_due_list(care, &ask, arena, &dues, &count, err);
    if (rc != GA_OK)
        return rc;
    *ret_excuses = ga_arena_array(arena, count + 1, sizeof(**ret_excuses));
    return read_waiting(&r, dues, count, *ret_excuses, ret_count, err);
}

static enum ga_rc confirm_one(struct ga_session *session, struct ga_save *save, const struct ga_uuid *id, struct ga_error *err)
{
    const struct ga_written fields[] = {{"confirmed_on", GA_DATE_ISO(session->today)},
                                        {"confirmed_by", ga_store_user(session->store)}};
    return ga_written_change(session, save, id, fields, GA_COUNT(fields), err);
}

enum ga_rc ga_excuses_confirm_within(struct ga_session *session, struct ga_save *save, const struct ga_excuse *excuses,
                                     size_t count, size_t *ret_count, struct ga_error *err)
{
    struct ga_arena arena = {0};
    struct ga_map done = {0}; /* records: a reason after a pause stands for many */
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; i < count && rc == GA_OK; i++) {
        const char *record = ga_arena_strdup(&arena, GA_NUM(excuses[i].due.outcome));
        if (excuses[i].is_own)
            continue;
        if (ga_map_get(&done, record) == NULL)
            rc = confirm_one(session, save, &excuses[i].id, err);
        ga_map_put(&done, record, &done);
        ++*ret_count;
    }
    ga_map_finish(&done);
    ga_arena_finish(&arena);
    return rc;
}

enum ga_rc ga_excuses_confirm(struct ga_session *session, const struct ga_excuse *excuses, size_t count,
                              size_t *ret_count, struct ga_error *err)
{
    struct ga_save *save;
    size_t confirmed = 0;
    enum ga_rc rc = ga_save_begin(session->store, &save, err);
    if (rc != GA_OK)
        return rc;
    rc = ga_excuses_confirm_within(session, save, excuses, count, &confirmed, err);
    rc = ga_app_end_save(save, rc, err);
    if (rc == GA_OK)
        *ret_count = confirmed;
    return rc;
}
