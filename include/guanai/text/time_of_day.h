/* Clock times as people type them. */
#ifndef GUANAI_TEXT_TIME_OF_DAY_H
#define GUANAI_TEXT_TIME_OF_DAY_H

#include "guanai/base/error.h"

enum { GA_TIME_OF_DAY_SIZE = 6 };

/* 1630 16:30 16：30 16点30 16点半 下午4点半 下午四点一刻 4:30pm 8 → minutes since midnight, 0 … 1439. */
enum ga_rc ga_time_of_day_parse(const char *typed, int *ret_minutes, struct ga_error *err);

/* "16:30"; returns buf (GA_TIME_OF_DAY_SIZE). */
const char *ga_time_of_day_text(int minutes, char *buf);

#endif
