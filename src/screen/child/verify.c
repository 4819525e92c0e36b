/* The list of records with answers that wait for a second typing. */
#include "guanai/screen/verify.h"

#include "child/verify_run.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/screen/session.h"
#include "guanai/store/roster.h"
#include "guanai/tui/widget/list.h"
#include "guanai/tui/widget/options.h"
#include "parts/class_pick.h"
#include "parts/list_page.h"
#include "parts/words.h"

#include <string.h>

enum command { BEGIN = 1, CLASS, OWN };
enum column { NAME, IN_CLASS, FIELDS, TYPED_BY };

struct verify {
    struct ga_list_page shown; /* first: list_page.h */
    struct ga_verify_filter filter;
    struct ga_verify_record *records;
    int64_t verified, all;
    struct ga_class_pick classes;
    enum ga_lang lang;
};

static struct verify *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct verify, screen);
}

/* "身份证号、父亲电话！": the fields by name, ! for one that was left open; by whom, each once. */
static void say_fields(struct verify *verify, const struct ga_verify_record *record, struct ga_str *names,
                       struct ga_str *typists)
{
    struct ga_verify_field *fields;
    size_t count = 0;
    if (ga_verify_read(verify->shown.session->store, &record->id, &verify->shown.row, &fields, &count, NULL) != GA_OK)
        return;
    const char *comma = verify->lang == GA_ZH ? "、" : ", ";
    for (size_t i = 0; i < count; i++) {
        if (fields[i].is_verified)
            continue;
        ga_str_addf(names, "%s%s%s", names->len > 0 ? comma : "", fields[i].is_left_open ? "! " : "",
                    ga_label_text(&fields[i].field->label, verify->lang));
        const char *who = fields[i].file != NULL                           ? fields[i].file
                          : ga_verify_is_own(verify->shown.session, &fields[i]) ? ga_tr(verify->lang, "yourself")
                                                                          : fields[i].typed_by;
        if (strstr(ga_str_text(typists), who) == NULL)
            ga_str_addf(typists, "%s%s", typists->len > 0 ? comma : "", who);
    }
}

static void fetch(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    struct verify *verify = state_of(ctx);
    for (size_t i = 0; i < count; i++) {
        const struct ga_verify_record *record = &verify->records[first + i];
        struct ga_str names = {0}, typists = {0};
        say_fields(verify, record, &names, &typists);
        ga_tui_cells_put(cells, i, NAME,
                         record->name[0] != '\0' ? record->name : ga_label_text(&record->form->title, verify->lang));
        ga_tui_cells_put(cells, i, IN_CLASS, record->class_shown);
        ga_tui_cells_put(cells, i, FIELDS, ga_str_text(&names));
        ga_tui_cells_put(cells, i, TYPED_BY, ga_str_text(&typists));
        ga_str_finish(&names);
        ga_str_finish(&typists);
        ga_arena_reset(&verify->shown.row);
    }
}

static enum ga_rc read_records(struct ga_screen *screen, struct ga_error *err)
{
    struct verify *verify = state_of(screen);
    struct ga_store *store = verify->shown.session->store;
    verify->lang = ga_screen_lang(screen);
    const enum ga_rc rc = ga_verify_list(store, &verify->filter, verify->lang, &verify->shown.arena, &verify->records, &verify->shown.count, err);
    return rc == GA_OK ? ga_verify_count(store, &verify->filter, &verify->verified, &verify->all, err) : rc;
}

static void show_verified(struct ga_screen *screen)
{
    struct verify *verify = state_of(screen);
    ga_screen_set_status(screen, ga_words_say(&verify->shown.row, verify->lang, GA_N_("verified %1 of %2. Enter begins at the marked child."),
                                              GA_NUM(verify->verified), GA_NUM(verify->all)));
    ga_arena_reset(&verify->shown.row);
}

static const struct ga_tui_column columns[] = {
    [NAME] = {.title = GA_N_("Name"), .cols = 12, .min_cols = 8},
    [IN_CLASS] = {.title = GA_N_("Class"), .cols = 14, .min_cols = 10, .priority = 1},
    [FIELDS] = {.title = GA_N_("To type again"), .cols = 30, .min_cols = 12, .grows = true},
    [TYPED_BY] = {.title = GA_N_("First typed by"), .cols = 14, .min_cols = 8, .priority = 2},
};

