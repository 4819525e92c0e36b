/* A folder of forms of its own, with one small form that a test changes under the store's feet. */
#ifndef GUANAI_TESTS_ANIMAL_FORMS_H
#define GUANAI_TESTS_ANIMAL_FORMS_H

/* Makes the folder with lists/ in it. The path is good until animal_forms_remove. */
const char *animal_forms_make(void);
int animal_forms_remove(void); /* 0: gone; to be given on by a test's teardown */

void forms_text(const char *name, const char *text); /* NAME below the folder */

/* animal.yaml of that version: a text `nick`, then `fields`, the lines of its field list. */
void forms_animal(int version, const char *fields);

#endif
