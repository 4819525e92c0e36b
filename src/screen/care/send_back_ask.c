/* Asks with which words a record is sent back, from whatever page it stands on. */
#include "care/send_back_ask.h"

#include "guanai/app/record_face.h"
#include "guanai/screen/session.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/loop.h"
#include "parts/words.h"

void ga_send_back_ask(struct ga_screen *screen, const struct ga_uuid *record, const char *typed, int tag)
{
    struct ga_session *session = ga_screen_session(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    struct ga_arena arena = {0};
    struct ga_record_face face;
    struct ga_error err = {0};
    if (ga_record_face_read(session, record, &arena, &face, &err) != GA_OK) {
        ga_ui_say_error(screen->ui, &err);
    } else {
        const struct ga_dialog_ask ask = {
            .title = ga_words_say(&arena, lang, GA_N_("Send back: %1"), ga_record_face_text(session, &face, lang, &arena)),
            .text = ga_words_say(&arena, lang, GA_N_("What is to be mended, in a sentence? It stands on the first screen of %1 until it is."),
                                 ga_words_who(&arena, lang, face.doer, face.typist)),
            .initial = typed,
            .max_chars = GA_SEND_BACK_CHARS,
        };
        ga_dialog_ask(screen, &ask, tag);
    }
    ga_arena_finish(&arena);
}

bool ga_send_back_take(struct ga_screen *screen, const struct ga_uuid *record, const struct ga_tui_result *result)
{
    struct ga_error err = {0};
    if (!result->is_done)
        return false;
    const enum ga_rc rc = ga_send_back(ga_screen_session(screen), record, result->text, &err);
    if (rc == GA_OK) {
        ga_words_tell(screen->ui, GA_STYLE_OK, GA_N_("Sent back: %1"), result->text);
        return true;
    }
    ga_ui_say_error(screen->ui, &err);
    if (rc == GA_REFUSED)
        ga_send_back_ask(screen, record, result->text, result->tag);
    return false;
}
