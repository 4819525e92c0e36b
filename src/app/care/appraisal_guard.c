/* Refuses an appraisal of one's own work, whichever way it is saved. */
#include "guanai/app/appraisal.h"

#include "guanai/app/entry.h"
#include "guanai/form/type.h"
#include "guanai/store/touched.h"
#include "guanai/text/class_name.h"
#include "private.h"

#include <string.h>

/* What is to be saved; `before` NULL: a new record. */
struct saved {
    struct ga_session *session;
    const struct ga_answers *now, *before;
};

static const struct ga_answer *answer_of(const struct ga_answers *answers, const char *name)
{
    const struct ga_field *field = ga_form_field(answers->form, name);
    return field != NULL && field->parent == NULL ? ga_answers_at(answers, field) : NULL;
}

/* "" where nothing stands there. */
static const char *text_of(const struct saved *saved, const char *name)
{
    const struct ga_answer *answer = answer_of(saved->now, name);
    return answer != NULL && answer->state == GA_ANSWERED && answer->value.kind == GA_VALUE_TEXT ? answer->value.text : "";
}

/* A rating or a word of judgement that is new, or is of somebody else now. Figures alone are the program's. */
static bool rates(const struct saved *saved)
{
    static const char *const fields[] = {"about", "site", "term", "rating", "remarks"};
    bool is_changed = saved->before == NULL;
    for (size_t i = 0; !is_changed && i < sizeof(fields) / sizeof(fields[0]); i++) {
        const struct ga_answer *now = answer_of(saved->now, fields[i]), *before = answer_of(saved->before, fields[i]);
        is_changed = now != NULL && before != NULL && !ga_answer_equal(now, before);
    }
    return is_changed && (text_of(saved, "rating")[0] != '\0' || text_of(saved, "remarks")[0] != '\0');
}

/* As the record names a class: however a hand wrote it. false: it is none. */
static bool class_named(const char *about, struct ga_date day, char buf[GA_CLASS_NAME_SIZE])
{
    struct ga_class_name name = {0};
    if (ga_class_name_parse(about, ga_class_name_school_year(day), &name, NULL, NULL) != GA_OK)
        return false;
    ga_class_name_text(&name, GA_ZH, buf);
    return true;
}

/* The classes of a term with something of the user's in them, counted once for all rows of a file. */
static const struct ga_own_classes *own_classes(struct ga_session *session, const char *term)
{
    struct ga_own_classes *own = &session->memory->own_classes;
    const char *user = ga_store_user(session->store);
    const int64_t op = ga_store_last_op(session->store);
    if (own->term != NULL && own->op == op && strcmp(own->term, term) == 0 && strcmp(own->user, user) == 0)
        return own;
    ga_arena_reset(&own->arena);
    *own = (struct ga_own_classes){.arena = own->arena, .op = op};
    own->user = ga_arena_strdup(&own->arena, user);
    if (ga_appraisals_read(session, term, GA_APPRAISAL_CLASS, GA_ZH, &own->arena, &own->rows, &own->count, NULL) != GA_OK)
        return NULL;
    own->term = ga_arena_strdup(&own->arena, term);
    return own;
}

/* Something of the class was to be done by who is at the keys. A term the calendar does not have counts nothing. */
static bool is_of_own_class(const struct saved *saved)
{
    const char *site = text_of(saved, "site");
    struct ga_days days;
    char term[16], about[GA_CLASS_NAME_SIZE];
    bool is_own = false;
    if (ga_appraisal_term(saved->session, text_of(saved, "term"), term, &days, NULL) != GA_OK ||
        !class_named(text_of(saved, "about"), days.to, about))
        return false;
    const struct ga_own_classes *own = own_classes(saved->session, term);
    for (size_t i = 0; own != NULL && i < own->count; i++)
        is_own |= own->rows[i].is_own && strcmp(own->rows[i].about, about) == 0 && (site[0] == '\0' || strcmp(own->rows[i].site, site) == 0);
    return is_own;
}

enum ga_rc ga_appraisal_refuse(struct ga_session *session, const char *shown, bool is_own, struct ga_error *err)
{
    const char *user = ga_store_user(session->store);
    if (ga_session_is_for_other(session))
        return ga_error_set(err, GA_DENIED, "nobody rates in somebody else's name: end typing for %1 first (F12)", user);
    if (is_own)
        return ga_error_set(err, GA_DENIED, "nobody rates own work: in %1 something is yours (%2); somebody who took no part rates it",
                            shown, user);
    return GA_OK;
}

static enum ga_rc guard(const struct saved *saved, struct ga_error *err)
{
    if (strcmp(saved->now->form->name, GA_APPRAISAL_FORM) != 0 || !rates(saved))
        return GA_OK;
    const char *about = text_of(saved, "about");
    const bool is_own = strcmp(about, ga_store_user(saved->session->store)) == 0 || is_of_own_class(saved);
    return ga_appraisal_refuse(saved->session, about, is_own, err);
}

enum ga_rc ga_appraisal_guard(const struct ga_entry *entry, struct ga_error *err)
{
    return guard(&(const struct saved){entry->session, &entry->now, &entry->before}, err);
}

enum ga_rc ga_appraisal_guard_row(void *session, const struct ga_answers *now, const struct ga_answers *before, struct ga_error *err)
{
    return guard(&(const struct saved){session, now, before}, err);
}
