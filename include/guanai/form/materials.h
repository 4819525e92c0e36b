/* Which papers an inspection asks for: the file of forms/materials as a struct. */
#ifndef GUANAI_FORM_MATERIALS_H
#define GUANAI_FORM_MATERIALS_H

#include "guanai/form/forms.h"

/*
 * A row is one of: all duties in force (each a line of its own), the classes' signed months, the records of a form by a
 * date of theirs. What is owed is said by duties alone; `every` says what must be there at the least, `per` of whom.
 *
 * A school has one such file; of several folders' the uppermost one's is meant. Another row: a change of the file.
 */
enum { GA_MATERIALS_MAX = 60 };

enum ga_material_per { GA_PER_THE_SCHOOL, GA_PER_EACH_CLASS }; /* CLASS: of each that owes anything, by the children the records name */
enum ga_material_every { GA_EVERY_NEVER, GA_EVERY_MONTH, GA_EVERY_TERM };

struct ga_material {
    bool is_duties, is_signatures;
    struct ga_yaml_text form; /* text NULL: one of the two above */
    struct ga_yaml_text day;  /* its date field, a month will do */
    struct ga_label title;    /* zh NULL: the form's */
    int every;                /* enum ga_material_every */
    int per;                  /* enum ga_material_per */
    struct ga_yaml_at at;
    const struct ga_form *of; /* set by reading; NULL: not installed, the row is left out (a note of forms check) */
};

struct ga_materials {
    const char *name;
    struct ga_label title;
    GA_YAML_LIST(struct ga_material) rows;
    const char *file;
};

/* The file in force; everything lives in the arena. */
struct ga_materials_set {
    struct ga_arena arena;
    const struct ga_materials *item; /* NULL: there is none */
    size_t layer;                    /* of the folder it was read from (base/folders.h) */
};

#define GA_MATERIALS_FOLDER "materials"

void ga_materials_init(struct ga_materials_set *set);
void ga_materials_finish(struct ga_materials_set *set);

/* Reads one file of that layer and checks it against `forms`. GA_REFUSED: it has faults, the set stays as it was. */
enum ga_rc ga_materials_read_text(struct ga_materials_set *set, struct ga_forms *forms, size_t layer, const char *file,
                                  const char *text, size_t len, struct ga_problems *problems);

/* Every file of the folders' materials; those with faults are left out. GA_REFUSED: some have. */
enum ga_rc ga_materials_read_folders(struct ga_materials_set *set, struct ga_forms *forms, const struct ga_io_ops *io,
                                     const struct ga_folders *folders, struct ga_problems *problems);

#endif
