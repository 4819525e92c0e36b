/* What stands below the box on the first screen. */
#include "home/home_menu.h"

#include "guanai/app/own_files.h"
#include "guanai/app/sync_matters.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/store/card_no.h"
#include "guanai/store/doubles.h"
#include "guanai/store/roster.h"
#include "parts/words.h"

void ga_home_menu_init(struct ga_home_menu *facts)
{
    ga_menu_init(&facts->menu);
    ga_arena_init(&facts->arena);
}

void ga_home_menu_finish(struct ga_home_menu *facts)
{
    ga_menu_finish(&facts->menu);
    ga_arena_finish(&facts->arena);
}

static void add_drafts(struct ga_home_menu *facts, enum ga_lang lang)
{
    const struct ga_unfinished *drafts = &facts->drafts;
    struct ga_menu *menu = &facts->menu;
    if (drafts->count > 0 || facts->note.form != NULL)
        ga_menu_say(menu, GA_STYLE_LABEL, ga_tr(lang, "Left unfinished"), NULL);
    for (size_t i = 0; i < drafts->count; i++)
        ga_menu_add_numbered(menu, GA_HOME_DRAFT + (int)i, drafts->text[i], NULL);
    if (drafts->more > 0)
        ga_menu_say(menu, GA_STYLE_DIM,
                    ga_words_say(&facts->arena, lang, GA_N_("and %1 older ones"), GA_NUM(drafts->more)), NULL);
    if (drafts->others > 0)
        ga_menu_say(menu, GA_STYLE_DIM,
                    ga_words_say(&facts->arena, lang, GA_N_("Others have %1 unfinished; they are kept for them."),
                                 GA_NUM(drafts->others)),
                    NULL);
    if (facts->note.form != NULL)
        ga_menu_add(menu, GA_HOME_NOTE, GA_KEY_NONE,
                    ga_words_say(&facts->arena, lang, GA_N_("Go on with the note on “%1”?"),
                                 ga_label_text(&facts->note.field->label, lang)),
                    NULL);
    if (drafts->count + drafts->others > 0 || facts->note.form != NULL)
        ga_menu_say(menu, GA_STYLE_NORMAL, "", NULL);
}

struct figure {
    int id;
    const char *text;
    size_t at; /* in struct ga_roster_class */
};

static const struct figure figures[] = {
    {GA_HOME_ROSTER, GA_N_("Children here"), offsetof(struct ga_roster_class, children)},
    {GA_HOME_LEFT_BEHIND, GA_N_("Left behind"), offsetof(struct ga_roster_class, left_behind)},
    {GA_HOME_KEY, GA_N_("Key children (★)"), offsetof(struct ga_roster_class, key)},
    {GA_HOME_UNGUARDED, GA_N_("Nobody guards them"), offsetof(struct ga_roster_class, unguarded)},
    {GA_HOME_BOARDING, GA_N_("Boarders"), offsetof(struct ga_roster_class, boarding)},
};

/* What is to be done stands above what is only to be known. */
static enum ga_rc add_care(struct ga_home_menu *facts, struct ga_session *session, enum ga_lang lang, struct ga_error *err)
{
    bool is_known = true;
    facts->care = (struct ga_home_lines){.session = session, .lang = lang, .arena = &facts->arena, .menu = &facts->menu};
    const enum ga_rc rc = ga_home_lines_read(&facts->care, &is_known, err);
    facts->is_unknown = rc == GA_OK && !is_known;
    return rc;
}

/* Only while there is something to look at. */
static void add_doubles(struct ga_home_menu *facts, struct ga_session *session, enum ga_lang lang)
{
    const int64_t count = ga_doubles_known(session->store);
    const char *number = ga_arena_printf(&facts->arena, "%6lld", (long long)count);
    if (count > 0)
        ga_menu_add_numbered(&facts->menu, GA_HOME_DOUBLES, ga_tr(lang, "Perhaps one child"),
                             ga_words_say(&facts->arena, lang, count == 1 ? GA_N_("%1 pair") : GA_N_("%1 pairs"), number));
}

static void add_card_numbers(struct ga_home_menu *facts, struct ga_session *session, enum ga_lang lang)
{
    const int64_t count = ga_store_shared_cards_known(session->store);
    if (count > 0)
        ga_menu_add_numbered(&facts->menu, GA_HOME_CARD_NUMBERS, ga_tr(lang, "One card no. twice"),
                             ga_words_say(&facts->arena, lang, GA_N_("%1 children"),
                                          ga_arena_printf(&facts->arena, "%6lld", (long long)count)));
}

static void add_notes(struct ga_home_menu *facts, struct ga_session *session, enum ga_lang lang)
{
    int64_t count = 0;
    if (ga_notes_count_open(session->store, &count, NULL) != GA_OK || count == 0)
        return;
    ga_menu_add_numbered(&facts->menu, GA_HOME_NOTES, ga_tr(lang, "Open notes"),
                         ga_words_say(&facts->arena, lang, count == 1 ? GA_N_("%1 note") : GA_N_("%1 notes"),
                                      ga_arena_printf(&facts->arena, "%6lld", (long long)count)));
}

