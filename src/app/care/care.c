/* Opens what is owed for a session. */
#include "guanai/app/care.h"

#include "guanai/app/figures.h"
#include "guanai/base/let_go.h"
#include "guanai/care/give_way.h"
#include "guanai/care/whose.h"
#include "private.h"

#include <string.h>

static enum ga_rc make(struct ga_session *session, struct ga_problems *problems, struct ga_error *err)
{
    struct ga_figures *figures;
    ga_memory_let_go(); /* what the start ran; this runs other things */
    enum ga_rc rc = ga_session_figures(session, problems, &figures, err);
    if (rc != GA_OK)
        return rc;
    const struct ga_care_options options = {
        .store = session->store,
        .figures = figures,
        .config = &session->config,
    };
    rc = ga_care_create(&options, &session->memory->care, err);
    if (rc == GA_OK)
        rc = ga_care_load(session->memory->care, problems, err);
    ga_memory_let_go();
    return rc;
}

enum ga_rc ga_session_care(struct ga_session *session, struct ga_problems *problems, struct ga_care **ret_care,
                           struct ga_error *err)
{
    struct ga_problems unsaid;
    enum ga_rc rc = GA_OK;
    ga_problems_init(&unsaid);
    if (session->memory->care == NULL)
        rc = make(session, problems != NULL ? problems : &unsaid, err);
    ga_problems_finish(&unsaid);
    if (rc == GA_OK)
        *ret_care = session->memory->care;
    return rc;
}

struct ga_care *ga_session_open_care(const struct ga_session *session)
{
    return session->memory->care;
}

void ga_session_forget_care(struct ga_session *session)
{
    ga_care_destroy(session->memory->care);
    ga_figures_destroy(session->memory->figures);
    session->memory->care = NULL;
    session->memory->figures = NULL;
}

static uint64_t brief_key(struct ga_session *session)
{
    return ga_brief_key(session->store, &session->config, &session->forms_folders, session->options->io);
}

enum ga_rc ga_session_brief(struct ga_session *session, const char *user, struct ga_arena *arena,
                            struct ga_brief *ret_brief, bool *ret_is_known, struct ga_error *err)
{
    const uint64_t key = brief_key(session);
    enum ga_rc rc = ga_brief_read(session->store, user, key, arena, ret_brief, ret_is_known, err);
    if (rc != GA_OK || *ret_is_known || session->memory->care == NULL || ga_care_is_put_off(session->memory->care))
        return rc;
    rc = ga_brief_make(session->memory->care, user, key, arena, ret_brief, err);
    *ret_is_known = rc == GA_OK;
    return rc;
}

enum ga_rc ga_session_brief_make(struct ga_session *session, const char *user, struct ga_problems *problems,
                                 struct ga_error *err)
{
    struct ga_arena arena = {0};
    struct ga_brief brief;
    struct ga_care *care;
    enum ga_rc rc = ga_session_care(session, problems, &care, err);
    if (rc == GA_OK)
        rc = ga_brief_make(care, user, brief_key(session), &arena, &brief, err);
    ga_arena_finish(&arena);
    ga_memory_let_go();
    return rc;
}

enum ga_rc ga_session_own_classes(struct ga_session *session, bool may_open, struct ga_arena *arena,
                                  struct ga_roster_class classes[GA_BRIEF_CLASSES_MAX], size_t *ret_count, bool *ret_is_known,
                                  struct ga_error *err)
{
    const char *user = ga_store_user(session->store);
    struct ga_brief brief = {0};
    struct ga_care *care;
    enum ga_rc rc = ga_session_brief(session, user, arena, &brief, ret_is_known, err);
    if (rc == GA_OK && !*ret_is_known && may_open) {
        rc = ga_session_care(session, NULL, &care, err);
        if (rc == GA_OK)
            rc = ga_care_classes_of(care, user, GA_BRIEF_CLASSES_MAX, arena, brief.classes, &brief.classes_count, err);
        *ret_is_known = rc == GA_OK;
    }
    if (rc != GA_OK)
        return rc;
    memcpy(classes, brief.classes, sizeof(brief.classes));
    *ret_count = *ret_is_known ? brief.classes_count : 0;
    return GA_OK;
}
