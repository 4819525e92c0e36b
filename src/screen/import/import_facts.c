/* What is known of a file before it is taken in, as lines of a page. */
#include "import/import_facts.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/exchange/import_columns.h"
#include "guanai/exchange/import_differences.h"
#include "guanai/exchange/import_returns.h"
#include "import/import_rows.h"
#include "parts/words.h"

#include <string.h>

static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

/* "姓名、性别、班级 …": headings of one kind of all sheets, each once as far as sheets repeat the first. */
static size_t list_headings(const struct ga_import *import, bool is_known, enum ga_lang lang, struct ga_str *out)
{
    size_t sheets_count, found = 0;
    const struct ga_import_sheet *sheets = ga_import_sheets(import, &sheets_count);
    for (size_t s = 0; s < sheets_count; s++) {
        for (size_t i = 0; i < sheets[s].columns_count; i++) {
            const struct ga_import_column *column = &sheets[s].columns[i];
            const bool is_wanted = ga_import_column_is_known(column) == is_known && *column->heading != '\0';
            if (!is_wanted || (s > 0 && strstr(ga_str_text(out), column->heading) != NULL))
                continue;
            ga_str_add(out, found++ > 0 ? (lang == GA_ZH ? "、" : ", ") : "");
            ga_str_add(out, column->heading);
        }
    }
    return found;
}

static void add_columns(const struct ga_import_facts *facts, enum ga_lang lang, struct ga_arena *arena,
                        struct ga_menu *menu)
{
    struct ga_str known = {0};
    struct ga_str unknown = {0};
    size_t known_count = list_headings(facts->import, true, lang, &known);
    size_t unknown_count = list_headings(facts->import, false, lang, &unknown);
    ga_menu_add(menu, GA_IMPORT_COLUMNS, 'c', ga_words_say(arena, lang, GA_N_("%1 columns known"), GA_NUM(known_count)),
                ga_arena_strdup(arena, ga_str_text(&known)));
    if (unknown_count > 0)
        ga_menu_say(menu, GA_STYLE_WARNING,
                    ga_words_say(arena, lang, GA_N_("! %1 columns nobody knows, left alone: %2"), GA_NUM(unknown_count),
                                 ga_str_text(&unknown)),
                    NULL);
    if (ga_import_recalled(facts->import) > 0)
        ga_menu_say(menu, GA_STYLE_DIM,
                    ga_words_say(arena, lang, GA_N_("   %1 of them placed by hand, as the last time"),
                                 GA_NUM(ga_import_recalled(facts->import))),
                    NULL);
    ga_str_finish(&known);
    ga_str_finish(&unknown);
}

static const char *fate_of(enum ga_verdict verdict, enum ga_import_mode mode)
{
    static const char *const fates[GA_VERDICT_COUNT] = {
        [GA_VERDICT_NEW] = GA_N_("made"),
        [GA_VERDICT_FILLS] = GA_N_("empty fields are filled, nothing else is touched"),
        [GA_VERDICT_CHANGES] = GA_N_("shown only, the archive keeps what it has"),
        [GA_VERDICT_SAME] = GA_N_("nothing to do"),
        [GA_VERDICT_REFUSED] = GA_N_("each with its reason"),
    };
    if (verdict == GA_VERDICT_CHANGES && mode == GA_IMPORT_UPDATE)
        return GA_N_("the file's values are taken, the old ones stay in the history");
    return fates[verdict];
}

static void add_verdicts(const struct ga_import_facts *facts, enum ga_lang lang, struct ga_arena *arena,
                         struct ga_menu *menu)
{
    for (int v = 0; v < GA_VERDICT_COUNT; v++) {
        size_t count = ga_import_count(facts->import, (enum ga_verdict)v);
        const char *text = ga_arena_printf(arena, "%6zu  %s", count, ga_tr(lang, ga_verdict_words[v]));
        const char *fate = facts->is_done ? "" : ga_tr(lang, fate_of((enum ga_verdict)v, facts->mode));
        ga_menu_add(menu, GA_IMPORT_VERDICT + v, '1' + (uint32_t)v, text, count > 0 ? fate : "");
    }
    ga_menu_say(menu, GA_STYLE_DIM,
                ga_words_say(arena, lang, GA_N_("   = %1 rows of the file"), GA_NUM(ga_import_rows(facts->import))), NULL);
    if (ga_import_returns(facts->import) > 0)
        ga_menu_add(menu, GA_IMPORT_RETURNS, 'r',
                    ga_words_say(arena, lang, GA_N_("%1 of them had left"), GA_NUM(ga_import_returns(facts->import))),
                    facts->is_done ? "" : ga_words_say(arena, lang, GA_N_("come back, their old files are opened again: %1"),
                                                       GA_NUM(ga_import_to_return(facts->import))));
    if (ga_import_alikes(facts->import) > 0)
        ga_menu_add(menu, GA_IMPORT_ALIKES, 'a',
                    ga_words_say(arena, lang, GA_N_("! %1 of the new may have a file already"),
                                 GA_NUM(ga_import_alikes(facts->import))),
                    ga_tr(lang, "a child like this, or of this name, is here"));
    if (ga_import_left_out(facts->import)->rows > 0)
        ga_menu_say(menu, GA_STYLE_DIM,
                    ga_words_say(arena, lang, GA_N_("   %1 rows of totals, footnotes or headings left out"),
                                 GA_NUM(ga_import_left_out(facts->import)->rows)),
                    NULL);
    if (ga_import_gaps(facts->import) > 0)
        ga_menu_say(menu, GA_STYLE_DIM,
                    ga_words_say(arena, lang, GA_N_("   %1 things are still missing in them; that bars nothing"),
                                 GA_NUM(ga_import_gaps(facts->import))),
                    NULL);
}

