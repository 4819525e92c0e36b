/* What the commands about duties share. */
#include "care.h"

#include "guanai/app/names.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/care/past.h"
#include "guanai/store/roster.h"
#include "guanai/text/class_name.h"

#include <string.h>

enum ga_exit ga_command_care(struct ga_command_line *line, struct ga_session *session, struct ga_care **ret_care)
{
    struct ga_problems problems;
    struct ga_error err = {0};
    ga_problems_init(&problems);
    enum ga_rc rc = ga_session_care(session, &problems, ret_care, &err);
    ga_say_problems(line, &problems, false);
    ga_problems_finish(&problems);
    return rc == GA_OK ? GA_EXIT_DONE : ga_say_error(line, rc, &err);
}

/* Looks for a class among those that have children. */
struct looking {
    struct ga_command_line *line;
    struct ga_session *session;
    const char *typed;
    struct ga_date day; /* the classes are called as they were then; zero: today */
    struct ga_class_name name;
    struct ga_roster_class *classes;
    size_t count;
    const char *elsewhere; /* sites that have such a class as well; NULL: none */
};

/* The day by whose school year the classes are called: one that is over, else today. */
static struct ga_date naming_day(const struct looking *l)
{
    const bool is_earlier = l->day.year != 0 && ga_class_name_school_year(l->day) < ga_class_name_school_year(l->session->today);
    return is_earlier ? l->day : l->session->today;
}

static enum ga_rc read_classes(struct looking *l, struct ga_arena *arena, struct ga_error *err)
{
    const struct ga_date day = naming_day(l);
    struct ga_care *care;
    if (ga_date_compare(day, l->session->today) == 0)
        return ga_store_classes(l->session->store, l->line->lang, arena, &l->classes, &l->count, err);
    const enum ga_rc rc = ga_session_care(l->session, NULL, &care, err);
    return rc == GA_OK ? ga_care_classes(care, day, l->line->lang, arena, &l->classes, &l->count, err) : rc;
}

static enum ga_exit look(struct looking *l, const char *site, struct ga_arena *arena)
{
    struct ga_error err = {0};
    size_t kept = 0;
    enum ga_rc rc = ga_class_name_parse(l->typed, ga_class_name_school_year(naming_day(l)), &l->name, NULL, &err);
    if (rc == GA_OK)
        rc = read_classes(l, arena, &err);
    for (size_t i = 0; rc == GA_OK && i < l->count; i++) {
        const struct ga_roster_class *class = &l->classes[i];
        if (strcmp(class->grade, l->name.grade) == 0 &&
            (l->name.number[0] == '\0' || strcmp(class->class_no, l->name.number) == 0) &&
            (site == NULL || ga_config_is_site(&l->session->config, class->site, site)))
            l->classes[kept++] = *class;
    }
    l->count = kept;
    return rc == GA_OK ? GA_EXIT_DONE : ga_say_error(l->line, rc, &err);
}

static const char *site_text(const struct looking *l, const char *code)
{
    const struct ga_config *config = &l->session->config;
    for (size_t i = 0; i < config->sites_count; i++)
        if (strcmp(config->sites[i].code, code) == 0)
            return ga_label_text(&config->sites[i].label, l->line->lang);
    return code;
}

/* "中心小学三年级(1)班、大湾教学点三年级(1)班"; of sites alone where `with_class` is not set. In `arena`. */
static const char *list_text(const struct looking *l, const char *but_site, bool with_class, struct ga_arena *arena)
{
    struct ga_str text = {0};
    const char *last = "";
    for (size_t i = 0; i < l->count; i++) {
        const struct ga_roster_class *class = &l->classes[i];
        if ((but_site != NULL && strcmp(class->site, but_site) == 0) || (!with_class && strcmp(class->site, last) == 0))
            continue;
        last = class->site;
        ga_str_addf(&text, "%s%s%s%s", text.len == 0 ? "" : ga_tr(l->line->lang, ", "), site_text(l, class->site),
                    with_class && l->line->lang != GA_ZH ? " " : "", with_class ? class->shown : "");
    }
    const char *kept = ga_arena_strdup(arena, ga_str_text(&text));
    ga_str_finish(&text);
    return kept;
}

static enum ga_exit ask_which(struct looking *l, struct ga_arena *arena)
{
    ga_say(l->line, "'%1' may be several classes: %2", l->typed, list_text(l, NULL, true, arena));
    ga_say(l->line, "say which: the class with its number, --site with the site");
    return GA_EXIT_FINDINGS;
}

