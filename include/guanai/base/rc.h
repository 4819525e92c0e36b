/* What a function that can fail answers. */
#ifndef GUANAI_BASE_RC_H
#define GUANAI_BASE_RC_H

/*
 * The order is stable: commands turn it into exit codes (`command/`), tests compare it.
 * A function that returns one of these leaves its `ret_` outputs untouched unless it says GA_OK.
 */
enum ga_rc {
    GA_OK = 0,
    GA_REFUSED,   /* the data says no: a rule, a malformed value, a duplicate; nothing was written */
    GA_NOT_FOUND, /* no such record, field, file */
    GA_USAGE,     /* called wrongly by the user: unknown option, missing word */
    GA_DENIED,    /* this user may not */
    GA_DAMAGED,   /* what was read is not what was once written */
    GA_BUSY,      /* another program has it open */
    GA_IO,        /* the operating system refused: disk full, no permission, unplugged */
    GA_TOO_BIG,   /* longer, deeper or larger than the documented bound */
    GA_CANCELLED, /* the user said stop; nothing is half done */
};

#endif
