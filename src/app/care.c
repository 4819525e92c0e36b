/* Opens what is owed for a session. */
#include "guanai/app/care.h"

#include "guanai/app/figures.h"
#include "private.h"

static enum ga_rc make(struct ga_session *session, struct ga_problems *problems, struct ga_error *err)
{
    struct ga_figures *figures;
    enum ga_rc rc = ga_session_figures(session, problems, &figures, err);
    if (rc != GA_OK)
        return rc;
    const struct ga_care_options options = {
        .store = session->store,
        .figures = figures,
        .config = &session->config,
    };
    rc = ga_care_create(&options, &session->memory->care, err);
    return rc == GA_OK ? ga_care_load(session->memory->care, problems, err) : rc;
}

enum ga_rc ga_session_care(struct ga_session *session, struct ga_problems *problems, struct ga_care **ret_care,
                           struct ga_error *err)
{
    enum ga_rc rc = session->memory->care == NULL ? make(session, problems, err) : GA_OK;
    if (rc == GA_OK)
        *ret_care = session->memory->care;
    return rc;
}
