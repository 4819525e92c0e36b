/* What a school year leaves open: seen before everybody goes up. */
#ifndef GUANAI_APP_YEAR_MATTERS_H
#define GUANAI_APP_YEAR_MATTERS_H

#include "guanai/app/year_end.h"
#include "guanai/care/report.h"

/* All of the school. It hangs on the children's files, so it is carried into the new year with them; nothing is moved. */
struct ga_year_matters {
    int64_t reports[GA_REPORT_STATES]; /* not closed */
    int64_t alarms;      /* one a child and alarm */
    int64_t due;         /* to be done now */
    int64_t missed;      /* of the year that ends: neither done nor a reason given */
    int64_t unconfirmed; /* reasons given in that year */
    int64_t sent_back;   /* not mended */
    int64_t plans;       /* of key children, not closed */
    int64_t notes;
};

enum ga_rc ga_year_matters_read(struct ga_session *session, const struct ga_year_plan *plan, struct ga_year_matters *ret_matters,
                                struct ga_error *err);

/* Reports and alarms alone: costs a look at kept counts. */
enum ga_rc ga_year_matters_urgent(struct ga_session *session, struct ga_year_matters *ret_matters, struct ga_error *err);

#endif
