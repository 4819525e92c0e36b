/* Says what a guest gets as people call it. */
#include "guanai/base/alloc.h"
#include "guanai/store/roster.h"
#include "sync/guest_inner.h"

#include <string.h>

/* ---- of a guest ---- */

enum ga_rc ga_guest_own(struct ga_session *session, struct ga_arena *arena, struct ga_guest *ret_guest, bool *ret_has,
                        struct ga_error *err)
{
    struct ga_vec guests, sites;
    *ret_has = false;
    if (!ga_guest_is_here(session))
        return GA_OK;
    ga_vec_init(&guests, sizeof(struct ga_guest));
    ga_vec_init(&sites, sizeof(struct ga_peer));
    enum ga_rc rc = ga_guests_read(session, arena, &guests, err);
    if (rc == GA_OK)
        rc = ga_store_sites(session->store, &sites, err);
    const struct ga_guest *own = rc == GA_OK ? ga_guest_of(&guests, &sites, ga_store_own_site(session->store)) : NULL;
    *ret_has = own != NULL;
    if (own != NULL)
        *ret_guest = *own;
    ga_vec_finish(&guests);
    ga_vec_finish(&sites);
    return rc;
}

/* The one whose digits were compared here; a computer that joined here is none at a guest. */
const char *ga_guest_host_label(struct ga_session *session, struct ga_arena *arena)
{
    struct ga_vec sites;
    const char *label = "";
    ga_vec_init(&sites, sizeof(struct ga_peer));
    if (ga_guest_is_here(session) && ga_store_sites(session->store, &sites, NULL) == GA_OK)
        for (size_t i = 0; i < sites.len; i++) {
            const struct ga_peer *site = ga_vec_at(&sites, i);
            if (site->by == GA_SITE_TRUSTED && !site->is_own)
                label = ga_arena_strdup(arena, site->label);
        }
    ga_vec_finish(&sites);
    return label;
}

int32_t ga_guest_heard_day(struct ga_session *session, const struct ga_guest *guest)
{
    struct ga_vec sites;
    ga_vec_init(&sites, sizeof(struct ga_peer));
    const struct ga_peer *peer = ga_store_sites(session->store, &sites, NULL) == GA_OK ? ga_guest_peer(&sites, guest) : NULL;
    const int32_t day = peer == NULL ? 0 : peer->heard_day;
    ga_vec_finish(&sites);
    return day;
}

/* ---- its scope ---- */

static const char *site_words(const struct ga_session *session, const char *code, enum ga_lang lang)
{
    for (size_t i = 0; i < session->config.sites_count; i++)
        if (strcmp(session->config.sites[i].code, code) == 0)
            return ga_label_text(&session->config.sites[i].label, lang);
    return code;
}

/* Beside its classes the site itself is told apart. */
static const char *whole_site(const struct ga_session *session, const char *code, enum ga_lang lang, struct ga_arena *arena)
{
    struct ga_message message;
    char text[GA_MESSAGE_BYTES];
    ga_message_set(&message, "%1 (the whole site)", site_words(session, code, lang));
    return ga_arena_strdup(arena, ga_message_text(&message, lang, text, sizeof(text)));
}

/* What the class of then is called this school year. false: it has left its stage. */
static bool name_now(const struct ga_scope *scope, int school_year, struct ga_class_name *ret_name)
{
    struct ga_class_name name = {.grade = ""};
    bool ends_stage = false;
    ga_str_copy(name.grade, sizeof(name.grade), scope->grade);
    ga_str_copy(name.number, sizeof(name.number), scope->class_no);
    for (int year = scope->school_year; year < school_year; year++)
        if (!ga_class_name_next_grade(name.grade, name.grade, &ends_stage) || ends_stage)
            return false;
    *ret_name = name;
    return true;
}

const char *ga_guest_scope_words(struct ga_session *session, const struct ga_guest *guest, enum ga_lang lang, struct ga_arena *arena)
{
    const struct ga_scope *scope = &guest->scope;
    struct ga_class_name name;
    char text[GA_CLASS_NAME_SIZE];
    if (scope->kind == GA_SCOPE_NAMELESS)
        return ga_tr(lang, "everything without names");
    if (scope->kind == GA_SCOPE_SITE)
        return whole_site(session, scope->site, lang, arena);
    if (!name_now(scope, ga_class_name_school_year(session->today), &name))
        return guest->scope_text;
    ga_class_name_text(&name, lang, text);
    return scope->site[0] == '\0' || session->config.sites_count < 2
               ? ga_arena_strdup(arena, text)
               : ga_arena_printf(arena, "%s %s", site_words(session, scope->site, lang), text);
}

/* ---- what can be chosen ---- */

/* 2024级2班 stays what it is when the class goes up; where that is read as another stage's, or as none, as it is called now. */
static const char *class_words(const struct ga_roster_class *class, int school_year, struct ga_arena *arena)
{
    const int entered = ga_class_name_entry_year(class->grade, school_year);
    const char *cohort = ga_arena_printf(arena, "%d级%s班", entered, class->class_no);
    struct ga_class_name read;
    if (entered > 0 && ga_class_name_parse(cohort, school_year, &read, NULL, NULL) == GA_OK && strcmp(read.grade, class->grade) == 0 &&
        strcmp(read.number, class->class_no) == 0)
        return cohort;
    struct ga_class_name name = {.grade = ""};
    char text[GA_CLASS_NAME_SIZE];
    ga_str_copy(name.grade, sizeof(name.grade), class->grade);
    ga_str_copy(name.number, sizeof(name.number), class->class_no);
    return ga_arena_strdup(arena, ga_class_name_text(&name, GA_ZH, text));
}

static enum ga_rc add_classes(struct ga_session *session, enum ga_lang lang, struct ga_arena *arena, struct ga_vec *choices,
                              struct ga_error *err)
{
    const int school_year = ga_class_name_school_year(session->today);
    const bool has_sites = session->config.sites_count > 1;
    struct ga_roster_class *classes = NULL;
    size_t count = 0;
    const enum ga_rc rc = ga_store_classes(session->store, lang, arena, &classes, &count, err);
    for (size_t i = 0; rc == GA_OK && i < count; i++) {
        const struct ga_roster_class *class = &classes[i];
        if (class->grade[0] == '\0' || class->class_no[0] == '\0')
            continue;
        const char *words = class_words(class, school_year, arena);
        struct ga_guest_choice *choice = ga_vec_push(choices);
        choice->scope = class->site[0] == '\0' ? ga_arena_printf(arena, "class:%s", words)
                                               : ga_arena_printf(arena, "class:%s:%s", class->site, words);
        choice->words = has_sites && class->site[0] != '\0'
                            ? ga_arena_printf(arena, "%s %s", site_words(session, class->site, lang), class->shown)
                            : class->shown;
    }
    return rc;
}

enum ga_rc ga_guest_choices(struct ga_session *session, enum ga_lang lang, struct ga_arena *arena, struct ga_vec *ret_choices,
                            struct ga_error *err)
{
    const enum ga_rc rc = add_classes(session, lang, arena, ret_choices, err);
    for (size_t i = 0; rc == GA_OK && session->config.sites_count > 1 && i < session->config.sites_count; i++) {
        const struct ga_site *site = &session->config.sites[i];
        *(struct ga_guest_choice *)ga_vec_push(ret_choices) =
            (struct ga_guest_choice){ga_arena_printf(arena, "site:%s", site->code), whole_site(session, site->code, lang, arena)};
    }
    return rc;
}
