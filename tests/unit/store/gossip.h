/* Random lives of computers that meet by sticks, and a model that knows what must be found afterwards. */
#ifndef GUANAI_TESTS_GOSSIP_H
#define GUANAI_TESTS_GOSSIP_H

#include "sticks.h"

enum {
    GOSSIP_SITES = 5, GOSSIP_CHILDREN = 3, GOSSIP_FORMS_MAX = 4,
    GOSSIP_VERSIONS_MAX = 64, /* a bit each */
    GOSSIP_PET = 5,    /* a field that only the newer form has */
    GOSSIP_GROUPS = 6,
    GOSSIP_GONE = 6,   /* a removal, beside the groups */
};

extern const char *const gossip_groups[GOSSIP_GROUPS + 1];

/* A value that was saved once, as the model has it; or a removal. */
struct gossip_version {
    size_t child, group;
    struct ga_hash leaf;
    char value[80];
    uint64_t replaces; /* versions of its group that it was written over */
    uint64_t knows;    /* of a removal: versions of all groups that it took out */
};

/* A form that is open while the world goes on. */
struct gossip_form {
    bool is_open;
    size_t site, child;
    struct ga_answers before;
    struct ga_heads *heads;
    uint64_t known; /* versions that were there */
};

/* How the computers are run and meet: by their stores alone, or by the program that stands on them. */
struct gossip_run {
    enum ga_rc (*open)(size_t site, struct ga_error *err); /* fills the store of that school, with the forms it has in force */
    void (*close)(size_t site);
    void (*set_day)(size_t site, struct ga_date day, bool is_doubtful);
    void (*introduce)(void);     /* after somebody got another id; NULL: those who meet do it */
    uint64_t (*on_sticks)(void); /* versions that a stick still bears */
};

struct gossip {
    const struct gossip_run *run;
    struct sticks_town town;
    uint64_t dice;
    struct ga_uuid children[GOSSIP_CHILDREN];
    struct gossip_version versions[GOSSIP_VERSIONS_MAX];
    size_t versions_count;
    uint64_t lost; /* versions that went with a disk before anybody had them */
    struct gossip_form forms[GOSSIP_FORMS_MAX];
    char copies[GOSSIP_SITES][80]; /* of a computer's database as it was once; "": none */
    char newer_forms[64];
    size_t seen_values, seen_conflicts, seen_agreed, seen_lost, seen_faults[32];
};

extern struct gossip gossip;

uint32_t gossip_draw(uint32_t below);

/* ---- gossip_model.c ---- */

uint64_t gossip_known_to(size_t site, size_t child); /* by what lies in its log: nothing of the fold is asked */
uint64_t gossip_known_anywhere(size_t but);          /* to any other than that one; GOSSIP_SITES: to anybody */
uint64_t gossip_heads(uint64_t known, size_t child, size_t group); /* of the known ones those that no known one replaces */
uint64_t gossip_all_heads(uint64_t known, size_t child);           /* of every group */
void gossip_value(const struct ga_answers *answers, size_t group, char value[80]);

/* What that computer saved just now; `after` NULL: a removal. */
void gossip_note(size_t site, size_t child, size_t group, const struct ga_answers *after, uint64_t known);

/* Every value is found, heads are the model's, conflicts are just those; asserts. */
void gossip_judge(size_t site);
void gossip_assert_alike(void); /* the tables of all forms, of those with the same form in force */

/* ---- gossip_people.c: what people do at a random computer ---- */

void gossip_add_child(size_t site, size_t child);
void gossip_edit(void);
void gossip_leave_open_or_save(void); /* a form that stands open while the world goes on */
void gossip_remove(void);
void gossip_close_form(struct gossip_form *form);

/* ---- gossip_fault.c: what befalls computers ---- */

void gossip_faults_start(void); /* two of the five computers have a newer form */
void gossip_faults_stop(void);
void gossip_all_take_the_newer_form(void);
void gossip_keep(const char *folder); /* its forms, a data folder a computer; all are closed then */
void gossip_forget(void);             /* forms, copies, versions: another history begins in the same town */

void gossip_shut(size_t site);
void gossip_open(size_t site); /* asserts */
void gossip_trust(void);       /* after somebody got another id */
void gossip_shell(const char *program, const char *first, const char *second); /* both are quoted; asserts */

/* Its disk is another's after that: what it alone knew is lost, and nothing else. */
void gossip_change_disk(size_t site, void (*change)(size_t site, const char *from), const char *from);

/* Each by itself; they happen when they are called. */
void gossip_make_copy(void);
void gossip_restore(void);
void gossip_put_back_unsaid(void);
void gossip_clone(void);
void gossip_renew(void);
void gossip_set_clocks(void);

enum { GOSSIP_CLOCKS = 8 };

#endif
