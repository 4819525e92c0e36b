/* A session on a throw-away data folder with a clock that stands still. */
#ifndef GUANAI_TESTS_APP_FOLDER_H
#define GUANAI_TESTS_APP_FOLDER_H

#include "guanai/app/entry.h"

struct app_folder {
    char path[64];
    int64_t now_ms; /* 2026-11-23 12:41 in Shanghai */
    struct ga_clock clock;
    uint64_t seed;
    struct ga_random random;
    struct ga_session_options options;
    struct ga_session *session;
};

void app_start(struct app_folder *app);                     /* made, opened as 周老师 */
void app_stop(struct app_folder *app);                      /* closed, removed */
void app_reopen(struct app_folder *app);                    /* as after a restart */
struct ga_uuid app_add_child(struct app_folder *app, const char *name);

void app_type(struct ga_entry *entry, const char *field, const char *text); /* must be taken */
const struct ga_answer *app_answer(const struct ga_entry *entry, const char *field);
const char *app_text(const struct ga_entry *entry, const char *field); /* "" when empty */

#endif
