/* Names at a county the places of its schools. */
#include "guanai/app/county.h"

#include "guanai/app/own_files.h"
#include "guanai/base/alloc.h"
#include "guanai/config/calendar_text.h"
#include "guanai/store/roster.h"
#include "guanai/store/school.h"
#include "private.h"

#include <stdlib.h>
#include <string.h>

struct naming {
    struct ga_session *session;
    struct ga_arena scratch;
    struct ga_vec sites;     /* struct ga_site */
    struct ga_vec schools;   /* struct ga_school, by label */
    struct ga_vec files;     /* struct ga_shared */
    struct ga_roster_class *classes;
    size_t classes_count;
};

static const char *keep(struct naming *n, const char *text)
{
    return ga_arena_strdup(&n->session->arena, text);
}

static const char *place_of(struct naming *n, const struct ga_school *school, const char *code)
{
    struct ga_str place = {0};
    ga_school_place(school->code, code, &place);
    const char *kept = keep(n, ga_str_text(&place));
    ga_str_finish(&place);
    return kept;
}

static bool is_named(const struct naming *n, const char *place)
{
    for (size_t i = 0; i < n->sites.len; i++)
        if (strcmp(GA_VEC_AT(const struct ga_site, &n->sites, i)->code, place) == 0)
            return true;
    return false;
}

static const char *beside(struct naming *n, const char *school, const char *label)
{
    return label == NULL ? NULL : ga_arena_printf(&n->session->arena, "%s %s", school, label);
}

/* A school of one place is called by its name alone; that name stands for the first of several, too. */
static void add_place(struct naming *n, const struct ga_school *school, const struct ga_site *site, bool is_only, bool is_main)
{
    const char *name = keep(n, school->label), *place = place_of(n, school, site->code);
    struct ga_site *added = ga_vec_push(&n->sites);
    *added = (struct ga_site){.code = place, .school = name, .label = {.zh = name}, .is_paper = site->is_paper,
                              .is_without_room = site->is_without_room};
    if (is_only)
        return;
    added->label.zh = beside(n, name, site->label.zh);
    added->label.en = beside(n, name, site->label.en);
    if (is_main) {
        added->aka = ga_arena_array(&n->session->arena, 1, sizeof(*added->aka));
        added->aka[added->aka_count++] = name;
    }
}

/* ---- what the schools say of themselves ---- */

/* The newest that its computers handed on; NULL: none did. */
static const struct ga_shared_text *calendar_of(const struct naming *n, const struct ga_school *school)
{
    const struct ga_shared_text *newest = NULL;
    for (size_t i = 0; i < n->files.len; i++) {
        const struct ga_shared *file = ga_vec_at(&n->files, i);
        for (size_t k = 0; strcmp(file->name, GA_OWN_CALENDAR) == 0 && k < file->texts_count; k++)
            if (file->texts[k].text != NULL && strcmp(file->texts[k].school, school->code) == 0 &&
                (newest == NULL || file->texts[k].local_day > newest->local_day))
                newest = &file->texts[k];
    }
    return newest;
}

static void add_calendar(struct naming *n, const struct ga_school *school)
{
    const struct ga_shared_text *calendar = calendar_of(n, school);
    struct ga_problems problems;
    struct ga_config config;
    if (calendar == NULL)
        return;
    ga_problems_init(&problems);
    if (ga_calendar_read(GA_OWN_CALENDAR, calendar->text, calendar->len, &n->scratch, &problems, &config, NULL) == GA_OK)
        for (size_t i = 0; i < config.sites_count; i++)
            add_place(n, school, &config.sites[i], config.sites_count == 1, i == 0);
    ga_problems_finish(&problems);
}

/* ---- what stands in the files of their children ---- */

static bool is_other_place(const struct naming *n, const struct ga_school *school, size_t at)
{
    const char *place = n->classes[at].site;
    return ga_school_has_place(school->code, place) && !is_named(n, place) &&
           (at == 0 || strcmp(n->classes[at - 1].site, place) != 0);
}

static void add_from_classes(struct naming *n, const struct ga_school *school)
{
    const size_t before = n->sites.len;
    size_t others = 0;
    for (size_t i = 0; i < n->classes_count; i++)
        others += is_other_place(n, school, i);
    const bool has_calendar = before > 0 && ga_str_equal(GA_VEC_AT(const struct ga_site, &n->sites, before - 1)->school, school->label);
    for (size_t i = 0; i < n->classes_count; i++) {
        if (!is_other_place(n, school, i))
            continue;
        const char *code = n->classes[i].site + strlen(school->code);
        code += *code == '_';
        struct ga_site site = {.code = code, .label = {.zh = code}};
        if (code[0] == '\0') /* what names no place of its school */
            site.label = (struct ga_label){.zh = ga_tr(GA_ZH, "(no site)"), .en = "(no site)"};
        add_place(n, school, &site, others == 1 && !has_calendar, !has_calendar && n->sites.len == before);
    }
}

/* ---- all of them ---- */

