/* A folder with one small form to change. */
#include "animal_forms.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

static char folder[64];

const char *animal_forms_make(void)
{
    char lists[100];
    strcpy(folder, "/tmp/guanai-forms-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(lists, sizeof(lists), "%s/lists", folder);
    mkdir(lists, 0700);
    return folder;
}

int animal_forms_remove(void)
{
    char command[100];
    snprintf(command, sizeof(command), "rm -rf '%s'", folder);
    return system(command);
}

void forms_text(const char *name, const char *text)
{
    char path[200];
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

void forms_animal(int version, const char *fields)
{
    char text[4000];
    snprintf(text, sizeof(text),
             "form: animal\nversion: %d\ntitle: {zh: 动物, en: Animal}\nsummary: nick\nprotect: ordinary\n"
             "roles: {read: [teacher], write: [teacher]}\nfields:\n"
             "  - {name: nick, type: text, label: {zh: 名字, en: Name}}\n%s",
             version, fields);
    forms_text("animal.yaml", text);
}
