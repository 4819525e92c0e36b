/* Records leave as JSON (RFC 8259): a list of objects, repeats as lists inside. */
#include "guanai/store/note.h"
#include "leaving.h"

#include <string.h>

static void add_text(struct ga_str *out, const char *text, size_t len)
{
    ga_str_add_char(out, '"');
    for (size_t i = 0; i < len; i++) {
        const unsigned char c = (unsigned char)text[i];
        if (c == '"' || c == '\\')
            ga_str_addf(out, "\\%c", c);
        else if (c < ' ')
            ga_str_addf(out, "\\u%04x", c);
        else
            ga_str_add_char(out, (char)c);
    }
    ga_str_add_char(out, '"');
}

static void add_value(const struct leaving *leaving, const struct ga_field *field, const struct ga_value *value,
                      struct ga_str *out)
{
    struct ga_str words = {0};
    ga_leaving_words(leaving, field, value, &words);
    const bool is_worded = leaving->options->with_labels &&
                           (field->list != NULL || ga_str_equal(field->type->name, "boolean"));
    if (value->kind == GA_VALUE_NULL)
        ga_str_add(out, "null");
    else if (value->kind == GA_VALUE_TEXT || is_worded)
        add_text(out, ga_str_text(&words), words.len);
    else
        ga_str_add_bytes(out, words.data, words.len);
    ga_str_finish(&words);
}

static void add_pair(const struct leaving *leaving, const struct ga_field *field, const struct ga_value *value,
                     struct ga_str *out)
{
    ga_str_addf(out, ", \"%s\": ", field->name);
    add_value(leaving, field, value, out);
}

static void add_id(const char *name, const char *id, struct ga_str *out)
{
    ga_str_addf(out, "\"%s\": ", name);
    if (id == NULL)
        ga_str_add(out, "null");
    else
        add_text(out, id, strlen(id));
}

static enum ga_rc add_rows(const struct leaving *leaving, const struct leaving_repeat *repeat, int64_t number,
                           struct ga_str *out, struct ga_error *err)
{
    bool has_row = true, is_first = true;
    enum ga_rc rc = GA_OK;
    ga_str_addf(out, ", \"%s\": [", repeat->field->name);
    ga_stmt_bind_int(repeat->rows, 1, number);
    while ((rc = ga_stmt_step(repeat->rows, &has_row, err)) == GA_OK && has_row) {
        int column = 1;
        ga_str_add(out, is_first ? "{" : ", {");
        is_first = false;
        add_id("id", ga_stmt_column_text(repeat->rows, 0), out);
        for (size_t i = 0; i < repeat->field->fields.count; i++) {
            if (!ga_leaving_is_shown(leaving->form, &repeat->field->fields.items[i]))
                continue;
            const struct ga_value value = ga_stmt_column(repeat->rows, column++);
            add_pair(leaving, &repeat->field->fields.items[i], &value, out);
        }
        ga_str_add_char(out, '}');
    }
    ga_str_add_char(out, ']');
    return rc;
}

static void add_member(const char *name, const char *text, struct ga_str *out)
{
    if (text != NULL && text[0] != '\0') {
        ga_str_add(out, ", ");
        add_id(name, text, out);
    }
}

/* Where there are some; what is on a restricted field stays. No field can have that name. */
static void add_notes(const struct leaving *leaving, struct ga_str *out)
{
    struct ga_arena arena = {0};
    struct ga_note *notes;
    struct ga_uuid id;
    size_t count = 0;
    bool is_first = true;
    if (!ga_uuid_parse(ga_stmt_column_text(leaving->record, 0), &id) ||
        ga_notes_read(leaving->tools->store, &id, &arena, &notes, &count, NULL) != GA_OK)
        count = 0;
    for (size_t i = 0; i < count; i++) {
        if (notes[i].protect >= GA_PROTECT_RESTRICTED)
            continue;
        ga_str_add(out, is_first ? ", \"_notes\": [{" : ", {");
        is_first = false;
        add_id("field", notes[i].field, out);
        add_member("text", notes[i].text, out);
        add_member("user", notes[i].user, out);
        add_member("typist", notes[i].typist, out);
        add_member("when", notes[i].when, out);
        add_member("done_by", notes[i].settled_by, out);
        add_member("done_when", notes[i].settled_when, out);
        ga_str_add_char(out, '}');
    }
    ga_str_add(out, is_first ? "" : "]");
    ga_arena_finish(&arena);
}

static enum ga_rc add_record(struct leaving *leaving, size_t i, struct ga_str *out, struct ga_error *err)
{
    enum ga_rc rc = ga_leaving_record(leaving, i, err);
    if (rc != GA_OK)
        return rc;
    ga_str_add(out, i > 0 ? ",\n{" : "\n{");
    add_id("id", ga_stmt_column_text(leaving->record, 0), out);
    if (leaving->child != NULL) {
        ga_str_add(out, ", ");
        add_id("child", ga_stmt_column_text(leaving->record, 1), out);
    }
    for (size_t c = 0; c < leaving->columns.len; c++) {
        const struct leaving_column *column = GA_VEC_AT(struct leaving_column, &leaving->columns, c);
        const struct ga_value value = ga_leaving_value(leaving, c);
        if (!column->of_child) /* the child stands there by its id */
            add_pair(leaving, column->field, &value, out);
    }
    const int64_t number = *GA_VEC_AT(int64_t, &leaving->numbers, i);
    for (size_t r = 0; rc == GA_OK && r < leaving->repeats.len; r++)
        rc = add_rows(leaving, GA_VEC_AT(struct leaving_repeat, &leaving->repeats, r), number, out, err);
    add_notes(leaving, out);
    ga_str_add_char(out, '}');
    return rc;
}

enum ga_rc ga_leave_json(struct leaving *leaving, struct ga_error *err)
{
    struct ga_str out = {0};
    enum ga_rc rc = ga_target_put(leaving->target, "[", 1, err);
    for (size_t i = 0; rc == GA_OK && i < leaving->numbers.len; i++) {
        ga_str_clear(&out);
        rc = add_record(leaving, i, &out, err);
        if (rc == GA_OK)
            rc = ga_target_put(leaving->target, out.data, out.len, err);
    }
    ga_str_finish(&out);
    return rc == GA_OK ? ga_target_put(leaving->target, "\n]\n", 3, err) : rc;
}
