/* What the commands about duties share; private to this room. */
#ifndef GUANAI_COMMAND_CARE_H
#define GUANAI_COMMAND_CARE_H

#include "guanai/app/care.h"
#include "private.h"

/* The session's care; findings and failures are said. */
enum ga_exit ga_command_care(struct ga_command_line *line, struct ga_session *session, struct ga_care **ret_care);
/* The class that is typed, of that site (code or name; NULL: any, this computer's first); one with children. */
enum ga_exit ga_command_class(struct ga_command_line *line, struct ga_session *session, const char *class, const char *site,
                              struct ga_arena *arena, struct ga_roster_class *ret_class);

/* A table of rows, tab-separated or JSON; columns of `numbers` stand bare in JSON. */
struct ga_table_out {
    struct ga_command_line *line;
    const char *const *names;
    size_t count;
    uint32_t numbers; /* bit i: column i */
    bool is_json;
    size_t rows;
};
void ga_table_begin(struct ga_table_out *table);
void ga_table_row(struct ga_table_out *table, const char *const *cells);
void ga_table_end(struct ga_table_out *table);

#endif