static void add_figures(struct ga_home_menu *facts, struct ga_session *session, const struct ga_roster_class *totals,
                        enum ga_lang lang)
{
    for (size_t i = 0; i < GA_COUNT(figures); i++) {
        int64_t count = *(const int64_t *)((const char *)totals + figures[i].at);
        const char *number = ga_arena_printf(&facts->arena, "%6lld", (long long)count);
        ga_menu_add_numbered(&facts->menu, figures[i].id, ga_tr(lang, figures[i].text),
                             ga_words_say(&facts->arena, lang, count == 1 ? GA_N_("%1 child") : GA_N_("%1 children"), number));
    }
    ga_menu_add_numbered(&facts->menu, GA_HOME_FIGURES, ga_tr(lang, "Who counts"), NULL);
    add_doubles(facts, session, lang);
    add_card_numbers(facts, session, lang);
    add_notes(facts, session, lang);
    ga_menu_say(&facts->menu, GA_STYLE_NORMAL, "", NULL);
}

/* A teaching point's new computer: what the school has comes by stick. */
static void add_exchange_way(struct ga_home_menu *facts, struct ga_session *session, enum ga_lang lang)
{
    struct ga_sync_matters matters = {.has_peers = false};
    ga_sync_matters(session, &facts->arena, &matters, NULL);
    if (matters.has_peers)
        ga_menu_add_numbered(&facts->menu, GA_HOME_EXCHANGE, ga_tr(lang, "Exchange by stick: take in what the school has"), NULL);
    else
        ga_menu_add_numbered(&facts->menu, GA_HOME_ENROL, ga_tr(lang, "Join a school that has this program on another computer"), NULL);
}

static void add_ways(struct ga_home_menu *facts, struct ga_session *session, bool is_empty, enum ga_lang lang)
{
    struct ga_menu *menu = &facts->menu;
    const char *user = ga_store_user(session->store), *typist = ga_store_typist(session->store);
    if (is_empty) {
        ga_menu_say(menu, GA_STYLE_STRONG, ga_tr(lang, "There are no children in this archive yet."), NULL);
        ga_menu_say(menu, GA_STYLE_NORMAL, ga_tr(lang, "Take in the school's roster, or type the first child:"), NULL);
        ga_menu_say(menu, GA_STYLE_NORMAL, "", NULL);
        ga_menu_add(menu, GA_HOME_IMPORT, GA_KEY_F(4), ga_tr(lang, "Take in a roster (CSV or XLSX)"), NULL);
        ga_menu_add(menu, GA_HOME_NEW, GA_KEY_F(2), ga_tr(lang, "Make a new child's file"), NULL);
        add_exchange_way(facts, session, lang);
    } else {
        ga_menu_add(menu, GA_HOME_BATCH, GA_KEY_NONE, ga_tr(lang, "Enter one form for several children at once"), NULL);
        ga_menu_add(menu, GA_HOME_NEW, GA_KEY_F(2), ga_tr(lang, "Make a new child's file"), NULL);
        ga_menu_add(menu, GA_HOME_IMPORT, GA_KEY_F(4), ga_tr(lang, "Take in a roster (CSV or XLSX)"), NULL);
        ga_menu_add(menu, GA_HOME_EXPORT, GA_KEY_F(5), ga_tr(lang, "Write a table for others"), NULL);
    }
    ga_menu_add(menu, GA_HOME_NAME, GA_KEY_F(6),
                ga_words_say(&facts->arena, lang, GA_N_("At the keys: %1. Somebody else?"), typist), NULL);
    ga_menu_add(menu, GA_HOME_FOR, GA_KEY_F(12),
                ga_session_is_for_other(session)
                    ? ga_words_say(&facts->arena, lang, GA_N_("Typing for %1. Back to your own?"), user)
                    : ga_tr(lang, "Type the sheets of somebody else"),
                NULL);
    ga_menu_add(menu, GA_HOME_MORE, '0', ga_tr(lang, "More: checklists, settings, end of the school year …"), NULL);
    if (ga_store_waiting_forms(session->store)[0] != '\0' || ga_own_files_wait(session))
        ga_menu_add(menu, GA_HOME_FORMS, GA_KEY_NONE, ga_tr(lang, "! Changed forms wait for the administrator"), NULL);
    ga_menu_add(menu, GA_HOME_GUIDE, GA_KEY_F(7), ga_tr(lang, "How this program works"), NULL);
    ga_menu_add(menu, GA_HOME_QUIT, GA_KEY_NONE, ga_tr(lang, "Leave the program, Ctrl-Q (what is unfinished is kept)"),
                NULL);
}

enum ga_rc ga_home_menu_read(struct ga_home_menu *facts, struct ga_session *session, enum ga_lang lang,
                             struct ga_error *err)
{
    struct ga_roster_class totals = {0};
    int selected = ga_menu_selected(&facts->menu);
    ga_menu_clear(&facts->menu);
    ga_arena_reset(&facts->arena);
    enum ga_rc rc = ga_store_totals(session->store, &totals, err);
    if (rc == GA_OK)
        rc = ga_unfinished_read(session, lang, &facts->arena, &facts->drafts, err);
    if (rc != GA_OK)
        facts->drafts = (struct ga_unfinished){0};
    bool is_empty = totals.children + totals.left == 0;
    facts->care.count = 0;
    facts->is_unknown = false;
    if (!ga_note_find_half(session, &facts->note))
        facts->note = (struct ga_note_place){0};
    add_drafts(facts, lang);
    if (rc == GA_OK && !is_empty)
        rc = add_care(facts, session, lang, err);
    if (!is_empty)
        add_figures(facts, session, &totals, lang);
    add_ways(facts, session, is_empty, lang);
    ga_menu_settle(&facts->menu, selected);
    return rc;
}
