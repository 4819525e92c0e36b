/* The text of an input field while it is being edited. */
#include "guanai/text/edit.h"

#include "edit_inner.h"

#include "guanai/base/alloc.h"
#include "guanai/text/cluster.h"
#include "guanai/text/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { DEFAULT_CHARS = 200 };

static void add_valid(struct ga_str *out, const char *bytes, size_t len)
{
    for (size_t at = 0, next; at < len; at = next) {
        uint32_t cp;
        next = ga_utf8_next(bytes, len, at);
        if (ga_utf8_decode(bytes + at, len - at, &cp) > 0)
            ga_str_add_bytes(out, bytes + at, next - at);
        else
            ga_str_add(out, "\xEF\xBF\xBD");
    }
}

struct ga_edit *ga_edit_create(const struct ga_edit_limits *limits, const char *text)
{
    struct ga_edit *edit = ga_alloc(sizeof(*edit));
    edit->limits = *limits;
    if (edit->limits.max_chars == 0)
        edit->limits.max_chars = DEFAULT_CHARS;
    if (edit->limits.max_bytes == 0)
        edit->limits.max_bytes = GA_UTF8_BYTES * edit->limits.max_chars;
    if (text != NULL)
        add_valid(&edit->text, text, strlen(text));
    edit->chars = ga_utf8_count(ga_str_text(&edit->text), edit->text.len);
    edit->caret = edit->text.len;
    return edit;
}

void ga_edit_destroy(struct ga_edit *edit)
{
    if (edit == NULL)
        return;
    edit_history_finish(&edit->history);
    ga_str_finish(&edit->text);
    free(edit);
}

const char *ga_edit_text(const struct ga_edit *edit)
{
    return ga_str_text(&edit->text);
}

size_t ga_edit_len(const struct ga_edit *edit)
{
    return edit->text.len;
}

size_t ga_edit_chars(const struct ga_edit *edit)
{
    return edit->chars;
}

size_t ga_edit_caret(const struct ga_edit *edit)
{
    return edit->caret;
}

void ga_edit_select_all(struct ga_edit *edit)
{
    edit->caret = edit->text.len;
    edit->is_selected = edit->text.len > 0;
    edit->history.is_open = false;
}

void ga_edit_unselect(struct ga_edit *edit)
{
    edit->is_selected = false;
}

bool ga_edit_is_selected(const struct ga_edit *edit)
{
    return edit->is_selected;
}

enum ga_edit_refusal ga_edit_refusal(const struct ga_edit *edit)
{
    return edit->refusal;
}

/* A mark just inserted may have joined what stands before it. */
static void set_caret(struct ga_edit *edit, size_t at)
{
    const char *text = ga_edit_text(edit);
    size_t start = ga_cluster_start(text, edit->text.len, at);
    edit->caret = start == at ? at : ga_cluster_next(text, edit->text.len, start);
    edit->has_goal = false;
}

static void splice(struct ga_edit *edit, size_t at, size_t remove_len, const struct ga_str *insert)
{
    const char *text = ga_edit_text(edit);
    struct ga_str spliced = {0};
    edit->chars -= ga_utf8_count(text + at, remove_len);
    edit->chars += ga_utf8_count(ga_str_text(insert), insert->len);
    ga_str_reserve(&spliced, edit->text.len - remove_len + insert->len);
    ga_str_add_bytes(&spliced, text, at);
    ga_str_add_bytes(&spliced, ga_str_text(insert), insert->len);
    ga_str_add_bytes(&spliced, text + at + remove_len, edit->text.len - at - remove_len);
    ga_str_finish(&edit->text);
    edit->text = spliced;
}

/* Takes over `insert`. */
static void change(struct ga_edit *edit, enum edit_kind kind, size_t at, size_t remove_len,
                   struct ga_str *insert)
{
    struct edit_change step = {.kind = kind, .at = at, .caret = edit->caret, .inserted = *insert};
    ga_str_add_bytes(&step.removed, ga_edit_text(edit) + at, remove_len);
    splice(edit, at, remove_len, insert);
    set_caret(edit, at + insert->len);
    edit->is_selected = false;
    edit_history_add(&edit->history, &step);
}

