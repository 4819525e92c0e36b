/* A year of records of every kind, for benchmarks of the care. */
#ifndef GUANAI_BENCH_CARE_FILL_H
#define GUANAI_BENCH_CARE_FILL_H

#include "guanai/app/session.h"
#include "guanai/store/save.h"

void bench_check(enum ga_rc rc, const struct ga_error *err); /* ends the program with what it says */

/*
 * One transaction. Of a child: 8 visits (52,616 at 6,577 children), 4 talks, 4 calls with parents, 2 with the family, 2 talks
 * with guardians, 6 times living care, 2 letters, a health check; now and then a report (half of them referred), a plan,
 * a reason why something was not done. Of 50 children each: tutoring a week, an activity a month, aid a term, a trip a
 * month, something sent back to 周老师 for every 500.
 */
void bench_fill(struct ga_session *session);

/* Every class's month by whoever is at the keys, who did none of it: `months` before this one. */
void bench_sign(struct ga_session *session, int months);

/* A talk of the child. */
void bench_put_talk(struct ga_session *session, struct ga_save *save, const struct ga_uuid *child);

#endif
