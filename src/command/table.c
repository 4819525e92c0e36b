/* Writes rows to stdout for people and scripts. */
#include "private.h"

#include "guanai/base/num.h"
#include "guanai/form/type.h"
#include "guanai/text/gate.h"
#include "guanai/text/utf8.h"
#include "charset.h"

#include <string.h>

/* For a pipe the text as it is but for what would break the rows; a terminal gets what the gate lets through. */
static void add_harmless(struct ga_command_line *line, struct ga_str *out, const char *text)
{
    if (line->is_out_terminal) {
        ga_gate_add(out, text, strlen(text));
        return;
    }
    for (const char *p = text; *p != '\0'; p++)
        ga_str_add_char(out, (unsigned char)*p < 0x20 || *p == 0x7f ? ' ' : *p);
}

bool ga_read_format(const char *typed, bool *ret_is_json)
{
    *ret_is_json = strcmp(typed, "json") == 0;
    return *ret_is_json || strcmp(typed, "tsv") == 0;
}

void ga_put_cell(struct ga_command_line *line, const char *text, bool is_last)
{
    struct ga_str safe = {0}, shown = {0};
    if (line->words.len > 0)
        ga_charset_show(&line->words, text == NULL ? "" : text, &shown);
    add_harmless(line, &safe, line->words.len > 0 ? ga_str_text(&shown) : text == NULL ? "" : text);
    ga_str_finish(&shown);
    fputs(ga_str_text(&safe), line->out);
    fputc(is_last ? '\n' : '\t', line->out);
    ga_str_finish(&safe);
}

void ga_put_row(struct ga_command_line *line, const char *const *cells, size_t count)
{
    for (size_t i = 0; i < count; i++)
        ga_put_cell(line, cells[i], i + 1 == count);
}

/* JSON is UTF-8 or ASCII: where the terminal is neither, every character is written by its number. */
static size_t put_by_number(FILE *out, const char *text)
{
    uint32_t cp = 0;
    const size_t bytes = ga_utf8_decode(text, strlen(text), &cp);
    if (bytes == 0)
        cp = 0xfffd;
    if (cp > 0xffff)
        fprintf(out, "\\u%04x\\u%04x", (unsigned)(0xd800 + ((cp - 0x10000) >> 10)), (unsigned)(0xdc00 + ((cp - 0x10000) & 0x3ff)));
    else
        fprintf(out, "\\u%04x", (unsigned)cp);
    return bytes == 0 ? 1 : bytes;
}

/* RFC 8259: quotes, backslashes and controls escaped; C1 and DEL too, for terminals. */
void ga_put_json_text(struct ga_command_line *line, const char *text)
{
    fputc('"', line->out);
    for (const unsigned char *p = (const unsigned char *)text; *p != '\0'; p++) {
        if (*p == '"' || *p == '\\')
            fprintf(line->out, "\\%c", *p);
        else if (*p < 0x20 || *p == 0x7f)
            fprintf(line->out, "\\u%04x", *p);
        else if (*p >= 0x80 && line->charset != NULL)
            p += put_by_number(line->out, (const char *)p) - 1;
        else if (*p == 0xc2 && p[1] >= 0x80 && p[1] < 0xa0)
            fprintf(line->out, "\\u%04x", *++p);
        else
            fputc(*p, line->out);
    }
    fputc('"', line->out);
}

void ga_value_plain(const struct ga_field *field, const struct ga_value *value, struct ga_str *out)
{
    if (value->kind == GA_VALUE_TEXT)
        ga_str_add_bytes(out, value->text, value->len);
    else if (value->kind == GA_VALUE_INTEGER)
        ga_str_add(out, GA_NUM(value->integer));
    else if (value->kind == GA_VALUE_REAL)
        ga_field_show(field, GA_EN, value, out);
}

void ga_table_begin(struct ga_table_out *table)
{
    table->rows = 0;
    if (table->is_json)
        fputc('[', table->line->out);
    else
        ga_put_row(table->line, table->names, table->count);
}

void ga_table_row(struct ga_table_out *table, const char *const *cells)
{
    FILE *out = table->line->out;
    if (!table->is_json) {
        ga_put_row(table->line, cells, table->count);
        return;
    }
    fputs(table->rows++ == 0 ? "\n{" : ",\n{", out);
    for (size_t i = 0; i < table->count; i++) {
        fputs(i > 0 ? "," : "", out);
        ga_put_json_text(table->line, table->names[i]);
        fputc(':', out);
        if (i < 32 && table->numbers >> i & 1)
            fputs(cells[i], out);
        else
            ga_put_json_text(table->line, cells[i]);
    }
    fputc('}', out);
}

void ga_table_end(struct ga_table_out *table)
{
    if (table->is_json)
        fputs("\n]\n", table->line->out);
}
