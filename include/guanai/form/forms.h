/* The set of forms and lists in force. */
#ifndef GUANAI_FORM_FORMS_H
#define GUANAI_FORM_FORMS_H

#include "guanai/base/arena.h"
#include "guanai/base/folders.h"
#include "guanai/base/io_ops.h"
#include "guanai/base/map.h"
#include "guanai/base/problem.h"
#include "guanai/config/config.h"
#include "guanai/form/definition.h"

/*
 * Forms are handed out one by one, on demand: the first screen of a school with forty forms pays for
 * one. `load` is asked the first time a name is wanted: it reads YAML (forms check, a fresh data
 * folder) or the packed copy in the database (every other start).
 */
struct ga_forms {
    struct ga_arena arena;
    struct ga_map forms; /* name → struct ga_form */
    struct ga_map lists; /* name → struct ga_list */
    struct ga_map broken; /* file's name without .yaml → file: read, but no form or list came of it */
    const char **names;  /* all known form names in order, loaded or not */
    struct ga_label *titles; /* of each */
    size_t names_count;
    size_t layer; /* of what is being read, among folders one over the other; doubles within one are faults */
    enum ga_rc (*load_form)(void *ctx, struct ga_forms *forms, const char *name, struct ga_error *err);
    enum ga_rc (*load_list)(void *ctx, struct ga_forms *forms, const char *name, struct ga_error *err);
    void *ctx;
};

void ga_forms_init(struct ga_forms *forms);
void ga_forms_finish(struct ga_forms *forms);

/* Borrowed until finish. NULL with err set when the form is not known or cannot be loaded. */
const struct ga_form *ga_forms_get(struct ga_forms *forms, const char *name, struct ga_error *err);
const struct ga_label *ga_forms_title(const struct ga_forms *forms, const char *name); /* loads nothing; NULL: unknown */
const struct ga_list *ga_forms_list(struct ga_forms *forms, const char *name, struct ga_error *err);

/*
 * Is it the name of a file that was read and could not be made out? What names it is not told that there is none: the
 * cause is told, at its place. Does the form belong to, point at or take its choices from such a one? Then nobody can
 * judge it, though no fault is its own.
 */
bool ga_forms_is_broken(const struct ga_forms *forms, const char *name);
bool ga_form_stands_on_broken(const struct ga_forms *forms, const struct ga_form *form);

/* Makes the list `site` from the configuration. */
void ga_forms_add_sites(struct ga_forms *forms, const struct ga_config *config);

/*
 * Reads every *.yaml of folders that lie one over the other and of their lists/ and checks the whole: structure,
 * names, lists, types, keys that do not fit the type, every rule prepared, cycles, protection, labels, doubles among
 * aka, `then` targets. All findings of one run go into problems. Forms with faults are left out. A form or list of
 * an upper folder stands for the one of its name, or of its file's name, below.
 */
enum ga_rc ga_forms_read_folders(struct ga_forms *forms, const struct ga_io_ops *io, const struct ga_folders *folders,
                                 struct ga_problems *problems, struct ga_error *err);

/* One file of text, as ga_forms_read_folders reads it; `file` is for messages. */
enum ga_rc ga_forms_read_text(struct ga_forms *forms, const char *file, const char *text, size_t len,
                              struct ga_problems *problems);

/* After the last ga_forms_read_text: ties the forms together and checks the whole set; read_folders does it itself. */
void ga_forms_finish_reading(struct ga_forms *forms, struct ga_problems *problems);

/* Checks what needs the whole set (lists, `of`, `then`, rules). */
void ga_forms_check(struct ga_forms *forms, struct ga_problems *problems);

/* Packed form or list ⇄ bytes (yaml/pack.h), linked on the way in. */
void ga_form_pack(const struct ga_form *form, struct ga_str *out);
enum ga_rc ga_form_unpack(struct ga_forms *forms, const void *bytes, size_t len, struct ga_error *err);
void ga_list_pack(const struct ga_list *list, struct ga_str *out);
enum ga_rc ga_list_unpack(struct ga_forms *forms, const void *bytes, size_t len, struct ga_error *err);

/* Of the form language as this program speaks it: what was packed in another shape cannot be unpacked. */
uint64_t ga_forms_shape(void);

#endif
