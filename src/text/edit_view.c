/* The part of an input field that shows in a row of cells. */
#include "edit_inner.h"

#include "guanai/text/cluster.h"
#include "guanai/text/width.h"

/* The caret needs a cell, or as many as the character it stands on. */
static size_t caret_cols(const struct ga_edit *edit)
{
    const char *text = ga_edit_text(edit);
    size_t next = ga_cluster_next(text, edit->text.len, edit->caret);
    size_t cols = ga_width_text(text + edit->caret, next - edit->caret);
    return cols > 0 ? cols : 1;
}

static void scroll_to_caret(struct ga_edit *edit, size_t cols)
{
    const char *text = ga_edit_text(edit);
    size_t at = edit->view_at < edit->caret ? edit->view_at : edit->caret;
    at = ga_cluster_start(text, edit->text.len, at);
    size_t before = ga_width_text(text + at, edit->caret - at), own = caret_cols(edit);
    while (at < edit->caret && before + own > cols) {
        size_t next = ga_cluster_next(text, edit->text.len, at);
        before -= ga_width_text(text + at, next - at);
        at = next;
    }
    edit->view_at = at;
}

/* After deleting: what is hidden on the left comes back where there is room for it. */
static void scroll_back(struct ga_edit *edit, size_t cols)
{
    const char *text = ga_edit_text(edit);
    size_t len = edit->text.len;
    while (edit->view_at > 0) {
        size_t before = ga_cluster_prev(text, len, edit->view_at);
        /* One cell stays free for a caret at the end. */
        if (before + ga_width_clip(text + before, len - before, cols - 1, NULL) < len)
            break;
        edit->view_at = before;
    }
}

void ga_edit_view(struct ga_edit *edit, size_t cols, struct ga_edit_view *ret_view)
{
    cols = cols > 0 ? cols : 1;
    scroll_to_caret(edit, cols);
    scroll_back(edit, cols);
    const char *text = ga_edit_text(edit) + edit->view_at;
    size_t rest = edit->text.len - edit->view_at;
    size_t len = ga_width_clip(text, rest, cols, NULL);
    *ret_view = (struct ga_edit_view){
        .at = edit->view_at,
        .len = len,
        .caret_col = ga_width_text(text, edit->caret - edit->view_at),
        .has_before = edit->view_at > 0,
        .has_after = len < rest,
    };
}
