/* The list of reports and referrals that are not closed. */
#include "guanai/screen/reports.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/care/report.h"
#include "guanai/screen/child.h"
#include "guanai/screen/record.h"
#include "guanai/screen/report.h"
#include "guanai/screen/session.h"
#include "guanai/store/number.h"
#include "guanai/store/roster.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/widget/list.h"
#include "parts/list_page.h"
#include "parts/words.h"

enum command { OPEN = 1, FILE_OF };
enum tag { WAY = 1, DONE };
enum column { STATE, LONG, NAME, CLASS, WHAT, WHOM };

/* What can be done about one; the first four are codes of list told_whom. */
enum way { POLICE, CIVIL, BUREAU, TOWN, ANSWER, CLOSE, OPEN_REPORT, OPEN_REFERRAL };
static const char *const offices[] = {[POLICE] = "police", [CIVIL] = "civil", [BUREAU] = "bureau", [TOWN] = "town"};

static const struct ways {
    size_t count;
    enum way items[8];
} ways_of[GA_REPORT_STATES] = {
    [GA_REPORT_OPEN] = {5, {POLICE, CIVIL, BUREAU, TOWN, OPEN_REPORT}},
    [GA_REPORT_WAITING] = {7, {ANSWER, POLICE, CIVIL, BUREAU, TOWN, OPEN_REPORT, OPEN_REFERRAL}},
    [GA_REPORT_ANSWERED] = {7, {CLOSE, POLICE, CIVIL, BUREAU, TOWN, OPEN_REPORT, OPEN_REFERRAL}},
};

struct reports {
    struct ga_list_page shown; /* first: list_page.h */
    struct ga_report *items;
    int64_t child; /* whose first one is to be marked; 0: nobody's, or it was */
    enum way ways[GA_DIALOG_CHOICES]; /* of the dialog that is open */
    size_t ways_count;
};

static struct reports *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct reports, screen);
}

static const struct ga_report *marked(const struct reports *reports)
{
    return reports->shown.list.selected < reports->shown.count ? &reports->items[reports->shown.list.selected] : NULL;
}

static const char *long_text(const struct reports *reports, const struct ga_report *report, enum ga_lang lang, struct ga_arena *arena)
{
    struct ga_str text = {0};
    ga_report_long_text(report, reports->shown.session->today, ga_session_minute(reports->shown.session), lang, &text);
    const char *copy = ga_arena_strdup(arena, ga_str_text(&text));
    ga_str_finish(&text);
    return copy;
}

/* "派出所 110、民政办 王主任": codes one after another, then the person. */
static const char *whom_text(const struct reports *reports, const struct ga_report *report, enum ga_lang lang, struct ga_arena *arena)
{
    const char *said = "";
    for (const char *at = report->told_whom; *at != '\0';) {
        const size_t len = strcspn(at, " ");
        said = ga_arena_printf(arena, "%s%s%s", said, said[0] == '\0' ? "" : lang == GA_ZH ? "、" : ", ",
                               ga_words_choice(reports->shown.session, "told_whom", ga_arena_strndup(arena, at, len), lang));
        at += len + strspn(at + len, " ");
    }
    return report->told_person[0] == '\0' ? said : ga_arena_printf(arena, "%s %s", said, report->told_person);
}

static const char *what_text(const struct reports *reports, const struct ga_report *report, enum ga_lang lang)
{
    if (report->incident == 0)
        return report->asked_for;
    return report->kind[0] != '\0' ? ga_words_choice(reports->shown.session, "incident_kind", report->kind, lang) : report->what;
}

static void fetch(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    struct ga_screen *screen = ctx;
    struct reports *reports = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    for (size_t i = 0; i < count; i++) {
        const struct ga_report *report = &reports->items[first + i];
        struct ga_roster_row child = {.name = "", .class_shown = ""};
        ga_roster_row_of(reports->shown.session->store, report->child, lang, &reports->shown.row, &child, NULL);
        ga_tui_cells_put(cells, i, STATE, ga_tr(lang, ga_report_words[report->state]));
        ga_tui_cells_put(cells, i, LONG, long_text(reports, report, lang, &reports->shown.row));
        ga_tui_cells_put(cells, i, NAME, child.name);
        ga_tui_cells_put(cells, i, CLASS, child.class_shown);
        ga_tui_cells_put(cells, i, WHAT, what_text(reports, report, lang));
        ga_tui_cells_put(cells, i, WHOM, whom_text(reports, report, lang, &reports->shown.row));
        ga_arena_reset(&reports->shown.row);
    }
}

/* Whoever came here because of a child finds it marked. */
static void mark_child(struct ga_screen *screen)
{
    struct reports *reports = state_of(screen);
    for (size_t i = 0; reports->child != 0 && i < reports->shown.count; i++)
        if (reports->items[i].child == reports->child) {
            ga_tui_list_select(&reports->shown.list, i);
            reports->child = 0;
        }
}

