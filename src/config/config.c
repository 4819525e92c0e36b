/* Reads what is set once for the school. */
#include "year.h"

#include "guanai/base/alloc.h"
#include "guanai/base/str.h"
#include "guanai/text/pinyin.h"

#include <stdio.h>
#include <string.h>

/* As it stands in the file; turned into struct ga_config once it is whole. */
struct raw_site {
    const char *code;
    struct ga_label label;
    GA_YAML_LIST(struct ga_yaml_text) aka;
    bool is_own, is_paper, has_room;
};

struct raw_config {
    const char *school;
    GA_YAML_LIST(struct raw_site) sites;
    struct raw_year year;
    int language, borders, rare_characters;
    int64_t hide_after_minutes, exchange_days;
    bool is_rural;
    GA_YAML_LIST(struct ga_yaml_text) forms_shown, similar_sounds, visit_days;
};

#define ROW(struct_name, member) .offset = offsetof(struct struct_name, member)

static const struct ga_yaml_choice languages[] = {{"zh", GA_ZH, NULL}, {"en", GA_EN, NULL}, {NULL, 0, NULL}};
static const struct ga_yaml_choice border_kinds[] = {
    {"auto", GA_BORDERS_AUTO, GA_N_("asks the terminal how wide it draws lines")},
    {"line", GA_BORDERS_LINE, NULL},
    {"ascii", GA_BORDERS_ASCII, NULL},
    {NULL, 0, NULL},
};

static const struct ga_yaml_row site_rows[] = {
    {"code", GA_YAML_TEXT, ROW(raw_site, code), GA_YAML_REQUIRED | GA_YAML_NAME, .max = 40,
     .doc = GA_N_("the site's id: for ever")},
    {"label", GA_YAML_LABEL, ROW(raw_site, label), GA_YAML_REQUIRED, .max = 60, .doc = GA_N_("its name")},
    {"aka", GA_YAML_TEXTS, ROW(raw_site, aka), GA_YAML_LONE, .max = 20, .doc = GA_N_("other names in rosters")},
    {"own", GA_YAML_BOOL, ROW(raw_site, is_own), .doc = GA_N_("this computer stands here")},
    {"paper", GA_YAML_BOOL, ROW(raw_site, is_paper), .doc = GA_N_("has no computer; its sheets are typed here")},
    {"home_room", GA_YAML_BOOL, ROW(raw_site, has_room), .preset = 1,
     .doc = GA_N_("false: has no home room, so its opening is not asked for")},
    {0},
};
static const struct ga_yaml_schema site_schema = {GA_N_("site"), sizeof(struct raw_site), site_rows, NULL};

static const struct ga_yaml_choice rare_kinds[] = {
    {"mark", GA_RARE_MARK, NULL}, {"show", GA_RARE_SHOW, NULL}, {NULL, 0, NULL}};

static const struct ga_yaml_row config_rows[] = {
    {"school", GA_YAML_TEXT, ROW(raw_config, school), GA_YAML_REQUIRED, .max = 60, .doc = GA_N_("the school's name")},
    {"sites", GA_YAML_STRUCTS, ROW(raw_config, sites), .max = 60, .schema = &site_schema,
     .doc = GA_N_("central school, village schools, teaching points")},
    {"terms", GA_YAML_STRUCTS, ROW(raw_config, year.terms), .max = 60, .schema = &ga_config_term_schema,
     .doc = GA_N_("dates of the terms, where they differ from the usual")},
    {"holidays", GA_YAML_STRUCTS, ROW(raw_config, year.holidays), .max = 300, .schema = &ga_config_holiday_schema,
     .doc = GA_N_("days off within the terms, beside the public holidays")},
    {"school_days", GA_YAML_TEXTS, ROW(raw_config, year.school_days), .max = 300,
     .doc = GA_N_("days of lessons on a weekend or in a holiday, to make up for others")},
    {"visit_days", GA_YAML_TEXTS, ROW(raw_config, visit_days), GA_YAML_NAME, .max = 7,
     .doc = GA_N_("weekdays on which there is time for home visits: mon tue wed thu fri (after lessons), sat, sun")},
    {"language", GA_YAML_ENUM, ROW(raw_config, language), .choices = languages, .doc = GA_N_("zh or en")},
    {"borders", GA_YAML_ENUM, ROW(raw_config, borders), .choices = border_kinds, .doc = GA_N_("how lines are drawn")},
    {"rare_characters", GA_YAML_ENUM, ROW(raw_config, rare_characters), .choices = rare_kinds,
     .doc = GA_N_("rare characters that a terminal may show as a blank: mark says their code points, show says nothing")},
    {"hide_after_minutes", GA_YAML_INTEGER, ROW(raw_config, hide_after_minutes), .min = 0, .max = 240, .preset = 5,
     .doc = GA_N_("the page is blanked when nobody types; 0 never")},
    {"exchange_days", GA_YAML_INTEGER, ROW(raw_config, exchange_days), .min = 0, .max = 365, .preset = 14,
     .doc = GA_N_("days without an exchange by stick after which the first page says so; 0 never")},
    {"rural", GA_YAML_BOOL, ROW(raw_config, is_rural), .preset = 1,
     .doc = GA_N_("households count as rural unless a child's file says otherwise")},
    {"similar_sounds", GA_YAML_TEXTS, ROW(raw_config, similar_sounds), GA_YAML_NAME, .max = 8,
     .doc = GA_N_("sounds taken for each other when children are searched: n_l, z_zh, c_ch, s_sh, f_h, an_ang, en_eng, "
                  "in_ing; [none] for no such help")},
    {"forms_shown", GA_YAML_TEXTS, ROW(raw_config, forms_shown), GA_YAML_NAME, .max = 40,
     .doc = GA_N_("forms offered at once; the others stand behind more…")},
    {0},
};
static const struct ga_yaml_schema config_schema = {
    GA_N_("config"), sizeof(struct raw_config), config_rows, GA_N_("config.yaml in the data folder")};

