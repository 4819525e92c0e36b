/* Half-filled forms that wait to be gone on with. */
#ifndef GUANAI_SRC_SCREEN_UNFINISHED_H
#define GUANAI_SRC_SCREEN_UNFINISHED_H

#include "guanai/app/session.h"
#include "guanai/store/draft.h"
#include "guanai/tui/screen.h"

enum { GA_UNFINISHED_MAX = 9 };

struct ga_unfinished {
    int64_t no[GA_UNFINISHED_MAX];       /* of the drafts */
    bool is_sheet[GA_UNFINISHED_MAX];    /* of many children: continued in the table */
    const char *doer[GA_UNFINISHED_MAX]; /* for whom it was typed; NULL: for who sits at the keys */
    const char *what[GA_UNFINISHED_MAX]; /* "张三 的家访，11-20 15:32" */
    const char *text[GA_UNFINISHED_MAX]; /* "继续 11-20 15:32 张三 的家访？" in the arena */
    size_t count;   /* of who sits at the keys, own and typed for others, newest first, as far as they are shown */
    size_t more;    /* further ones of those */
    size_t others;  /* other people's: kept for them */
    int64_t aside;  /* the one this user threw away last, by its number; 0: none */
};

enum ga_rc ga_unfinished_read(struct ga_session *session, enum ga_lang lang, struct ga_arena *arena,
                              struct ga_unfinished *ret_unfinished, struct ga_error *err);

/* "继续 11-20 15:32 张三 的家访？" in `arena`. */
const char *ga_unfinished_say(struct ga_session *session, const struct ga_draft_line *line, enum ga_lang lang,
                              struct ga_arena *arena);

/* Asks whether the i-th is to be thrown away, throws it away, brings the one thrown away last back; what came of it is said. */
void ga_unfinished_ask_drop(const struct ga_unfinished *unfinished, size_t i, struct ga_screen *screen, int tag);
void ga_unfinished_drop(const struct ga_unfinished *unfinished, size_t i, struct ga_screen *screen);
void ga_unfinished_put_back(const struct ga_unfinished *unfinished, struct ga_screen *screen);

#endif
