/* Tells what was typed in of the sites without a computer. */
#include "guanai/app/sync_paper.h"

#include "guanai/base/alloc.h"
#include "guanai/base/str.h"
#include "guanai/sql/stmt.h"
#include "guanai/store/roster.h"
#include "guanai/store/view.h"

#include <string.h>

struct papers {
    struct ga_session *session;
    struct ga_vec *found;
    struct ga_vec codes; /* const char *: of their sites */
};

static struct ga_sync_paper *paper_of(const struct papers *p, const char *code)
{
    for (size_t i = 0; code != NULL && i < p->codes.len; i++)
        if (strcmp(*GA_VEC_AT(const char *, &p->codes, i), code) == 0)
            return ga_vec_at(p->found, i);
    return NULL;
}

static void list_sites(struct papers *p, struct ga_arena *arena)
{
    const struct ga_config *config = &p->session->config;
    for (size_t i = 0; i < config->sites_count; i++) {
        const struct ga_site *site = &config->sites[i];
        if (!site->is_paper)
            continue;
        *(const char **)ga_vec_push(&p->codes) = site->code;
        *(struct ga_sync_paper *)ga_vec_push(p->found) =
            (struct ga_sync_paper){.label = ga_arena_strdup(arena, ga_label_text(&site->label, p->session->lang)),
                                   .school = site->school == NULL ? "" : ga_arena_strdup(arena, site->school)};
    }
}

static enum ga_rc count_children(struct papers *p, struct ga_error *err)
{
    struct ga_arena arena = {0};
    struct ga_roster_class *classes;
    size_t count = 0;
    const enum ga_rc rc = ga_store_classes(p->session->store, p->session->lang, &arena, &classes, &count, err);
    for (size_t i = 0; rc == GA_OK && i < count; i++) {
        struct ga_sync_paper *paper = paper_of(p, classes[i].site);
        if (paper != NULL)
            paper->children += classes[i].children;
    }
    ga_arena_finish(&arena);
    return rc;
}

static void take_day(const struct papers *p, struct ga_stmt *stmt)
{
    struct ga_sync_paper *paper = paper_of(p, ga_stmt_column_text(stmt, 0));
    const char *text = ga_stmt_column_text(stmt, 1);
    struct ga_date day;
    if (paper != NULL && text != NULL && ga_date_from_iso(text, &day) && ga_date_to_days(day) > paper->typed_day)
        paper->typed_day = ga_date_to_days(day);
}

static enum ga_rc look_at_form(struct papers *p, const struct ga_form *form, struct ga_error *err)
{
    struct ga_str sql = {0};
    struct ga_stmt *stmt;
    char view[140];
    bool has_row = false;
    enum ga_rc rc = ga_store_view(p->session->store, form, view, err);
    ga_str_addf(&sql, "SELECT c.site, max(t.entered_on) FROM %s AS t JOIN v_child AS c ON c.no = t._child GROUP BY c.site", view);
    if (rc == GA_OK)
        rc = ga_stmt_prepare(ga_store_db(p->session->store), ga_str_text(&sql), &stmt, err);
    ga_str_finish(&sql);
    if (rc != GA_OK)
        return rc;
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        take_day(p, stmt);
    ga_stmt_destroy(stmt);
    return rc;
}

static enum ga_rc find_days(struct papers *p, struct ga_error *err)
{
    struct ga_forms *forms = p->session->forms;
    const struct ga_form *child = ga_forms_get(forms, "child", err);
    enum ga_rc rc = child == NULL ? GA_NOT_FOUND : ga_store_view(p->session->store, child, NULL, err);
    for (size_t i = 0; rc == GA_OK && i < forms->names_count; i++) {
        const struct ga_form *form = ga_forms_get(forms, forms->names[i], err);
        if (form == NULL)
            return GA_DAMAGED;
        if (ga_str_equal(form->of.text, "child"))
            rc = look_at_form(p, form, err);
    }
    return rc;
}

enum ga_rc ga_sync_papers(struct ga_session *session, bool with_days, struct ga_arena *arena, struct ga_vec *ret_papers,
                          struct ga_error *err)
{
    struct papers p = {.session = session, .found = ret_papers};
    enum ga_rc rc = GA_OK;
    ga_vec_init(&p.codes, sizeof(const char *));
    list_sites(&p, arena);
    if (p.codes.len > 0)
        rc = count_children(&p, err);
    if (rc == GA_OK && with_days && p.codes.len > 0)
        rc = find_days(&p, err);
    ga_vec_finish(&p.codes);
    return rc;
}