static void add_settings(const struct ga_import_facts *facts, enum ga_lang lang, struct ga_arena *arena,
                         struct ga_menu *menu)
{
    static const char *const modes[] = {
        [GA_IMPORT_FILL] = GA_N_("fill only what is empty"),
        [GA_IMPORT_UPDATE] = GA_N_("take over changes too"),
        [GA_IMPORT_APPEND] = GA_N_("every row is a new record"),
    };
    size_t sheets_count;
    ga_import_sheets(facts->import, &sheets_count);
    ga_menu_add(menu, GA_IMPORT_MODE, 'm', ga_tr(lang, "How"), ga_tr(lang, modes[facts->mode]));
    ga_menu_add(menu, GA_IMPORT_FORM, 'f', ga_tr(lang, "As what"), facts->form);
    if (sheets_count > 1 || facts->sheet != 0)
        ga_menu_add(menu, GA_IMPORT_SHEET, 'b', ga_tr(lang, "Sheet"),
                    facts->sheet == 0 ? ga_words_say(arena, lang, GA_N_("all %1"), GA_NUM(sheets_count))
                                      : ga_arena_strdup(arena, GA_NUM(facts->sheet)));
}

/* What is not as the mode has it is said: somebody has decided it. */
static void add_one_by_one(const struct ga_import_facts *facts, enum ga_lang lang, struct ga_arena *arena,
                           struct ga_menu *menu)
{
    const size_t changes = ga_import_to_change(facts->import);
    if (ga_import_count(facts->import, GA_VERDICT_CHANGES) > 0)
        ga_menu_add(menu, GA_IMPORT_DIFFER, 'd', ga_tr(lang, "Differences one by one"),
                    ga_words_say(arena, lang, GA_N_("rows in which the file's value is taken: %1"), GA_NUM(changes)));
    if (ga_import_count(facts->import, GA_VERDICT_FILLS) > 0)
        ga_menu_add(menu, GA_IMPORT_ADDED, 'e', ga_tr(lang, "Additions one by one"), NULL);
}

/* "新建 28，补空项 3": what there is none of is left out. */
static const char *say_counts(const struct ga_import *import, enum ga_lang lang, struct ga_arena *arena)
{
    size_t rows[GA_VERDICT_COUNT];
    ga_import_count_written(import, rows);
    const struct {
        size_t count;
        const char *words;
    } parts[] = {
        {rows[GA_VERDICT_NEW], GA_N_("%1 new")},
        {rows[GA_VERDICT_FILLS], GA_N_("%1 filled in")},
        {rows[GA_VERDICT_CHANGES], GA_N_("%1 changed")},
        {ga_import_to_return(import), GA_N_("%1 come back")},
    };
    const char *text = "";
    for (size_t i = 0; i < GA_COUNT(parts); i++)
        if (parts[i].count > 0)
            text = ga_arena_printf(arena, "%s%s%s", text, *text != '\0' ? ga_tr(lang, ", ") : "",
                                   ga_words_say(arena, lang, parts[i].words, GA_NUM(parts[i].count)));
    return text;
}

static void add_ways_on(const struct ga_import_facts *facts, enum ga_lang lang, struct ga_arena *arena,
                        struct ga_menu *menu)
{
    size_t to_write = ga_import_to_write(facts->import);
    ga_menu_say(menu, GA_STYLE_NORMAL, "", NULL);
    if (facts->is_done)
        ga_menu_add(menu, GA_IMPORT_CLOSE, 'o', ga_tr(lang, "Done, back to the first page"), NULL);
    else if (to_write > 0)
        ga_menu_add(menu, GA_IMPORT_GO, GA_KEY_NONE,
                    ga_words_say(arena, lang, GA_N_("Ctrl-S takes in: %1"), say_counts(facts->import, lang, arena)), NULL);
    else
        ga_menu_say(menu, GA_STYLE_STRONG, ga_tr(lang, "Nothing in this file has to be taken in."), NULL);
    if (!facts->is_done && to_write == 0)
        ga_menu_add(menu, GA_IMPORT_CLOSE, 'o', ga_tr(lang, "Back to the files"), NULL);
    if (ga_import_count(facts->import, GA_VERDICT_REFUSED) > 0)
        ga_menu_add(menu, GA_IMPORT_REJECTS, 'w',
                    facts->rejects != NULL
                        ? ga_words_say(arena, lang, GA_N_("Refused rows are in %1"), facts->rejects)
                        : ga_tr(lang, "Write the rows that cannot be taken to a file, to be mended"),
                    NULL);
}

void ga_import_facts_list(const struct ga_import_facts *facts, enum ga_lang lang, struct ga_arena *arena,
                          struct ga_menu *menu)
{
    int selected = ga_menu_selected(menu);
    ga_menu_clear(menu);
    ga_menu_say(menu, GA_STYLE_STRONG, name_of(facts->path), NULL);
    if (facts->import == NULL)
        return;
    add_columns(facts, lang, arena, menu);
    ga_menu_say(menu, GA_STYLE_NORMAL, "", NULL);
    add_verdicts(facts, lang, arena, menu);
    ga_menu_say(menu, GA_STYLE_NORMAL, "", NULL);
    if (!facts->is_done) {
        add_settings(facts, lang, arena, menu);
        add_one_by_one(facts, lang, arena, menu);
    }
    add_ways_on(facts, lang, arena, menu);
    int usual = !facts->is_done && ga_import_to_write(facts->import) > 0 ? GA_IMPORT_GO : GA_IMPORT_CLOSE;
    ga_menu_settle(menu, selected != 0 && !facts->is_done ? selected : usual);
}