static enum ga_rc read_reports(struct ga_screen *screen, struct ga_error *err)
{
    struct reports *reports = state_of(screen);
    return ga_reports_list(reports->shown.session->store, &reports->shown.arena, &reports->items, &reports->shown.count, err);
}

static const struct ga_tui_column columns[] = {
    [STATE] = {.title = GA_N_("How far"), .cols = 15, .min_cols = 6},
    [LONG] = {.title = GA_N_("For"), .cols = 9, .min_cols = 8},
    [NAME] = {.title = GA_N_("Name"), .cols = 12, .min_cols = 8},
    [CLASS] = {.title = GA_N_("Class"), .cols = 11, .min_cols = 10, .priority = 1},
    [WHAT] = {.title = GA_N_("What happened"), .cols = 14, .min_cols = 10, .grows = true},
    [WHOM] = {.title = GA_N_("Passed on to"), .cols = 14, .min_cols = 8, .priority = 1},
};

static const struct ga_list_page_kind kind = {
    .columns = columns, .columns_count = GA_COUNT(columns), .empty = GA_N_("Nothing is open: no report to pass on, no answer to wait for."),
    .fetch = fetch, .read = read_reports, .title = mark_child, .is_worded = true};

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)err;
    state_of(screen)->child = arg != NULL ? *(const int64_t *)arg : 0;
    ga_list_page_begin(screen, &kind);
    return GA_OK;
}

static void add_line(struct ga_str *out, enum ga_lang lang, const char *english, const char *a, const char *b)
{
    struct ga_message message;
    char text[GA_MESSAGE_BYTES];
    if (a[0] == '\0')
        return;
    ga_message_set(&message, english, a, b);
    ga_str_addf(out, "%s%s", out->len > 0 ? "\n" : "", ga_message_text(&message, lang, text, sizeof(text)));
}

/* What the teacher wrote, to whom it went, what came back. */
static void describe(struct reports *reports, const struct ga_report *report, enum ga_lang lang, struct ga_str *out)
{
    char day[GA_DATE_SIZE];
    const char *harm = report->kind[0] == '\0' ? "" : ga_words_choice(reports->shown.session, "incident_kind", report->kind, lang);
    ga_str_add(out, report->what);
    add_line(out, lang, GA_N_("Measures: %1"), report->measures, "");
    if (report->incident != 0)
        add_line(out, lang, "%1 · %2", ga_date_text_short(report->happened_on, lang, day),
                 ga_arena_printf(&reports->shown.row, "%s%s%s%s%s", harm, *harm != '\0' ? "  " : "", report->place, *report->place != '\0' ? "  " : "", report->found_by));
    add_line(out, lang, GA_N_("Passed on: %1, %2"), whom_text(reports, report, lang, &reports->shown.row),
             report->told_on.year != 0 ? ga_date_text_short(report->told_on, lang, day) : "");
    add_line(out, lang, GA_N_("Asked for: %1"), report->asked_for, "");
    if (report->answered_on.year != 0)
        add_line(out, lang, GA_N_("Answer of %1: %2"), ga_date_text_short(report->answered_on, lang, day), report->answer);
}

static const char *way_text(const struct reports *reports, enum way way, enum ga_lang lang, struct ga_arena *arena)
{
    static const char *const texts[] = {[ANSWER] = GA_N_("the answer is there: write it down"), [CLOSE] = GA_N_("close it: the matter is settled"),
                                        [OPEN_REPORT] = GA_N_("open the report itself"), [OPEN_REFERRAL] = GA_N_("open what was sent")};
    if (way <= TOWN)
        return ga_words_say(arena, lang, GA_N_("pass it on: %1"), ga_words_choice(reports->shown.session, "told_whom", offices[way], lang));
    return ga_tr(lang, texts[way]);
}

static bool is_possible(const struct ga_report *report, enum way way)
{
    return way == OPEN_REPORT ? report->incident != 0 : way == OPEN_REFERRAL ? report->referral != 0 : true;
}

