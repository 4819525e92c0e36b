/* Rows on stdout for people and scripts; private to this room. */
#ifndef GUANAI_COMMAND_TABLE_H
#define GUANAI_COMMAND_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ga_command_line;

bool ga_read_format(const char *typed, bool *ret_is_json); /* of --format; false: neither tsv nor json */

/* Tab-separated, values without tabs, newlines or anything a terminal obeys. */
void ga_put_cell(struct ga_command_line *line, const char *text, bool is_last);
void ga_put_row(struct ga_command_line *line, const char *const *cells, size_t count);
void ga_put_json_text(struct ga_command_line *line, const char *text);

/* A whole table, tab-separated with its header or JSON, an object a row: begin, a row at a time, end. */
struct ga_table_out {
    struct ga_command_line *line;
    const char *const *names;
    size_t count;
    uint32_t numbers; /* bit i: column i stands bare in JSON */
    bool is_json;
    size_t rows; /* written so far */
};
void ga_table_begin(struct ga_table_out *table);
void ga_table_row(struct ga_table_out *table, const char *const *cells);
void ga_table_end(struct ga_table_out *table);

#endif