static void say(struct ga_problems *problems, const char *file, const struct ga_yaml_text *text, const char *english)
{
    ga_message_set(&ga_problems_add(problems, GA_FAULT, file, text->at.line, text->at.column)->what, english,
                   text->text);
}

static void take_sites(struct ga_arena *arena, const struct raw_config *raw, struct ga_config *config)
{
    bool has_own = false;
    config->sites_count = raw->sites.count;
    config->sites = ga_arena_array(arena, raw->sites.count, sizeof(*config->sites));
    for (size_t i = 0; i < raw->sites.count; i++) {
        const struct raw_site *from = &raw->sites.items[i];
        struct ga_site *site = &config->sites[i];
        *site = (struct ga_site){
            .code = from->code, .label = from->label, .is_paper = from->is_paper, .is_without_room = !from->has_room,
            .is_own = from->is_own && !has_own};
        has_own |= from->is_own;
        site->aka_count = from->aka.count;
        site->aka = ga_arena_array(arena, from->aka.count, sizeof(*site->aka));
        for (size_t k = 0; k < from->aka.count; k++)
            site->aka[k] = from->aka.items[k].text;
    }
    if (!has_own)
        config->sites[0].is_own = true;
}

/* What teachers all over the south do not tell apart, and most of the north at the end of a syllable. */
enum { USUAL_SOUNDS = GA_FUZZY_N_L | GA_FUZZY_Z_ZH | GA_FUZZY_C_CH | GA_FUZZY_S_SH | GA_FUZZY_EN_ENG | GA_FUZZY_IN_ING };

static const struct {
    const char *name;
    unsigned flag;
} sounds[] = {
    {"n_l", GA_FUZZY_N_L},       {"z_zh", GA_FUZZY_Z_ZH},     {"c_ch", GA_FUZZY_C_CH},     {"s_sh", GA_FUZZY_S_SH}, {"f_h", GA_FUZZY_F_H},
    {"an_ang", GA_FUZZY_AN_ANG}, {"en_eng", GA_FUZZY_EN_ENG}, {"in_ing", GA_FUZZY_IN_ING}, {"none", 0},
};

static unsigned take_sound(const struct ga_yaml_text *text, const char *file, struct ga_problems *problems)
{
    for (size_t i = 0; i < GA_COUNT(sounds); i++)
        if (strcmp(sounds[i].name, text->text) == 0)
            return sounds[i].flag;
    say(problems, file, text, "'%1' is no pair of sounds; there are n_l, z_zh, c_ch, s_sh, f_h, an_ang, en_eng, in_ing, none");
    return 0;
}