static void show(struct ga_screen *screen)
{
    struct reports *reports = state_of(screen);
    const struct ga_report *report = marked(reports);
    const enum ga_lang lang = ga_screen_lang(screen);
    const char *options[GA_DIALOG_CHOICES];
    struct ga_roster_row child = {.name = ""};
    struct ga_str text = {0};
    if (report == NULL)
        return;
    ga_arena_reset(&reports->shown.row);
    ga_roster_row_of(reports->shown.session->store, report->child, lang, &reports->shown.row, &child, NULL);
    reports->ways_count = 0;
    for (size_t i = 0; i < ways_of[report->state].count; i++)
        if (is_possible(report, ways_of[report->state].items[i])) {
            options[reports->ways_count] = way_text(reports, ways_of[report->state].items[i], lang, &reports->shown.row);
            reports->ways[reports->ways_count++] = ways_of[report->state].items[i];
        }
    describe(reports, report, lang, &text);
    const char *title = ga_words_say(&reports->shown.row, lang, GA_N_("%1 · %2 for %3"), child.name, ga_tr(lang, ga_report_words[report->state]),
                                     long_text(reports, report, lang, &reports->shown.row));
    ga_dialog_choose(screen, title, ga_str_text(&text), options, reports->ways_count, WAY);
    ga_str_finish(&text);
}

static bool id_of(const struct reports *reports, int64_t no, struct ga_uuid *ret_id)
{
    return no != 0 && ga_store_id_of(reports->shown.session->store, no, ret_id, NULL) == GA_OK;
}

/* A referral of this report: to whom is known, the person comes next. */
static void send(struct ga_screen *screen, const struct ga_report *report, const char *office, const char *next)
{
    struct reports *reports = state_of(screen);
    struct ga_uuid child, incident;
    char text[GA_UUID_TEXT_SIZE] = "";
    if (id_of(reports, report->incident, &incident))
        ga_uuid_text(&incident, text);
    const struct ga_screen_fill fills[] = {{"sent_to", office}, {"incident", text}};
    if (id_of(reports, report->child, &child))
        ga_screen_record_filled(screen, "referral", &child, fills, text[0] == '\0' ? 1 : 2, next, DONE);
}

/* Told by word of mouth only: the answer is written with what was sent. */
static void take_answer(struct ga_screen *screen, const struct ga_report *report)
{
    struct ga_uuid referral;
    const bool is_one = report->told_whom[0] != '\0' && strchr(report->told_whom, ' ') == NULL;
    if (id_of(state_of(screen), report->referral, &referral))
        ga_screen_record_open(screen, &referral, 0, "answered_on", DONE);
    else
        send(screen, report, is_one ? report->told_whom : "", "answered_on");
}

static void go(struct ga_screen *screen, const struct ga_report *report, enum way way)
{
    struct reports *reports = state_of(screen);
    struct ga_uuid id;
    if (way <= TOWN)
        send(screen, report, offices[way], "person");
    else if (way == ANSWER)
        take_answer(screen, report);
    else if (id_of(reports, way == OPEN_REFERRAL || report->incident == 0 ? report->referral : report->incident, &id))
        ga_screen_record_open(screen, &id, 0, way == CLOSE ? "closed_on" : NULL, DONE);
}

static enum ga_reply command(struct ga_screen *screen, int id)
{
    struct ga_uuid child;
    const struct ga_report *report = marked(state_of(screen));
    if (id == OPEN)
        show(screen);
    else if (report != NULL && id_of(state_of(screen), report->child, &child))
        ga_screen_child_open(screen, &child, DONE);
    return GA_REDRAW;
}

static bool offers(const struct ga_screen *screen, int id)
{
    (void)id;
    return state_of(screen)->shown.count > 0;
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct reports *reports = state_of(screen);
    const struct ga_report *report = marked(reports);
    if (result->tag != WAY)
        ga_list_page_read(screen);
    else if (result->is_done && report != NULL && (size_t)result->code < reports->ways_count)
        go(screen, report, reports->ways[result->code]);
}

static void reword(struct ga_screen *screen, int tag)
{
    if (tag == WAY)
        show(screen);
}

static bool about(struct ga_screen *screen, struct ga_uuid *ret_id)
{
    const struct ga_report *report = marked(state_of(screen));
    return report != NULL && id_of(state_of(screen), report->child, ret_id);
}

static const struct ga_tui_command commands[] = {
    {OPEN, {GA_KEY_ENTER}, GA_N_("Open"), GA_N_("what was written, and what can be done about it"), GA_COMMAND_IN_BAR},
    {FILE_OF, {'o', GA_KEY_F(2)}, GA_N_("The file"), GA_N_("open the child's file"), GA_COMMAND_IN_BAR},
};

const struct ga_screen_ops ga_screen_reports = {
    .name = "reports",
    .title = GA_N_("Reports and referrals"),
    .help = GA_N_("What was reported and must go on to the police, civil affairs or education, what was sent and waits for an "
                  "answer, what was answered and is not closed yet; the most urgent first, with the time since. Enter shows "
                  "what was written; a digit passes it on or takes the answer."),
    .state_bytes = sizeof(struct reports),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = ga_list_page_leave,
    GA_LIST_PAGE_OPS,
    .command = command,
    .offers = offers,
    .resumed = resumed,
    .reword = reword,
    .about = about,
};
