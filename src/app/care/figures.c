/* Opens the figures of a session. */
#include "guanai/app/figures.h"

#include "guanai/care/due.h"
#include "private.h"

enum ga_rc ga_session_figures(struct ga_session *session, struct ga_problems *problems,
                              struct ga_figures **ret_figures, struct ga_error *err)
{
    const struct ga_figures_options options = {
        .store = session->store,
        .rules = session->rules,
        .config = &session->config,
        .io = session->options->io,
        .folders = session->forms_folders,
    };
    enum ga_rc rc = GA_OK;
    if (session->memory->figures == NULL)
        rc = ga_figures_create(&options, &session->memory->figures, err);
    if (rc == GA_OK)
        rc = ga_figures_load(session->memory->figures, problems, err);
    if (rc == GA_OK && session->memory->care != NULL) /* it asks the definitions that were */
        rc = ga_care_load(session->memory->care, problems, err);
    if (rc == GA_OK)
        *ret_figures = session->memory->figures;
    return rc;
}