static int by_label(const void *a, const void *b)
{
    const struct ga_school *x = a, *y = b;
    const int order = strcmp(x->label, y->label);
    return order != 0 ? order : ga_uuid_compare(&x->site, &y->site);
}

/* Places are told apart by their names in the history: two schools of one name have a number behind it. */
static void number_namesakes(struct ga_vec *schools)
{
    size_t same = 1;
    for (size_t i = 1; i < schools->len; i++) {
        const struct ga_school *before = ga_vec_at(schools, i - 1);
        struct ga_school *school = ga_vec_at(schools, i);
        const size_t len = strlen(school->label);
        const bool is_namesake = strncmp(before->label, school->label, len) == 0 && (before->label[len] == '\0' || (same > 1 && before->label[len] == ' '));
        same = is_namesake ? same + 1 : 1;
        if (same < 2)
            continue;
        struct ga_str label = {0};
        ga_str_addf(&label, "%s (%zu)", school->label, same);
        ga_str_copy(school->label, sizeof(school->label), ga_str_text(&label));
        ga_str_finish(&label);
    }
}

enum ga_rc ga_county_named_schools(struct ga_session *session, struct ga_vec *ret_schools, struct ga_error *err)
{
    const enum ga_rc rc = ga_store_schools(session->store, ret_schools, err);
    if (ret_schools->len > 1)
        qsort(ret_schools->items, ret_schools->len, ret_schools->item_bytes, by_label);
    number_namesakes(ret_schools);
    return rc;
}

static void keep_own(struct naming *n)
{
    const struct ga_config *config = &n->session->config;
    for (size_t i = 0; i < config->sites_count; i++)
        if (config->sites[i].school == NULL)
            *(struct ga_site *)ga_vec_push(&n->sites) = config->sites[i];
}

static enum ga_rc gather(struct naming *n, struct ga_error *err)
{
    enum ga_rc rc = ga_county_named_schools(n->session, &n->schools, err);
    if (rc == GA_OK)
        rc = ga_shared_list(n->session->store, &n->scratch, &n->files, err);
    if (rc == GA_OK)
        rc = ga_store_classes(n->session->store, GA_ZH, &n->scratch, &n->classes, &n->classes_count, err);
    return rc;
}

static void put_in_force(struct naming *n)
{
    struct ga_config *config = &n->session->config;
    config->sites_count = n->sites.len;
    config->sites = ga_arena_array(&n->session->arena, n->sites.len, sizeof(*config->sites));
    memcpy(config->sites, n->sites.items, n->sites.len * sizeof(*config->sites));
    ga_forms_add_sites(n->session->forms, config);
}

enum ga_rc ga_county_name_places(struct ga_session *session, struct ga_error *err)
{
    struct naming n = {.session = session};
    if (!ga_store_has_schools(session->store) || session->forms->names_count == 0)
        return GA_OK;
    ga_vec_init(&n.sites, sizeof(struct ga_site));
    ga_vec_init(&n.schools, sizeof(struct ga_school));
    ga_vec_init(&n.files, sizeof(struct ga_shared));
    const enum ga_rc rc = gather(&n, err);
    keep_own(&n);
    for (size_t i = 0; rc == GA_OK && i < n.schools.len; i++) {
        add_calendar(&n, ga_vec_at(&n.schools, i));
        add_from_classes(&n, ga_vec_at(&n.schools, i));
    }
    if (rc == GA_OK)
        put_in_force(&n);
    ga_vec_finish(&n.files);
    ga_vec_finish(&n.schools);
    ga_vec_finish(&n.sites);
    ga_arena_finish(&n.scratch);
    return rc;
}

/* ---- asking ---- */

const char *ga_county_school_name(const struct ga_session *session, const char *place)
{
    const struct ga_config *config = &session->config;
    char code[GA_SCHOOL_CODE_SIZE];
    if (!ga_school_of_place(place, code))
        return "";
    for (size_t i = 0; i < config->sites_count; i++)
        if (config->sites[i].school != NULL && ga_school_has_place(code, config->sites[i].code))
            return config->sites[i].school;
    return "";
}

enum ga_rc ga_county_find_school(struct ga_session *session, const char *name, char ret_code[GA_SCHOOL_CODE_SIZE], struct ga_error *err)
{
    struct ga_vec schools;
    ga_vec_init(&schools, sizeof(struct ga_school));
    enum ga_rc rc = ga_county_named_schools(session, &schools, err);
    ret_code[0] = '\0';
    for (size_t i = 0; rc == GA_OK && i < schools.len; i++) {
        const struct ga_school *school = ga_vec_at(&schools, i);
        if (strcmp(school->label, name) == 0 || strcmp(school->code, name) == 0)
            ga_str_copy(ret_code, GA_SCHOOL_CODE_SIZE, school->code);
    }
    if (rc == GA_OK && ret_code[0] == '\0')
        rc = ga_error_set(err, GA_NOT_FOUND, "there is no school '%1' here: guanai sync status names those the county collects", name);
    ga_vec_finish(&schools);
    return rc;
}
