/* Puts the file of a child who is here again in force. */
#include "guanai/app/life.h"

#include "guanai/base/alloc.h"
#include "guanai/store/life.h"
#include "private.h"

static enum ga_rc write_return(struct ga_session *session, const struct ga_uuid *child, struct ga_error *err)
{
    const struct ga_written fields[] = {{"kind", "returned"}, {"from_on", GA_DATE_ISO(session->today)}};
    return ga_written_make(session, NULL, "status_change", child, fields, GA_COUNT(fields), err);
}

enum ga_rc ga_session_bring_back(struct ga_session *session, const struct ga_uuid *child, struct ga_error *err)
{
    struct ga_departure departure;
    bool has_left;
    enum ga_rc rc = ga_store_departure(session->store, child, &has_left, &departure, err);
    if (rc != GA_OK)
        return rc;
    char from[11], until[11];
    bool is_away = false;
    if (!has_left)
        rc = ga_store_away(session->store, child, &is_away, from, until, err);
    if (rc != GA_OK)
        return rc;
    if (!has_left && !is_away)
        return ga_error_set(err, GA_REFUSED, "this child has not left");
    if (has_left && !departure.may_return)
        return ga_error_set(err, GA_REFUSED, "this child has died or finished school; write the change down by hand");
    return write_return(session, child, err);
}
