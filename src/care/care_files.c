/* Lets go of last good texts. */
#include "guanai/care/care_files.h"

#include "last_good.h"

#include "guanai/base/alloc.h"
#include "guanai/store/store.h"

#include <stdio.h>
#include <string.h>

static const struct ga_last_good_kind *const kinds[] = {&ga_definition_files, &ga_duty_files, &ga_alarm_files, &ga_priority_files};

enum ga_rc ga_care_forget_file(struct ga_store *store, const char *file, struct ga_error *err)
{
    char setting[300];
    for (size_t i = 0; i < GA_COUNT(kinds); i++) {
        const size_t len = strlen(kinds[i]->inner);
        if (strncmp(file, kinds[i]->inner, len) != 0 || file[len] != '/')
            continue;
        snprintf(setting, sizeof(setting), "%s.%.200s", kinds[i]->setting, file + len + 1);
        return ga_store_setting(store, setting) == NULL ? GA_OK : ga_store_set_setting(store, setting, "", err);
    }
    return GA_OK;
}