static const struct ga_list_page_kind kind = {
    .columns = columns, .columns_count = GA_COUNT(columns), .empty = GA_N_("Nothing waits to be typed again."),
    .fetch = fetch, .read = read_records, .status = show_verified, .is_worded = true};

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)arg;
    (void)err;
    struct verify *verify = state_of(screen);
    ga_list_page_begin(screen, &kind);
    ga_class_pick_init(&verify->classes, verify->shown.session, GA_N_("all classes"));
    return GA_OK;
}

static void leave(struct ga_screen *screen)
{
    ga_class_pick_finish(&state_of(screen)->classes);
    ga_list_page_leave(screen);
}

/* Is there something from the marked child on that somebody else typed? Mostly the first one answers. */
static bool has_others(struct verify *verify)
{
    bool has = false;
    for (size_t i = verify->shown.list.selected; i < verify->shown.count && !has; i++) {
        struct ga_verify_field *fields;
        size_t count = 0;
        ga_arena_reset(&verify->shown.row);
        if (ga_verify_read(verify->shown.session->store, &verify->records[i].id, &verify->shown.row, &fields, &count, NULL) != GA_OK)
            continue;
        for (size_t f = 0; f < count; f++)
            has |= !fields[f].is_verified && !ga_verify_is_own(verify->shown.session, &fields[f]);
    }
    return has;
}

static void begin(struct ga_screen *screen, bool takes_own)
{
    const struct verify *verify = state_of(screen);
    const struct ga_verify_run_arg arg = {.records = verify->records, .count = verify->shown.count, .first = verify->shown.list.selected,
                                          .verified = verify->verified, .all = verify->all, .takes_own = takes_own};
    ga_verify_run_open(screen, &arg, BEGIN);
}

static enum ga_reply command(struct ga_screen *screen, int id)
{
    if (id == CLASS)
        ga_class_pick_open(&state_of(screen)->classes, screen, CLASS);
    else if (has_others(state_of(screen)))
        begin(screen, false);
    else
        ga_verify_ask_own(screen, OWN);
    return GA_REDRAW;
}

static bool offers(const struct ga_screen *screen, int id)
{
    return id != BEGIN || state_of(screen)->shown.count > 0;
}

/* NULL: all classes. */
static void narrow(struct ga_screen *screen, const struct ga_roster_class *class)
{
    struct ga_verify_filter *filter = &state_of(screen)->filter;
    *filter = (struct ga_verify_filter){0};
    if (class == NULL)
        return;
    filter->site = ga_arena_strdup(&screen->arena, class->site);
    filter->grade = ga_arena_strdup(&screen->arena, class->grade);
    filter->class_no = ga_arena_strdup(&screen->arena, class->class_no);
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct verify *verify = state_of(screen);
    const struct ga_roster_class *class;
    if (result->tag == CLASS && ga_class_pick_take(&verify->classes, result, &class))
        narrow(screen, class);
    if (result->tag == OWN) {
        if (result->is_done && result->code == 1)
            begin(screen, true);
        return;
    }
    ga_list_page_read(screen);
}

static void reword(struct ga_screen *screen, int tag)
{
    if (tag == CLASS)
        ga_class_pick_open(&state_of(screen)->classes, screen, CLASS);
    else if (tag == OWN)
        ga_verify_ask_own(screen, OWN);
}

static const struct ga_tui_command commands[] = {
    {BEGIN, {GA_KEY_ENTER}, GA_N_("Begin"), GA_N_("type answers again, from the marked child on"), GA_COMMAND_IN_BAR},
    {CLASS, {GA_KEY_F(3), 'c'}, GA_N_("Class"), GA_N_("only the children of one class"), GA_COMMAND_IN_BAR},
};

const struct ga_screen_ops ga_screen_verify = {
    .name = "verify",
    .title = GA_N_("Type again"),
    .help = GA_N_("Numbers and birth dates are typed by two people, each from the paper: slips show at once. The list holds the "
                  "children with answers that only one person has typed, behind them those a file brought and nobody has "
                  "typed; what you typed yourself is for somebody else."),
    .state_bytes = sizeof(struct verify),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = leave,
    GA_LIST_PAGE_OPS,
    .command = command,
    .offers = offers,
    .resumed = resumed,
    .reword = reword,
};