static enum ga_edit_refusal judge(const struct ga_edit *edit, size_t at, size_t remove_len,
                                  const struct ga_str *insert)
{
    size_t chars = edit->chars - ga_utf8_count(ga_edit_text(edit) + at, remove_len) +
                   ga_utf8_count(ga_str_text(insert), insert->len);
    size_t bytes = edit->text.len - remove_len + insert->len;
    return chars > edit->limits.max_chars || bytes > edit->limits.max_bytes ? GA_EDIT_TOO_LONG : GA_EDIT_FITS;
}

static bool insert_bytes(struct ga_edit *edit, enum edit_kind kind, size_t at, size_t remove_len,
                         const char *bytes, size_t len)
{
    struct ga_str insert = {0};
    bool is_text = edit_clean(bytes, len, edit->limits.is_multiline, &insert);
    edit->refusal = is_text ? judge(edit, at, remove_len, &insert) : GA_EDIT_NOT_TEXT;
    const bool is_nothing = insert.len == 0 && (len > 0 || remove_len == 0); /* what cannot be seen takes no place */
    if (edit->refusal != GA_EDIT_FITS || is_nothing) {
        ga_str_finish(&insert);
        return false;
    }
    bool ends_run = insert.len > 0 && insert.data[insert.len - 1] == '\n';
    change(edit, kind, at, remove_len, &insert);
    if (ends_run)
        edit->history.is_open = false;
    return true;
}

/* At the caret, or in place of what is chosen. */
static bool insert_here(struct ga_edit *edit, enum edit_kind kind, const char *bytes, size_t len)
{
    const bool is_over = edit->is_selected && len > 0;
    return insert_bytes(edit, kind, is_over ? 0 : edit->caret, is_over ? edit->text.len : 0, bytes, len);
}

bool ga_edit_type(struct ga_edit *edit, uint32_t cp)
{
    char bytes[GA_UTF8_BYTES];
    size_t len = ga_utf8_encode(cp, bytes);
    if (len == 0) {
        edit->refusal = GA_EDIT_NOT_TEXT;
        return false;
    }
    if (cp == ' ' || cp == 0x3000) /* nothing begins with it: a second number goes behind the first */
        edit->is_selected = false;
    return insert_here(edit, EDIT_TYPING, bytes, len);
}

bool ga_edit_paste(struct ga_edit *edit, const char *bytes, size_t len)
{
    return insert_here(edit, EDIT_ALONE, bytes, len);
}

bool ga_edit_set_text(struct ga_edit *edit, const char *text)
{
    if (strcmp(text, ga_edit_text(edit)) == 0) {
        edit->refusal = GA_EDIT_FITS;
        return false;
    }
    return insert_bytes(edit, EDIT_ALONE, 0, edit->text.len, text, strlen(text));
}

static bool remove_range(struct ga_edit *edit, enum edit_kind kind, size_t from, size_t to)
{
    struct ga_str nothing = {0};
    edit->refusal = GA_EDIT_FITS;
    if (from == to)
        return false;
    change(edit, kind, from, to - from, &nothing);
    return true;
}

bool ga_edit_erase(struct ga_edit *edit)
{
    size_t from = ga_cluster_prev(ga_edit_text(edit), edit->text.len, edit->caret);
    return remove_range(edit, EDIT_ERASING, from, edit->caret);
}

bool ga_edit_delete(struct ga_edit *edit)
{
    size_t to = ga_cluster_next(ga_edit_text(edit), edit->text.len, edit->caret);
    if (edit->is_selected)
        return remove_range(edit, EDIT_ALONE, 0, edit->text.len);
    return remove_range(edit, EDIT_DELETING, edit->caret, to);
}

bool ga_edit_kill_line(struct ga_edit *edit)
{
    return remove_range(edit, EDIT_ALONE, edit_line_start(edit, edit->caret), edit->caret);
}

bool ga_edit_kill_word(struct ga_edit *edit)
{
    return remove_range(edit, EDIT_ALONE, edit_word_start(edit, edit->caret), edit->caret);
}

bool ga_edit_undo(struct ga_edit *edit)
{
    const struct edit_change *step = edit_history_back(&edit->history);
    if (step == NULL)
        return false;
    edit->is_selected = false;
    splice(edit, step->at, step->inserted.len, &step->removed);
    set_caret(edit, step->caret);
    return true;
}

bool ga_edit_redo(struct ga_edit *edit)
{
    const struct edit_change *step = edit_history_forward(&edit->history);
    if (step == NULL)
        return false;
    edit->is_selected = false;
    splice(edit, step->at, step->removed.len, &step->inserted);
    set_caret(edit, step->at + step->inserted.len);
    return true;
}
