/* The steps that can be undone in an input field. */
#include "edit_history.h"

static struct edit_change *step_at(struct edit_history *history, size_t i)
{
    return &history->ring[(history->first + i) % GA_EDIT_UNDO_STEPS];
}

static void finish_change(struct edit_change *change)
{
    ga_str_finish(&change->removed);
    ga_str_finish(&change->inserted);
}

static void add_front(struct ga_str *text, const struct ga_str *before)
{
    struct ga_str joined = {0};
    ga_str_add_bytes(&joined, ga_str_text(before), before->len);
    ga_str_add_bytes(&joined, ga_str_text(text), text->len);
    ga_str_finish(text);
    *text = joined;
}

/* Whether the newest step and the change are one run, in which case the step has grown by it. */
static bool join(struct edit_change *step, const struct edit_change *change)
{
    if (step->kind != change->kind || change->kind == EDIT_ALONE)
        return false;
    if (change->kind == EDIT_TYPING && change->at == step->at + step->inserted.len)
        ga_str_add_bytes(&step->inserted, ga_str_text(&change->inserted), change->inserted.len);
    else if (change->kind == EDIT_DELETING && change->at == step->at)
        ga_str_add_bytes(&step->removed, ga_str_text(&change->removed), change->removed.len);
    else if (change->kind == EDIT_ERASING && change->at + change->removed.len == step->at) {
        add_front(&step->removed, &change->removed);
        step->at = change->at;
    } else
        return false;
    return true;
}

static void forget_undone(struct edit_history *history)
{
    while (history->len > history->done)
        finish_change(step_at(history, --history->len));
}

static void make_room(struct edit_history *history)
{
    if (history->len < GA_EDIT_UNDO_STEPS)
        return;
    finish_change(step_at(history, 0));
    history->first = (history->first + 1) % GA_EDIT_UNDO_STEPS;
    history->len--;
}

void edit_history_add(struct edit_history *history, struct edit_change *change)
{
    forget_undone(history);
    if (history->is_open && history->done > 0 && join(step_at(history, history->done - 1), change)) {
        finish_change(change);
        return;
    }
    make_room(history);
    *step_at(history, history->len++) = *change;
    history->done = history->len;
    history->is_open = true;
}

void edit_history_finish(struct edit_history *history)
{
    history->done = 0;
    forget_undone(history);
}

const struct edit_change *edit_history_back(struct edit_history *history)
{
    history->is_open = false;
    return history->done > 0 ? step_at(history, --history->done) : NULL;
}

const struct edit_change *edit_history_forward(struct edit_history *history)
{
    history->is_open = false;
    return history->done < history->len ? step_at(history, history->done++) : NULL;
}
