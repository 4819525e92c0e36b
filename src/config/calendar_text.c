/* Writes the calendar of a school as YAML, puts it into the text of a config.yaml. */
#include "guanai/config/calendar_text.h"

#include "guanai/base/alloc.h"
#include "guanai/yaml/quote.h"

#include <string.h>

static const char *const keys[] = {"sites", "terms", "holidays", "school_days"};

/* ---- writing ---- */

static void add_label(struct ga_str *out, const struct ga_label *label)
{
    ga_str_add(out, "label: {zh: ");
    ga_yaml_add_quoted(out, label->zh != NULL ? label->zh : "");
    if (label->en != NULL) {
        ga_str_add(out, ", en: ");
        ga_yaml_add_quoted(out, label->en);
    }
    ga_str_add_char(out, '}');
}

static void add_days(struct ga_str *out, struct ga_date from, struct ga_date to)
{
    char first[GA_DATE_SIZE], last[GA_DATE_SIZE];
    ga_str_addf(out, "from: %s, to: %s", ga_date_iso(from, first), ga_date_iso(to, last));
}

static void add_site(struct ga_str *out, const struct ga_site *site, const char *own_code)
{
    ga_str_addf(out, "  - {code: %s, ", site->code);
    add_label(out, &site->label);
    for (size_t i = 0; i < site->aka_count; i++) {
        ga_str_add(out, i == 0 ? ", aka: [" : ", ");
        ga_yaml_add_quoted(out, site->aka[i]);
    }
    ga_str_addf(out, "%s%s%s%s}\n", site->aka_count > 0 ? "]" : "", site->is_paper ? ", paper: true" : "",
                site->is_without_room ? ", home_room: false" : "",
                own_code != NULL && strcmp(own_code, site->code) == 0 ? ", own: true" : "");
}

static void add_term(struct ga_str *out, const struct ga_term *term)
{
    char first[GA_DATE_SIZE], last[GA_DATE_SIZE];
    ga_str_addf(out, "  - term: %s\n    from: %s\n    to: %s\n", term->name, ga_date_iso(term->from, first),
                ga_date_iso(term->to, last));
    for (size_t i = 0; i < term->phases_count; i++) {
        ga_str_addf(out, "%s      - {phase: %s, ", i == 0 ? "    phases:\n" : "", term->phases[i].code);
        add_days(out, term->phases[i].from, term->phases[i].to);
        ga_str_add(out, "}\n");
    }
}

static void add_holiday(struct ga_str *out, const struct ga_holiday *holiday)
{
    ga_str_add(out, "  - {");
    if (holiday->label.zh != NULL) {
        add_label(out, &holiday->label);
        ga_str_add(out, ", ");
    }
    add_days(out, holiday->days.from, holiday->days.to);
    ga_str_add(out, "}\n");
}

/* What a county's schools have is theirs to say. */
static size_t count_own(const struct ga_config *config)
{
    size_t own = 0;
    for (size_t i = 0; i < config->sites_count; i++)
        own += config->sites[i].school == NULL;
    return own;
}

void ga_calendar_text(const struct ga_config *config, const char *own_code, struct ga_str *out)
{
    char day[GA_DATE_SIZE];
    if (count_own(config) <= 1 && config->terms_count + config->holidays_count + config->school_days_count == 0)
        return;
    ga_str_add(out, "sites:\n");
    for (size_t i = 0; i < config->sites_count; i++)
        if (config->sites[i].school == NULL)
            add_site(out, &config->sites[i], own_code);
    for (size_t i = 0; i < config->terms_count; i++) {
        ga_str_add(out, i == 0 ? "terms:\n" : "");
        add_term(out, &config->terms[i]);
    }
    for (size_t i = 0; i < config->holidays_count; i++) {
        ga_str_add(out, i == 0 ? "holidays:\n" : "");
        add_holiday(out, &config->holidays[i]);
    }
    for (size_t i = 0; i < config->school_days_count; i++)
        ga_str_addf(out, "%s%s", i == 0 ? "school_days: [" : ", ", ga_date_iso(config->school_days[i], day));
    ga_str_add(out, config->school_days_count > 0 ? "]\n" : "");
}

/* ---- reading ---- */

/* Read as a config.yaml that says nothing else. */
enum ga_rc ga_calendar_read(const char *file, const char *text, size_t len, struct ga_arena *arena, struct ga_problems *problems,
                            struct ga_config *ret_config, struct ga_error *err)
{
    struct ga_str whole = {0};
    ga_str_add(&whole, "school: \"-\"\n");
    ga_str_add_bytes(&whole, text, len);
    const enum ga_rc rc = ga_config_read(file, ga_str_text(&whole), whole.len, arena, problems, ret_config, err);
    ga_str_finish(&whole);
    return rc;
}

/* ---- replacing ---- */

static const char *line_end(const char *line)
{
    const char *end = strchr(line, '\n');
    return end == NULL ? line + strlen(line) : end + 1;
}

static bool begins_key(const char *line)
{
    for (size_t i = 0; i < GA_COUNT(keys); i++)
        if (strncmp(line, keys[i], strlen(keys[i])) == 0 && line[strlen(keys[i])] == ':')
            return true;
    return false;
}

/* What stands at the margin begins something else; a list may stand there as well. */
static bool goes_on(const char *line)
{
    return *line == ' ' || *line == '\t' || *line == '-' || *line == ']' || *line == '}';
}

/* Behind a block: empty lines and remarks at the margin are of what follows. */
static const char *block_end(const char *line)
{
    const char *end = line_end(line);
    for (const char *next = end; *next != '\0'; next = line_end(next)) {
        const bool is_empty = *next == '\n' || *next == '\r';
        if (goes_on(next))
            end = line_end(next);
        else if (!is_empty)
            break;
    }
    return end;
}

void ga_calendar_replace(const char *config_text, const char *calendar, struct ga_str *out)
{
    bool is_put = false;
    for (const char *line = config_text; *line != '\0';) {
        const bool is_key = begins_key(line);
        const char *end = is_key ? block_end(line) : line_end(line);
        if (is_key && !is_put)
            ga_str_add(out, calendar);
        is_put |= is_key;
        if (!is_key)
            ga_str_add_bytes(out, line, (size_t)(end - line));
        line = end;
    }
    if (!is_put) {
        if (out->len > 0 && out->data[out->len - 1] != '\n')
            ga_str_add_char(out, '\n');
        ga_str_add(out, calendar);
    }
}
