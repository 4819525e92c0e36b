/* Asks which stick, or which folder. */
#include "sync/stick_pick.h"

#include "guanai/app/sticks.h"
#include "guanai/base/num.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/picker.h"
#include "parts/file_places.h"
#include "parts/words.h"

#include <stdlib.h>
#include <string.h>

enum { AGAIN, OTHER, MORE_LINES, PATH_CHARS = 400 };

void ga_stick_pick_init(struct ga_stick_pick *pick, struct ga_session *session)
{
    *pick = (struct ga_stick_pick){.session = session};
    ga_vec_init(&pick->sticks, sizeof(struct ga_stick));
}

void ga_stick_pick_finish(struct ga_stick_pick *pick)
{
    ga_vec_finish(&pick->sticks);
    ga_arena_finish(&pick->arena);
}

static void look(struct ga_stick_pick *pick)
{
    ga_vec_clear(&pick->sticks);
    ga_arena_reset(&pick->arena);
    ga_session_sticks(pick->session, &pick->arena, &pick->sticks);
}

/* 14.5 GB; of less than one, 730 MB. */
static const char *bytes_text(struct ga_arena *arena, int64_t bytes)
{
    const int64_t mb = bytes >> 20;
    return mb < 1024 ? ga_arena_printf(arena, "%d MB", (int)mb)
                     : ga_arena_printf(arena, "%d.%d GB", (int)(mb / 1024), (int)(mb % 1024 * 10 / 1024));
}

static const char *state_of_stick(struct ga_stick_pick *pick, const struct ga_stick *stick)
{
    if (stick->folder == NULL)
        return ga_tr(pick->lang, "not opened yet");
    if (stick->is_protected)
        return ga_tr(pick->lang, "write-protected");
    if (stick->is_read_only)
        return ga_tr(pick->lang, "can be read only");
    return stick->free_bytes < 0 ? ""
                                 : ga_words_say(&pick->arena, pick->lang, GA_N_("%1 free"),
                                                bytes_text(&pick->arena, stick->free_bytes));
}

static const char *label_at(void *ctx, size_t i)
{
    struct ga_stick_pick *pick = ctx;
    if (i >= pick->sticks.len)
        return i - pick->sticks.len == AGAIN ? ga_tr(pick->lang, "Look for sticks again")
                                             : ga_tr(pick->lang, "Another folder …");
    const struct ga_stick *stick = ga_vec_at(&pick->sticks, i);
    return ga_arena_printf(&pick->arena, "%s  %s  %s", stick->label[0] != '\0' ? stick->label : ga_tr(pick->lang, "Stick without a name"),
                           bytes_text(&pick->arena, stick->size_bytes), state_of_stick(pick, stick));
}

void ga_stick_pick_open(struct ga_stick_pick *pick, struct ga_screen *screen, int tag)
{
    pick->lang = ga_screen_lang(screen);
    pick->is_typing = false;
    look(pick);
    pick->options = (struct ga_tui_options){.ctx = pick, .count = pick->sticks.len + MORE_LINES, .label = label_at};
    const struct ga_tui_pick dialog = {
        .title = pick->sticks.len > 0 ? ga_screen_tr(screen, "Which stick?")
                                      : ga_screen_tr(screen, "No stick is there: put one in, then look again"),
        .options = &pick->options, .picked = -1, .picks_by_digit = pick->options.count <= 9};
    ga_tui_pick_open(screen, &dialog, tag);
}

void ga_stick_pick_reword(struct ga_stick_pick *pick, struct ga_screen *screen, int tag)
{
    if (!pick->is_typing)
        ga_stick_pick_open(pick, screen, tag);
}

static void ask_folder(struct ga_stick_pick *pick, struct ga_screen *screen, int tag)
{
    const struct ga_dialog_ask ask = {.title = ga_screen_tr(screen, "Folder"),
                                      .text = ga_screen_tr(screen, "Which folder? Its path, as the file manager shows it."),
                                      .initial = "", .max_chars = PATH_CHARS};
    pick->is_typing = true;
    ga_dialog_ask(screen, &ask, tag);
}

static bool take_typed(struct ga_stick_pick *pick, struct ga_screen *screen, const char *typed, const char **ret_folder)
{
    const struct ga_io_ops *io = pick->session->options->io;
    struct ga_io_stat stat;
    const char *folder = ga_file_places_typed(getenv("HOME"), typed, &pick->arena);
    if (folder[0] != '\0' && io->stat(io->ctx, folder, &stat) == 0 && stat.is_dir) {
        *ret_folder = folder;
        return true;
    }
    ga_words_tell(screen->ui, GA_STYLE_WARNING, GA_N_("%1 is no folder"), folder);
    return false;
}

/* As it is now: pulled out since the list was shown, or put in where no desktop opens it. */
static bool open_stick(struct ga_stick_pick *pick, struct ga_screen *screen, const char *device, struct ga_stick *ret_stick)
{
    struct ga_error err = {0};
    const enum ga_rc rc = ga_session_stick_open(pick->session, device, &pick->arena, ret_stick, &err);
    if (rc == GA_NOT_FOUND)
        ga_words_tell(screen->ui, GA_STYLE_WARNING,
                      GA_N_("This computer does not open sticks by itself: open %1 in the file manager, then look again"), device);
    else if (rc != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    return rc == GA_OK;
}

bool ga_stick_pick_take(struct ga_stick_pick *pick, struct ga_screen *screen, const struct ga_tui_result *result,
                        const char **ret_folder)
{
    if (!result->is_done)
        return false;
    if (pick->is_typing)
        return take_typed(pick, screen, result->text, ret_folder);
    if ((size_t)result->code >= pick->sticks.len) {
        if ((size_t)result->code - pick->sticks.len == AGAIN)
            ga_stick_pick_open(pick, screen, result->tag);
        else
            ask_folder(pick, screen, result->tag);
        return false;
    }
    struct ga_stick stick;
    if (!open_stick(pick, screen, GA_VEC_AT(const struct ga_stick, &pick->sticks, (size_t)result->code)->device, &stick))
        return false;
    *ret_folder = stick.folder;
    return true;
}