static const char *const weekdays[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

enum { WEEKEND = 1 << 6 | 1 << 7 };

static uint32_t take_weekday(const struct ga_yaml_text *text, const char *file, struct ga_problems *problems)
{
    for (size_t i = 0; i < GA_COUNT(weekdays); i++)
        if (strcmp(weekdays[i], text->text) == 0)
            return 1u << (i + 1);
    say(problems, file, text, "'%1' is no weekday; there are mon, tue, wed, thu, fri, sat, sun");
    return 0;
}

static const char *const usual_forms[] = {"home_visit", "talk", "parent_call", "tutoring", "living_care", "activity",
                                          "status_change"};

void ga_config_default(struct ga_arena *arena, const char *school, struct ga_config *ret_config)
{
    struct ga_config config = {.school = school, .hide_after_minutes = 5, .exchange_days = 14, .similar_sounds = USUAL_SOUNDS, .is_rural = true,
                               .visit_days = WEEKEND};
    config.sites_count = 1;
    config.sites = ga_arena_array(arena, 1, sizeof(*config.sites));
    config.sites[0] = (struct ga_site){.code = "main", .label = {.zh = school, .en = school}, .is_own = true};
    config.forms_shown_count = GA_COUNT(usual_forms);
    config.forms_shown = ga_arena_array(arena, GA_COUNT(usual_forms), sizeof(*config.forms_shown));
    memcpy(config.forms_shown, usual_forms, sizeof(usual_forms));
    *ret_config = config;
}

static void take_all(struct ga_arena *arena, const struct raw_config *raw, const char *file,
                     struct ga_problems *problems, struct ga_config *config)
{
    ga_config_default(arena, raw->school != NULL ? raw->school : "", config);
    config->language = (enum ga_lang)raw->language;
    config->borders = (enum ga_borders)raw->borders;
    config->rare_characters = (enum ga_rare_characters)raw->rare_characters;
    config->hide_after_minutes = (int)raw->hide_after_minutes;
    config->exchange_days = (int)raw->exchange_days;
    config->is_rural = raw->is_rural;
    if (raw->similar_sounds.count > 0)
        config->similar_sounds = 0;
    for (size_t i = 0; i < raw->similar_sounds.count; i++)
        config->similar_sounds |= take_sound(&raw->similar_sounds.items[i], file, problems);
    if (raw->visit_days.count > 0)
        config->visit_days = 0;
    for (size_t i = 0; i < raw->visit_days.count; i++)
        config->visit_days |= take_weekday(&raw->visit_days.items[i], file, problems);
    if (raw->sites.count > 0)
        take_sites(arena, raw, config);
    ga_config_take_year(arena, &raw->year, file, problems, config);
    if (raw->forms_shown.count > 0) {
        config->forms_shown_count = raw->forms_shown.count;
        config->forms_shown = ga_arena_array(arena, raw->forms_shown.count, sizeof(*config->forms_shown));
        for (size_t i = 0; i < raw->forms_shown.count; i++)
            config->forms_shown[i] = raw->forms_shown.items[i].text;
    }
}

enum ga_rc ga_config_read(const char *file, const char *text, size_t len, struct ga_arena *arena, struct ga_problems *problems,
                          struct ga_config *ret_config, struct ga_error *err)
{
    const size_t faults = problems->faults;
    struct raw_config raw;
    struct ga_config config;
    ga_yaml_load(&config_schema, text, len, file, arena, &raw, problems);
    take_all(arena, &raw, file, problems, &config);
    if (problems->faults > faults)
        return ga_error_set(err, GA_REFUSED, "%1 has faults", file);
    *ret_config = config;
    return GA_OK;
}

enum ga_rc ga_config_load(const struct ga_io_ops *io, const char *path, struct ga_arena *arena,
                          struct ga_problems *problems, struct ga_config *ret_config, struct ga_error *err)
{
    struct ga_str text = {0};
    enum ga_rc rc = ga_io_read_file(io, path, GA_YAML_FILE_BYTES_MAX, &text, err);
    if (rc == GA_OK)
        rc = ga_config_read(path, ga_str_text(&text), text.len, arena, problems, ret_config, err);
    ga_str_finish(&text);
    return rc;
}

const struct ga_site *ga_config_own_site(const struct ga_config *config)
{
    for (size_t i = 0; i < config->sites_count; i++)
        if (config->sites[i].is_own)
            return &config->sites[i];
    return &config->sites[0];
}

static bool has_name(const struct ga_site *site, const char *written)
{
    for (size_t i = 0; i < site->aka_count; i++)
        if (strcmp(site->aka[i], written) == 0)
            return true;
    return ga_str_equal(site->label.zh, written) || ga_str_equal(site->label.en, written);
}

bool ga_config_is_site(const struct ga_config *config, const char *code, const char *written)
{
    if (strcmp(code, written) == 0)
        return true;
    for (size_t i = 0; i < config->sites_count; i++)
        if (strcmp(config->sites[i].code, code) == 0)
            return has_name(&config->sites[i], written);
    return false;
}
