/* The festivals of the year, as the calendar's own files see them. */
#ifndef GUANAI_SRC_CARE_FESTIVAL_H
#define GUANAI_SRC_CARE_FESTIVAL_H

#include "guanai/care/calendar.h"

enum { GA_FESTIVALS = 11 };

/* Rest as the regulation has it, nothing of the configuration. false: the year lies outside the lunar table. */
bool ga_festival_of(size_t which, int year, struct ga_festival *ret_festival);

/* The public holiday a day belongs to. */
bool ga_festival_is_rest(struct ga_date day, struct ga_days *ret_rest);

#endif
