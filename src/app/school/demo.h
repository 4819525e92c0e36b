/* Invented pupils; private to the demo. */
#ifndef GUANAI_APP_DEMO_H
#define GUANAI_APP_DEMO_H

#include "private.h"

struct ga_demo {
    struct ga_session *session;
    struct ga_random random;
    uint64_t state;
    struct ga_save *save;
    const struct ga_form *child, *visit, *talk, *change; /* NULL: not installed, left out */
    struct ga_date term_from;
    int children;
};

enum ga_demo_list {
    GA_DEMO_SURNAME, GA_DEMO_BOY, GA_DEMO_GIRL, GA_DEMO_WOMAN, GA_DEMO_MAN, GA_DEMO_VILLAGE, GA_DEMO_CITY, GA_DEMO_WORK,
    GA_DEMO_INTEREST, GA_DEMO_VISITED, GA_DEMO_AGREED, GA_DEMO_SAID, GA_DEMO_ADVICE, GA_DEMO_TEACHER,
    GA_DEMO_LIST_COUNT,
};

/* demo_words.c: lists of words and sentences, closed by NULL. */
extern const char *const *const ga_demo_words[GA_DEMO_LIST_COUNT];

int ga_demo_below(struct ga_demo *demo, int bound);
bool ga_demo_happens(struct ga_demo *demo, int percent);
const char *ga_demo_pick(struct ga_demo *demo, enum ga_demo_list list);

/* Types `text` into a field; what the installed form does not know or take is left out. */
void ga_demo_type(struct ga_demo *demo, struct ga_answers *answers, const char *field, const char *text);

/* demo_child.c: the file of the i-th child; the caller finishes it. Is it left behind? */
bool ga_demo_child(struct ga_demo *demo, int i, struct ga_answers *ret_child);

#endif
