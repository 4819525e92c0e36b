/* A page on which two computers come to know each other by one stick, which says at each step what comes next. */
#ifndef GUANAI_SRC_SCREEN_PAIRING_PAGE_H
#define GUANAI_SRC_SCREEN_PAIRING_PAGE_H

#include "guanai/app/guest.h"
#include "guanai/tui/screen.h"
#include "parts/menu_page.h"
#include "sync/stick_pick.h"

/* What was done last, so what comes next; "%1" is who the other one is. NULL: nothing to say there. */
struct ga_pairing_words {
    enum ga_style style;
    const char *is, *next, *more; /* GA_N_ */
    bool shows_digits;
};

/* What was done last. A kind's own begin at GA_PAIRING_OWN. */
enum ga_pairing_done {
    GA_PAIRING_NOTHING,
    GA_PAIRING_INVITED,       /* 1: by the school */
    GA_PAIRING_NO_INVITATION, /* the school was not first */
    GA_PAIRING_SHOWN,         /* 2: by the other one, which shows the digits */
    GA_PAIRING_CONFIRMED,     /* 3: by the school */
    GA_PAIRING_MET,           /* 4: all of it is */
    GA_PAIRING_DIFFERENT,     /* somebody saw other digits */
    GA_PAIRING_OWN,
};

struct ga_pairing_page;

/* What the steps of one kind of meeting are. */
struct ga_pairing_kind {
    struct ga_pairing_line {
        int id; /* from 1 */
        const char *text; /* GA_N_; its key is its place from 1 */
    } lines[2];
    size_t lines_count;
    const char *const *way; /* GA_N_: how it goes, a line each */
    size_t way_count;
    const struct ga_pairing_words *words; /* by `done`; what a kind leaves out is said as for a school and another one */
    void (*look)(struct ga_screen *screen); /* a stick was chosen: what lies there says what is asked or done */

    /* Where either side does what is next for it: `typed` NULL nothing is confirmed, "" somebody saw other digits. May be NULL. */
    enum ga_rc (*meet)(struct ga_pairing_page *page, const char *typed, struct ga_error *err);

    /* By what is asked, which is the dialog's tag as well: the asking, and what is done with an answer. */
    void (*const *asks)(struct ga_screen *screen);
    void (*answered)(struct ga_screen *screen, const struct ga_tui_result *result); /* is_done alone */
};

/* The state of such a page. */
struct ga_pairing_page {
    struct ga_menu_page shown; /* first: menu_page.h */
    const struct ga_pairing_kind *kind;
    struct ga_session *session;
    struct ga_stick_pick sticks;
    int line;           /* which of the kind's was chosen last */
    int done;
    int may_become;     /* `done`, when what is being worked at succeeds */
    enum ga_rc (*doing)(struct ga_pairing_page *page, struct ga_error *err);
    const char *folder; /* of the stick chosen last */
    const char *typed;  /* what a dialog was answered */
    struct ga_sync_pairing pairing;
    const char *before; /* nullable, GA_N_: a sentence to go before the question about the digits */
    int met;            /* schools that were confirmed with this stick */
    int same;           /* enum ga_county_same: what was said of a school's namesake */
    char scope[GA_GUEST_SCOPE_SIZE], scope_words[GA_GUEST_SCOPE_SIZE]; /* what a guest is to get; "" but at its school */
    struct ga_sync_written written; /* path NULL: nothing was */
    uint64_t taken;                 /* saves that came */
    bool has_taken;
    struct ga_arena arena;          /* of what was done */
};

struct ga_pairing_page *ga_pairing_page_of(const struct ga_screen *screen);

/* ---- for kinds ---- */

/* Opens one of the kind's dialogs. */
void ga_pairing_page_ask(struct ga_screen *screen, int what);

/*
 * For these; %1 of a sentence (GA_N_) is the other one, %2 the digits, %3 what a guest is to get. Which digits the other one
 * showed, or y (title NULL: are they the same?); whether they were the same; what this computer is called.
 */
void ga_pairing_page_ask_digits(struct ga_screen *screen, const char *title, const char *sentence, int tag);
void ga_pairing_page_ask_same(struct ga_screen *screen, const char *sentence, int tag);
void ga_pairing_page_ask_name(struct ga_screen *screen, const char *initial, int tag);

/* Does this once the page has been painted, lets go of the stick, is at `done` then; on failure the error is said. */
void ga_pairing_page_begin(struct ga_screen *screen, enum ga_rc (*doing)(struct ga_pairing_page *page, struct ga_error *err), int done);

/* Nothing is left to be done with the stick. */
void ga_pairing_page_rest(struct ga_screen *screen, int done);
void ga_pairing_page_fail(struct ga_screen *screen, enum ga_rc rc, const struct ga_error *err);

/* The kind's meet(), for `doing`: nothing is confirmed; it is. Somebody saw other digits: they are shown anew the next time. */
enum ga_rc ga_pairing_page_meet(struct ga_pairing_page *page, struct ga_error *err);
enum ga_rc ga_pairing_page_confirm(struct ga_pairing_page *page, struct ga_error *err);
void ga_pairing_page_refuse(struct ga_screen *screen);

/* All that is here goes to the stick; all that lies there is taken in. For `doing`. */
enum ga_rc ga_pairing_page_write(struct ga_pairing_page *page, bool is_complete, struct ga_error *err);
enum ga_rc ga_pairing_page_take(struct ga_pairing_page *page, struct ga_error *err);

/* ---- the operations of such a page, but for enter, which hands its kind on ---- */

void ga_pairing_page_enter(struct ga_screen *screen, const struct ga_pairing_kind *kind);
void ga_pairing_page_leave(struct ga_screen *screen);
bool ga_pairing_page_work(struct ga_screen *screen);
void ga_pairing_page_resumed(struct ga_screen *screen, const struct ga_tui_result *result);
void ga_pairing_page_reword(struct ga_screen *screen, int tag);

#define GA_PAIRING_PAGE_OPS                                                                       \
    .state_bytes = sizeof(struct ga_pairing_page), .leave = ga_pairing_page_leave, GA_MENU_PAGE_OPS, \
    .work = ga_pairing_page_work, .resumed = ga_pairing_page_resumed, .reword = ga_pairing_page_reword

#endif
