/* Turning one scalar into one C value. */
#include "value.h"

#include "guanai/base/num.h"
#include "guanai/yaml/suggest.h"

#include <string.h>

bool ga_yaml_is_name(const char *text)
{
    if (text == NULL || text[0] < 'a' || text[0] > 'z' || strlen(text) > 63)
        return false;
    return text[strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_")] == '\0';
}

bool ga_yaml_is_absent(const struct ga_yaml_node *node)
{
    return node->kind == GA_YAML_SCALAR && node->style == GA_YAML_PLAIN && node->len == 0;
}

/* What stands there instead of what the row takes. */
static const char *const misfits[GA_YAML_WANTS][3] = {
    [GA_YAML_WANT_TEXT] = {[GA_YAML_SEQUENCE] = GA_N_("'%1' takes one text, here stands a list"),
                           [GA_YAML_MAPPING] = GA_N_("'%1' takes a text, here stands a mapping of keys")},
    [GA_YAML_WANT_LABEL] = {[GA_YAML_SEQUENCE] = GA_N_("'%1' takes one text or {zh: …, en: …}, here stands a list")},
    [GA_YAML_WANT_LIST] = {[GA_YAML_SCALAR] = GA_N_("'%1' takes a list, here stands a text"),
                           [GA_YAML_MAPPING] = GA_N_("'%1' takes a list, here stands a mapping of keys")},
    [GA_YAML_WANT_MAPPING] = {[GA_YAML_SCALAR] = GA_N_("'%1' takes a mapping of keys, here stands a text"),
                              [GA_YAML_SEQUENCE] = GA_N_("'%1' takes a mapping of keys, here stands a list")},
};

bool ga_yaml_refuse_kind(struct ga_yaml_walk *walk, const char *key, enum ga_yaml_want want,
                         const struct ga_yaml_node *node)
{
    const char *id = misfits[want][node->kind];
    if (id == NULL)
        return false;
    ga_yaml_fault(&walk->report, node->at, id, key);
    const char *hint = NULL;
    if (node->kind == GA_YAML_SCALAR && node->style == GA_YAML_PLAIN)
        hint = ga_yaml_hint_full_width(node->text, node->len, false);
    if (hint != NULL)
        ga_yaml_hint(&walk->report, hint);
    return true;
}

bool ga_yaml_admit_amount(struct ga_yaml_walk *walk, const struct ga_yaml_row *row, struct ga_yaml_at at,
                          size_t amount)
{
    bool is_list = row->type != GA_YAML_TEXT && row->type != GA_YAML_TEXT_AT && row->type != GA_YAML_LABEL;
    if (row->max > 0 && (int64_t)amount > row->max) {
        ga_yaml_fault(&walk->report, at, is_list ? "'%1' has %2 entries, at most %3 are allowed"
                                                 : "'%1' is %2 characters long, at most %3 are allowed",
                      row->key, GA_NUM(amount), GA_NUM(row->max));
        return false;
    }
    if ((int64_t)amount < row->min) {
        ga_yaml_fault(&walk->report, at, is_list ? "'%1' has %2 entries, at least %3 are needed"
                                                 : "'%1' is %2 characters long, at least %3 are needed",
                      row->key, GA_NUM(amount), GA_NUM(row->min));
        return false;
    }
    return true;
}

static const char *scalar_text(struct ga_yaml_walk *walk, const struct ga_yaml_node *node)
{
    size_t len = node->len; /* the line break after the last line of a block is no part of the text */
    while (node->style == GA_YAML_BLOCK && len > 0 && node->text[len - 1] == '\n')
        len--;
    return len == node->len ? node->text : ga_arena_strndup(walk->arena, node->text, len);
}

static bool admit_name(struct ga_yaml_walk *walk, struct ga_yaml_text text)
{
    if (ga_yaml_is_name(text.text))
        return true;
    ga_yaml_fault(&walk->report, text.at, "'%1' cannot be a name", text.text);
    ga_yaml_hint(&walk->report, "names are made of a–z, 0–9 and _, begin with a letter, at most 63 long");
    return false;
}

bool ga_yaml_read_text(struct ga_yaml_walk *walk, const struct ga_yaml_row *row,
                       const struct ga_yaml_node *node, struct ga_yaml_text *ret_text)
{
    if (ga_yaml_refuse_kind(walk, row->key, GA_YAML_WANT_TEXT, node))
        return false;
    struct ga_yaml_text text = {scalar_text(walk, node), node->at};
    if ((row->flags & GA_YAML_NAME) != 0 && !admit_name(walk, text))
        return false;
    text.at.column += node->style == GA_YAML_QUOTED; /* places inside the text count from its first sign */
    *ret_text = text;
    return true;
}

static bool read_bounded(struct ga_yaml_walk *walk, const struct ga_yaml_row *row,
                         const struct ga_yaml_node *node, struct ga_yaml_text *ret_text)
{
    struct ga_yaml_text text;
    if (!ga_yaml_read_text(walk, row, node, &text))
        return false;
    if (!ga_yaml_admit_amount(walk, row, node->at, ga_yaml_count_chars(text.text)))
        return false;
    *ret_text = text;
    return true;
}

void ga_yaml_load_text(struct ga_yaml_walk *walk, const struct ga_yaml_row *row,
                       const struct ga_yaml_node *node, void *member)
{
    struct ga_yaml_text text;
    if (read_bounded(walk, row, node, &text))
        memcpy(member, &text.text, sizeof(text.text));
}

void ga_yaml_load_text_at(struct ga_yaml_walk *walk, const struct ga_yaml_row *row,
                          const struct ga_yaml_node *node, void *member)
{
    struct ga_yaml_text text;
    if (read_bounded(walk, row, node, &text))
        memcpy(member, &text, sizeof(text));
}

void ga_yaml_load_bool(struct ga_yaml_walk *walk, const struct ga_yaml_row *row,
                       const struct ga_yaml_node *node, void *member)
{
    static const char *const words[] = {"false", "true", "no", "yes"};
    if (ga_yaml_refuse_kind(walk, row->key, GA_YAML_WANT_TEXT, node))
        return;
    for (size_t i = 0; i < GA_COUNT(words); i++) {
        bool value = i % 2 == 1;
        if (strcmp(node->text, words[i]) == 0) {
            memcpy(member, &value, sizeof(value));
            return;
        }
    }
    ga_yaml_fault(&walk->report, node->at, "'%1' must be true or false, not '%2'", row->key, node->text);
}

void ga_yaml_load_integer(struct ga_yaml_walk *walk, const struct ga_yaml_row *row,
                          const struct ga_yaml_node *node, void *member)
{
    int64_t value;
    if (ga_yaml_refuse_kind(walk, row->key, GA_YAML_WANT_TEXT, node))
        return;
    if (!ga_num_parse(node->text, &value)) {
        ga_yaml_fault(&walk->report, node->at, "'%1' must be a whole number, not '%2'", row->key, node->text);
        return;
    }
    bool is_bounded = row->min != 0 || row->max != 0;
    if (is_bounded && (value < row->min || value > row->max)) {
        ga_yaml_fault(&walk->report, node->at, "'%1' must lie between %2 and %3, not %4", row->key,
                      GA_NUM(row->min), GA_NUM(row->max), GA_NUM(value));
        return;
    }
    memcpy(member, &value, sizeof(value));
}

void ga_yaml_add_word(struct ga_str *list, const char *word)
{
    if (list->len > 0)
        ga_str_add(list, ", ");
    ga_str_add(list, word);
}

static void refuse_choice(struct ga_yaml_walk *walk, const struct ga_yaml_row *row,
                          const struct ga_yaml_node *node)
{
    struct ga_yaml_guess guess;
    struct ga_str known = {0};
    ga_yaml_guess_start(&guess, node->text);
    for (const struct ga_yaml_choice *choice = row->choices; choice->name != NULL; choice++) {
        ga_yaml_guess_offer(&guess, choice->name);
        ga_yaml_add_word(&known, choice->name);
    }
    ga_yaml_fault(&walk->report, node->at, "'%1' does not know '%2'", row->key, node->text);
    if (guess.best != NULL)
        ga_yaml_hint(&walk->report, "did you mean '%1'?", guess.best);
    else
        ga_yaml_hint(&walk->report, "possible are: %1", ga_str_text(&known));
    ga_str_finish(&known);
}

void ga_yaml_load_enum(struct ga_yaml_walk *walk, const struct ga_yaml_row *row,
                       const struct ga_yaml_node *node, void *member)
{
    if (ga_yaml_refuse_kind(walk, row->key, GA_YAML_WANT_TEXT, node))
        return;
    for (const struct ga_yaml_choice *choice = row->choices; choice->name != NULL; choice++) {
        if (strcmp(choice->name, node->text) == 0) {
            memcpy(member, &choice->value, sizeof(choice->value));
            return;
        }
    }
    refuse_choice(walk, row, node);
}

/* One of the two languages of a label. */
static const char **label_part(struct ga_label *label, const char *lang)
{
    return strcmp(lang, "zh") == 0 ? &label->zh : strcmp(lang, "en") == 0 ? &label->en : NULL;
}

static void read_label_pair(struct ga_yaml_walk *walk, const struct ga_yaml_row *row,
                            const struct ga_yaml_pair *pair, enum ga_yaml_style style, struct ga_label *label)
{
    const char **part = label_part(label, pair->key->text);
    struct ga_yaml_text text;
    if (part == NULL) {
        static const char *const langs[] = {"zh", "en"};
        ga_yaml_refuse_key(walk, pair, style, ga_yaml_suggest(pair->key->text, langs, 2), "zh, en");
    } else if (!ga_yaml_is_absent(pair->value) && read_bounded(walk, row, pair->value, &text)) {
        *part = text.text;
    }
}

void ga_yaml_load_label(struct ga_yaml_walk *walk, const struct ga_yaml_row *row,
                        const struct ga_yaml_node *node, void *member)
{
    struct ga_label label = {0};
    struct ga_yaml_text text;
    if (ga_yaml_refuse_kind(walk, row->key, GA_YAML_WANT_LABEL, node))
        return;
    size_t faults = walk->report.problems->faults;
    if (node->kind == GA_YAML_SCALAR && read_bounded(walk, row, node, &text))
        label.zh = text.text;
    for (size_t i = 0; node->kind == GA_YAML_MAPPING && i < node->len; i++)
        read_label_pair(walk, row, &node->pairs[i], node->style, &label);
    if (label.zh == NULL && walk->report.problems->faults == faults)
        ga_yaml_fault(&walk->report, node->at, "'%1' has no Chinese text (zh)", row->key);
    else if (label.zh != NULL && label.en == NULL && (row->flags & GA_YAML_BOTH) != 0)
        ga_yaml_warn(&walk->report, node->at, "'%1' has no English text (en); the Chinese will stand in",
                     row->key);
    memcpy(member, &label, sizeof(label));
}

/* As deep as the parser lets files be; texts stay where they are. */
static const struct ga_yaml_node *copy_node(struct ga_arena *arena, const struct ga_yaml_node *node)
{
    struct ga_yaml_node *copy = ga_arena_alloc(arena, sizeof(*copy));
    *copy = *node;
    if (node->kind == GA_YAML_SEQUENCE) {
        const struct ga_yaml_node **items = ga_arena_array(arena, node->len, sizeof(struct ga_yaml_node *));
        for (size_t i = 0; i < node->len; i++)
            items[i] = copy_node(arena, node->items[i]);
        copy->items = items;
    } else if (node->kind == GA_YAML_MAPPING) {
        struct ga_yaml_pair *pairs = ga_arena_array(arena, node->len, sizeof(*pairs));
        for (size_t i = 0; i < node->len; i++)
            pairs[i] = (struct ga_yaml_pair){copy_node(arena, node->pairs[i].key), copy_node(arena, node->pairs[i].value)};
        copy->pairs = pairs;
    }
    return copy;
}

void ga_yaml_load_node(struct ga_yaml_walk *walk, const struct ga_yaml_row *row,
                       const struct ga_yaml_node *node, void *member)
{
    (void)row;
    const struct ga_yaml_node *copy = copy_node(walk->arena, node);
    memcpy(member, &copy, sizeof(copy));
}
