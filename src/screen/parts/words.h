/* Words that several screens show. */
#ifndef GUANAI_SRC_SCREEN_WORDS_H
#define GUANAI_SRC_SCREEN_WORDS_H

#include "guanai/app/session.h"
#include "guanai/tui/widget/list.h"

/* The label of a code in a list; the code itself when the list does not know it. Borrowed. */
const char *ga_words_choice(struct ga_session *session, const char *list, const char *code, enum ga_lang lang);

/* The title of a form; its name when it is not installed. Borrowed. */
const char *ga_words_form(struct ga_session *session, const char *form, enum ga_lang lang);

/* Does the label hold what was typed: its words of either language, whatever the case, or their pinyin? */
bool ga_words_match(const struct ga_label *label, const char *typed);
bool ga_words_hold(const char *text, const char *typed); /* whatever the case; NULL holds nothing */

/* Gives the list these columns, titles translated: called whenever things are laid out. Classes are longer in English. */
void ga_words_columns(struct ga_tui_list *list, const struct ga_tui_column *columns, size_t count, enum ga_lang lang);

/* Behind that: the school of a child has its column at a county alone. */
void ga_words_school_column(struct ga_session *session, struct ga_tui_list *list, size_t column);

/* The same and the rest of laying out a page's list: `empty` (GA_N_) is what stands there without a row. */
void ga_words_list_layout(struct ga_screen *screen, struct ga_tui_list *list, const struct ga_tui_column *columns,
                          size_t count, const char *empty, struct ga_area area);

/* "11月28日 周六"; in `arena`. */
const char *ga_words_day(struct ga_arena *arena, struct ga_date day, enum ga_lang lang);

/* "何老师（小罗 代录）": who did it, with who typed it where that is somebody else (NULL, "": nobody); in `arena`. */
const char *ga_words_who(struct ga_arena *arena, enum ga_lang lang, const char *doer, const char *typist);

/* "2026秋…名册.xlsx": a text of more cells keeps its beginning and its end; in `arena`. */
const char *ga_words_middle(struct ga_arena *arena, const char *text, size_t cols);

/* " 3 / 24" in the status corner: where the mark stands in a list. */
void ga_words_show_place(struct ga_screen *screen, const struct ga_tui_list *list);

/* Hands the list its keys and shows the place when the mark has moved. */
enum ga_reply ga_words_list_event(struct ga_screen *screen, struct ga_tui_list *list, const struct ga_event *event);

/* "In the name: U+2CE93" for characters that the terminal may show as blanks, appended. False: there are none to be said. */
bool ga_words_add_rare(struct ga_session *session, const char *name, enum ga_lang lang, struct ga_str *out);

/* "30000" as 30,000; appended. Only for reading: no field takes it back so. */
void ga_words_add_grouped(const char *number, struct ga_str *out);

/* As ga_words_show_place(), and that of the marked name (may be NULL). */
void ga_words_show_name(struct ga_screen *screen, const struct ga_tui_list *list, const char *name);

/* A sentence (GA_N_) with its arguments, which are `const char *`; in `arena`. */
#define ga_words_say(arena, lang, ...) ga_words_say_list((arena), (lang), __VA_ARGS__, (const char *)NULL)
const char *ga_words_say_list(struct ga_arena *arena, enum ga_lang lang, const char *english, ...);

/* The same into the message line. */
#define ga_words_tell(ui, style, ...) ga_words_tell_list((ui), (style), __VA_ARGS__, (const char *)NULL)
void ga_words_tell_list(struct ga_ui *ui, enum ga_style style, const char *english, ...);

#endif