/* Of classes at several sites those of this computer's own are meant; without one the site is asked for. */
static enum ga_exit settle_site(struct looking *l, struct ga_arena *arena)
{
    const char *own = ga_config_own_site(&l->session->config)->code;
    size_t at_first = 0, at_own = 0, kept = 0;
    for (size_t i = 0; i < l->count; i++) {
        at_first += strcmp(l->classes[i].site, l->classes[0].site) == 0;
        at_own += strcmp(l->classes[i].site, own) == 0;
    }
    if (at_first == l->count)
        return GA_EXIT_DONE;
    if (at_own == 0)
        return ask_which(l, arena);
    l->elsewhere = list_text(l, own, false, arena);
    for (size_t i = 0; i < l->count; i++)
        if (strcmp(l->classes[i].site, own) == 0)
            l->classes[kept++] = l->classes[i];
    l->count = kept;
    return GA_EXIT_DONE;
}

static void say_taken(const struct looking *l)
{
    if (l->elsewhere != NULL)
        ga_say(l->line, "'%1' is taken to be that of %2; there is one at %3 too: --site", l->typed,
               site_text(l, l->classes[0].site), l->elsewhere);
}

/* A grade alone is its class without a number, or its only one. */
static const struct ga_roster_class *only_class(const struct looking *l)
{
    for (size_t i = 0; i < l->count; i++)
        if (strcmp(l->classes[i].class_no, l->name.number) == 0)
            return &l->classes[i];
    return l->count == 1 ? &l->classes[0] : NULL;
}

static enum ga_exit take_site(struct ga_command_line *line, const struct ga_session *session, const char *site,
                              struct ga_roster_class *ret_class)
{
    const struct ga_config *config = &session->config;
    for (size_t i = 0; site != NULL && ret_class->site == NULL && i < config->sites_count; i++)
        if (ga_config_is_site(config, config->sites[i].code, site))
            ret_class->site = config->sites[i].code;
    if (site == NULL || ret_class->site != NULL)
        return GA_EXIT_DONE;
    ga_say(line, "there is no site '%1'", site);
    return GA_EXIT_FINDINGS;
}

/* The classes that may be meant, of one site. */
static enum ga_exit look_at_site(struct looking *l, const char *site, struct ga_arena *arena)
{
    const enum ga_exit exit = look(l, site, arena);
    return exit == GA_EXIT_DONE && l->count > 0 ? settle_site(l, arena) : exit;
}

/* What is no class of the school, and which are; of that site where one is said. */
static enum ga_exit say_no_class(struct looking *l, const char *site, struct ga_arena *arena)
{
    const char **names;
    size_t count = 0;
    struct ga_error err = {0};
    const enum ga_rc rc = read_classes(l, arena, &err);
    if (rc != GA_OK)
        return ga_say_error(l->line, rc, &err);
    names = ga_arena_array(arena, l->count + 1, sizeof(*names));
    for (size_t i = 0; i < l->count; i++)
        if ((site == NULL || ga_config_is_site(&l->session->config, l->classes[i].site, site)) &&
            (count == 0 || strcmp(names[count - 1], l->classes[i].shown) != 0))
            names[count++] = l->classes[i].shown;
    ga_say(l->line, "there is no child in the class '%1'", l->typed);
    ga_list(l->line, names, count);
    return GA_EXIT_FINDINGS;
}

enum ga_exit ga_command_class_in(struct ga_command_line *line, struct ga_session *session, struct ga_date day, const char *class,
                                 const char *site, struct ga_arena *arena, struct ga_roster_class *ret_class)
{
    struct looking l = {.line = line, .session = session, .typed = class, .day = day};
    *ret_class = (struct ga_roster_class){0};
    if (class == NULL)
        return take_site(line, session, site, ret_class);
    const enum ga_exit exit = look_at_site(&l, site, arena);
    if (exit != GA_EXIT_DONE)
        return exit;
    if (l.count == 0)
        return say_no_class(&l, site, arena);
    const struct ga_roster_class *found = only_class(&l);
    if (found == NULL)
        return ask_which(&l, arena);
    say_taken(&l);
    *ret_class = *found;
    return GA_EXIT_DONE;
}

enum ga_exit ga_command_classes_in(struct ga_command_line *line, struct ga_session *session, struct ga_date day, const char *class,
                                   const char *site, struct ga_arena *arena, struct ga_roster_class *ret_class)
{
    struct looking l = {.line = line, .session = session, .typed = class, .day = day};
    *ret_class = (struct ga_roster_class){0};
    if (class == NULL)
        return take_site(line, session, site, ret_class);
    const enum ga_exit exit = look_at_site(&l, site, arena);
    if (exit == GA_EXIT_DONE && l.count == 0)
        return say_no_class(&l, site, arena);
    if (exit != GA_EXIT_DONE)
        return exit;
    say_taken(&l);
    ret_class->site = l.classes[0].site;
    ret_class->grade = ga_arena_strdup(arena, l.name.grade);
    ret_class->class_no = l.name.number[0] == '\0' ? NULL : ga_arena_strdup(arena, l.name.number);
    return GA_EXIT_DONE;
}

