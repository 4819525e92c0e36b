/* Writes down why something was not done. */
#include "guanai/app/excuse.h"

#include "guanai/app/care.h"
#include "guanai/form/type.h"
#include "guanai/store/number.h"
#include "guanai/store/record.h"
#include "guanai/store/save.h"
#include "guanai/store/undo.h"
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
    return due->child != 0 && (states >> due->state & 1) && !is_over(session, due);
}

static enum ga_rc check(const struct ga_session *session, const struct ga_due *due, const char *outcome,
                        struct ga_date until, const char *reason, struct ga_error *err)
{
    const bool is_postponed = ga_str_equal(outcome, GA_OUTCOME_POSTPONED);
    if (due->child == 0)
        return ga_error_set(err, GA_REFUSED, "this is not owed to one child: write the reason into its record instead");
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

static enum ga_rc set(struct ga_entry *entry, const char *field, const char *text, struct ga_error *err)
{
    const struct ga_field *of = ga_form_field(entry->form, field);
    if (of == NULL)
        return ga_error_set(err, GA_REFUSED, "form %1 has no field %2", entry->form->name, field);
    return text[0] == '\0' ? GA_OK : ga_entry_set(entry, of, NULL, text, NULL, err);
}

static enum ga_rc fill(struct ga_entry *entry, const struct ga_duty *duty, const struct ga_due *due, const char *outcome,
                       struct ga_date until, const char *reason, struct ga_error *err)
{
    const bool is_postponed = ga_str_equal(outcome, GA_OUTCOME_POSTPONED);
    entry->mode = GA_CHECK_IMPORT; /* written by the program: nobody is there to be warned */
    enum ga_rc rc = set(entry, "duty", duty->name, err);
    if (rc == GA_OK)
        rc = set(entry, "period", due->window.label, err);
    if (rc == GA_OK)
        rc = set(entry, "outcome", outcome, err);
    if (rc == GA_OK && is_postponed)
        rc = set(entry, "until_on", GA_DATE_ISO(until), err);
    if (rc == GA_OK)
        rc = set(entry, "reason", reason, err);
    return rc == GA_OK ? ga_entry_save(entry, NULL, err) : rc;
}

enum ga_rc ga_due_say_outcome(struct ga_session *session, const struct ga_due *due, const char *outcome,
                              struct ga_date until, const char *reason, struct ga_error *err)
{
    struct ga_care *care;
    struct ga_uuid child;
    struct ga_entry *entry;
    enum ga_rc rc = check(session, due, outcome, until, reason, err);
    if (rc == GA_OK)
        rc = ga_session_care(session, NULL, &care, err);
    if (rc == GA_OK)
        rc = ga_store_id_of(session->store, due->child, &child, err);
    if (rc == GA_OK)
        rc = ga_entry_new(session, GA_DUTY_OUTCOME_FORM, &child, &entry, err);
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

enum ga_rc ga_due_take_back(struct ga_session *session, const struct ga_due *due, struct ga_error *err)
{
    struct ga_uuid id;
    struct ga_save *save;
    enum ga_rc rc = ga_due_outcome_of(session, due, &id, err);
    if (rc == GA_OK)
        rc = ga_save_begin(session->store, &save, err);
    if (rc != GA_OK)
        return rc;
    rc = ga_save_remove(save, &id, err);
    if (rc == GA_OK)
        return ga_save_commit(save, err);
    ga_save_abandon(save);
    return rc;
}

struct reading {
    struct ga_session *session;
    const struct ga_form *form;
    enum ga_lang lang;
    struct ga_arena *arena;
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

static enum ga_rc read_excuse(struct reading *r, struct ga_excuse *excuse, struct ga_error *err)
{
    struct ga_answers answers;
    struct ga_made made;
    struct ga_roster_row child;
    const char *user = ga_store_user(r->session->store);
    enum ga_rc rc = ga_due_outcome_of(r->session, &excuse->due, &excuse->id, err);
    if (rc == GA_OK)
        rc = ga_roster_row_of(r->session->store, excuse->due.child, r->lang, r->arena, &child, err);
    if (rc == GA_OK)
        rc = ga_store_read_made(r->session->store, r->form, &excuse->id, &answers, r->arena, &made, err);
    if (rc != GA_OK)
        return rc;
    excuse->child = child.name;
    excuse->outcome = text_of(r, &answers, "outcome");
    excuse->reason = text_of(r, &answers, "reason");
    excuse->said_by = text_of(r, &answers, "said_by");
    excuse->is_own = strcmp(excuse->said_by, user) == 0 || strcmp(made.user, user) == 0;
    ga_answers_finish(&answers);
    return GA_OK;
}

static enum ga_rc read_waiting(struct reading *r, const struct ga_due *dues, size_t count, struct ga_excuse *excuses,
                               size_t *ret_count, struct ga_error *err)
{
    size_t waiting = 0;
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; i < count && rc == GA_OK; i++) {
        if (dues[i].child == 0 || dues[i].is_confirmed)
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
    struct reading r = {.session = session, .lang = lang, .arena = arena,
                        .form = ga_forms_get(session->forms, GA_DUTY_OUTCOME_FORM, err)};
    const struct ga_due_ask ask = {.site = class_of->site, .grade = class_of->grade, .class_no = class_of->class_no,
                                   .span = ga_days_of_month(month), .states = 1u << GA_DUE_EXCUSED};
    struct ga_care *care;
    struct ga_due *dues;
    size_t count;
    if (r.form == NULL)
        return GA_NOT_FOUND;
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
    struct ga_entry *entry;
    bool is_changed;
    enum ga_rc rc = ga_entry_open(session, id, &entry, err);
    if (rc != GA_OK)
        return rc;
    rc = set(entry, "confirmed_on", GA_DATE_ISO(session->today), err);
    if (rc == GA_OK)
        rc = set(entry, "confirmed_by", ga_store_user(session->store), err);
    const struct ga_save_record record = {.after = &entry->now, .before = &entry->before, .heads = entry->heads};
    if (rc == GA_OK)
        rc = ga_save_put(save, &record, &is_changed, err);
    ga_entry_destroy(entry);
    return rc;
}

enum ga_rc ga_excuses_confirm(struct ga_session *session, const struct ga_excuse *excuses, size_t count,
                              size_t *ret_count, struct ga_error *err)
{
    struct ga_save *save = NULL;
    size_t confirmed = 0;
    enum ga_rc rc = ga_save_begin(session->store, &save, err);
    for (size_t i = 0; i < count && rc == GA_OK; i++) {
        if (excuses[i].is_own)
            continue;
        rc = confirm_one(session, save, &excuses[i].id, err);
        confirmed++;
    }
    if (rc == GA_OK)
        rc = ga_save_commit(save, err);
    else
        ga_save_abandon(save);
    if (rc == GA_OK)
        *ret_count = confirmed;
    return rc;
}
