/* What a piece of text is, from which a theme makes colours and attributes. */
#ifndef GUANAI_TUI_STYLE_H
#define GUANAI_TUI_STYLE_H

/* Widgets name roles, never colours. No role is told from another by colour alone. */
enum ga_style {
    GA_STYLE_NORMAL,
    GA_STYLE_TITLE,
    GA_STYLE_BANNER, /* 演示, clock in doubt */
    GA_STYLE_STRONG,
    GA_STYLE_DIM,
    GA_STYLE_LABEL,         /* the name of a field */
    GA_STYLE_FIELD,         /* what stands in a field */
    GA_STYLE_FIELD_FOCUSED, /* in the one the caret is in */
    GA_STYLE_PLACEHOLDER,
    GA_STYLE_SELECTED, /* the row or choice the keys speak about */
    GA_STYLE_HEADER,   /* of a table */
    GA_STYLE_ERROR,
    GA_STYLE_WARNING,
    GA_STYLE_OK,
    GA_STYLE_KEY,       /* the key in the key bar */
    GA_STYLE_KEY_LABEL, /* what it does */
    GA_STYLE_FRAME,
    GA_STYLE_COUNT
};

enum ga_theme_depth { GA_THEME_MONO, GA_THEME_16, GA_THEME_256, GA_THEME_DEPTHS };

enum {
    GA_LOOK_BOLD = 1,
    GA_LOOK_DIM = 2,
    GA_LOOK_UNDERLINE = 4,
    GA_LOOK_REVERSE = 8,
};

/* Colours are terminal colour numbers; -1 is the terminal's own. */
struct ga_look {
    short text;
    short ground;
    unsigned char marks; /* GA_LOOK_… */
};

/* The theme: one row a role. */
struct ga_look ga_style_look(enum ga_style style, enum ga_theme_depth depth);

/* One letter a role, for golden files that show styles. */
char ga_style_letter(enum ga_style style);

#endif
