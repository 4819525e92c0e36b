/* Words that several screens show. */
#include "parts/words.h"

#include "guanai/app/county.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/screen/session.h"
#include "guanai/text/pinyin.h"
#include "guanai/text/rare.h"
#include "guanai/text/width.h"
#include "guanai/tui/loop.h"

#include <stdio.h>
#include <string.h>

enum { SENTENCE_BYTES = 800 };

/* Columns whose words are longer in English: "Grade 1 Class 1", the names of duties and forms. */
static const struct {
    const char *title;
    short cols;
} english_columns[] = {{"Class", 15}, {"To do", 17}, {"Duty", 21}, {"Record", 17}, {"How far", 13}, {"Village", 7}};

const char *ga_words_choice(struct ga_session *session, const char *list_name, const char *code, enum ga_lang lang)
{
    const struct ga_list *list = *code != '\0' ? ga_forms_list(session->forms, list_name, NULL) : NULL;
    const struct ga_choice *choice = list != NULL ? ga_list_choice(list, code) : NULL;
    return choice != NULL ? ga_label_text(&choice->label, lang) : code;
}

const char *ga_words_form(struct ga_session *session, const char *name, enum ga_lang lang)
{
    const struct ga_label *title = ga_forms_title(session->forms, name);
    return title != NULL ? ga_label_text(title, lang) : name;
}

bool ga_words_hold(const char *text, const char *typed)
{
    return text != NULL && strcasestr(text, typed) != NULL;
}

bool ga_words_match(const struct ga_label *label, const char *typed)
{
    struct ga_pinyin_query query;
    if (ga_words_hold(label->zh, typed) || ga_words_hold(label->en, typed))
        return true;
    ga_pinyin_query_init(&query, typed, 0);
    return label->zh != NULL && ga_pinyin_match(&query, label->zh, NULL);
}

/* Cut short, one class looks like another. */
static void widen(struct ga_tui_column *column, short cols)
{
    if (column->cols < cols)
        column->cols = cols;
    if (column->min_cols < cols)
        column->min_cols = cols;
}

void ga_words_columns(struct ga_tui_list *list, const struct ga_tui_column *columns, size_t count, enum ga_lang lang)
{
    list->columns_count = 0;
    for (size_t i = 0; i < count; i++) {
        struct ga_tui_column column = columns[i];
        for (size_t k = 0; lang == GA_EN && k < GA_COUNT(english_columns); k++)
            if (strcmp(column.title, english_columns[k].title) == 0)
                widen(&column, english_columns[k].cols);
        column.title = ga_tr(lang, column.title);
        ga_tui_list_column(list, &column);
    }
}

void ga_words_school_column(struct ga_session *session, struct ga_tui_list *list, size_t column)
{
    if (!ga_county_is_here(session))
        list->columns[column].cols = list->columns[column].min_cols = 0;
}

void ga_words_list_layout(struct ga_screen *screen, struct ga_tui_list *list, const struct ga_tui_column *columns,
                          size_t count, const char *empty, struct ga_area area)
{
    list->empty = ga_screen_tr(screen, empty);
    ga_words_columns(list, columns, count, ga_screen_lang(screen));
    ga_tui_list_layout(list, area);
}

enum ga_reply ga_words_list_event(struct ga_screen *screen, struct ga_tui_list *list, const struct ga_event *event)
{
    const enum ga_reply answer = ga_tui_list_event(list, event);
    if (answer != GA_IGNORED)
        ga_words_show_place(screen, list);
    return answer;
}

const char *ga_words_say_list(struct ga_arena *arena, enum ga_lang lang, const char *english, ...)
{
    struct ga_message message;
    char text[SENTENCE_BYTES];
    va_list args;
    va_start(args, english);
    ga_message_set_args(&message, english, args);
    va_end(args);
    return ga_arena_strdup(arena, ga_message_text(&message, lang, text, sizeof(text)));
}

void ga_words_tell_list(struct ga_ui *ui, enum ga_style style, const char *english, ...)
{
    struct ga_message message;
    va_list args;
    va_start(args, english);
    ga_message_set_args(&message, english, args);
    va_end(args);
    ga_ui_say_message(ui, style, &message);
}

const char *ga_words_who(struct ga_arena *arena, enum ga_lang lang, const char *doer, const char *typist)
{
    if (typist == NULL || typist[0] == '\0')
        return ga_arena_strdup(arena, doer);
    return ga_words_say(arena, lang, GA_N_("%1 (typed by %2)"), doer, typist);
}

void ga_words_show_place(struct ga_screen *screen, const struct ga_tui_list *list)
{
    ga_words_show_name(screen, list, NULL);
}

bool ga_words_add_rare(struct ga_session *session, const char *name, enum ga_lang lang, struct ga_str *out)
{
    struct ga_str rare = {0};
    const bool is_said = session->config.rare_characters == GA_RARE_MARK && ga_rare_add(name, &rare);
    if (is_said)
        ga_str_addf(out, "%s %s", ga_tr(lang, "In the name:"), ga_str_text(&rare));
    ga_str_finish(&rare);
    return is_said;
}

void ga_words_add_grouped(const char *number, struct ga_str *out)
{
    enum { GROUP = 3 };
    size_t sign = *number == '-' ? 1 : 0, digits = strspn(number + sign, "0123456789");
    ga_str_add_bytes(out, number, sign);
    for (size_t i = 0; i < digits; i++) {
        if (i > 0 && (digits - i) % GROUP == 0)
            ga_str_add_char(out, ',');
        ga_str_add_char(out, number[sign + i]);
    }
    ga_str_add(out, number + sign + digits);
}

void ga_words_show_name(struct ga_screen *screen, const struct ga_tui_list *list, const char *name)
{
    struct ga_str status = {0}, rare = {0};
    ga_str_addf(&status, " %zu / %zu", list->count > 0 ? list->selected + 1 : 0, list->count);
    if (name != NULL && ga_words_add_rare(ga_screen_session(screen), name, ga_screen_lang(screen), &rare))
        ga_str_addf(&status, " · %s", ga_str_text(&rare));
    ga_screen_set_status(screen, ga_str_text(&status));
    ga_str_finish(&status);
    ga_str_finish(&rare);
}

const char *ga_words_day(struct ga_arena *arena, struct ga_date day, enum ga_lang lang)
{
    char text[GA_DATE_SIZE];
    return ga_arena_printf(arena, "%s %s", ga_date_text_short(day, lang, text), ga_date_weekday_text(day, lang));
}

const char *ga_words_middle(struct ga_arena *arena, const char *text, size_t cols)
{
    struct ga_str out = {0};
    ga_width_add_ends(&out, text, strlen(text), cols, "…");
    const char *kept = ga_arena_strdup(arena, ga_str_text(&out));
    ga_str_finish(&out);
    return kept;
}