enum ga_exit ga_command_class(struct ga_command_line *line, struct ga_session *session, const char *class, const char *site,
                              struct ga_arena *arena, struct ga_roster_class *ret_class)
{
    return ga_command_class_in(line, session, (struct ga_date){0}, class, site, arena, ret_class);
}

enum ga_exit ga_command_classes(struct ga_command_line *line, struct ga_session *session, const char *class, const char *site,
                                struct ga_arena *arena, struct ga_roster_class *ret_class)
{
    return ga_command_classes_in(line, session, (struct ga_date){0}, class, site, arena, ret_class);
}

/* Somebody may owe what nobody was registered for: a helper of one plan, a headteacher who never sat here. */
static enum ga_rc owes_anything(struct ga_care *care, const char *owner, struct ga_arena *arena, bool *ret_owes, struct ga_error *err)
{
    const struct ga_due_ask ask = {.owner = owner, .states = (1u << GA_DUE_STATE_COUNT) - 1, .limit = 1,
                                   .span = {{GA_DATE_YEAR_MIN, 1, 1}, {GA_DATE_YEAR_MAX, 12, 31}}};
    struct ga_due *dues;
    size_t count = 0;
    const enum ga_rc rc = ga_due_list(care, &ask, arena, &dues, &count, err);
    *ret_owes = count > 0;
    return rc;
}

enum ga_exit ga_command_owner(struct ga_command_line *line, struct ga_session *session, struct ga_care *care, const char *owner,
                              struct ga_arena *arena)
{
    const char *names[GA_PEOPLE_MAX];
    struct ga_error err = {0};
    bool is_known = owner == NULL;
    const size_t count = is_known ? 0 : ga_names_read_people(session->store, arena, names, 0);
    for (size_t i = 0; i < count && !is_known; i++)
        is_known = strcmp(names[i], owner) == 0;
    const enum ga_rc rc = is_known ? GA_OK : owes_anything(care, owner, arena, &is_known, &err);
    if (rc != GA_OK)
        return ga_say_error(line, rc, &err);
    if (is_known)
        return GA_EXIT_DONE;
    ga_say(line, "nobody is known here as '%1'", owner);
    ga_offer(line, owner, names, count);
    return GA_EXIT_FINDINGS;
}

enum ga_exit ga_command_duty(struct ga_command_line *line, const struct ga_care *care, const char *name)
{
    const struct ga_duties *duties = ga_care_duties(care);
    const char *names[GA_DUTIES_MAX];
    if (name == NULL || ga_duties_find(duties, name) >= 0)
        return GA_EXIT_DONE;
    for (size_t i = 0; i < duties->count; i++)
        names[i] = duties->items[i]->name;
    ga_say(line, "there is no duty '%1'", name);
    ga_offer(line, name, names, duties->count);
    return GA_EXIT_FINDINGS;
}

enum { OPTIONS_MAX = 12, LIMIT_MAX = 1000000 };

enum ga_exit ga_command_ask_care(struct ga_care_asking *asking, const struct ga_option *own, size_t own_count,
                                 enum ga_exit (*answer)(struct ga_care_asking *asking))
{
    const char *limit = NULL, *format = "tsv";
    const struct ga_option alike[] = {{"--owner", &asking->owner, NULL}, {"--class", &asking->class, NULL}, {"--site", &asking->site, NULL},
                                      {"--limit", &limit, NULL}, {"--format", &format, NULL}};
    struct ga_option options[OPTIONS_MAX];
    int64_t most = 0;
    memcpy(options, alike, sizeof(alike));
    memcpy(options + GA_COUNT(alike), own, own_count * sizeof(*own));
    enum ga_exit exit = ga_args_parse(asking->line, options, GA_COUNT(alike) + own_count, 0, 0);
    if (exit != GA_EXIT_DONE)
        return exit;
    if (!ga_read_format(format, &asking->is_json) ||
        (limit != NULL && (!ga_num_parse(limit, &most) || most < 1 || most > LIMIT_MAX)))
        return ga_usage(asking->line);
    asking->limit = (size_t)most;
    exit = ga_command_open(asking->line, &asking->session);
    if (exit != GA_EXIT_DONE)
        return exit;
    exit = ga_command_care(asking->line, asking->session, &asking->care);
    if (exit == GA_EXIT_DONE)
        exit = ga_command_owner(asking->line, asking->session, asking->care, asking->owner, &asking->arena);
    if (exit == GA_EXIT_DONE)
        exit = answer(asking);
    ga_arena_finish(&asking->arena);
    ga_session_close(asking->session);
    return exit;
}

enum ga_exit ga_read_month(struct ga_command_line *line, const char *typed, struct ga_date *ret_month)
{
    struct ga_date month;
    if (!ga_date_from_iso(typed, &month) || month.month == 0) {
        ga_say(line, "'%1' is no month; write it as 2026-11", typed);
        return GA_EXIT_USAGE;
    }
    month.day = 1;
    *ret_month = month;
    return GA_EXIT_DONE;
}
