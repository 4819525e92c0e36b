/* Lets go of last good texts. */
#include "guanai/care/care_files.h"

#include "guanai/base/alloc.h"
#include "guanai/care/alarm_rule.h"
#include "guanai/care/definition.h"
#include "guanai/care/duty.h"
#include "guanai/care/priority_rule.h"

#include <stdio.h>
#include <string.h>

/* As their struct ga_last_good have it. */
static const struct {
    const char *inner, *setting;
} kinds[] = {
    {GA_DEFINITIONS_FOLDER, "definition"}, {GA_DUTIES_FOLDER, "duty"}, {GA_ALARMS_FOLDER, "alarm"}, {GA_PRIORITIES_FOLDER, "priorities"}};

enum ga_rc ga_care_forget_file(struct ga_store *store, const char *file, struct ga_error *err)
{
    char setting[300];
    for (size_t i = 0; i < GA_COUNT(kinds); i++) {
        const size_t len = strlen(kinds[i].inner);
        if (strncmp(file, kinds[i].inner, len) != 0 || file[len] != '/')
            continue;
        snprintf(setting, sizeof(setting), "%s.%.200s", kinds[i].setting, file + len + 1);
        return ga_store_setting(store, setting) == NULL ? GA_OK : ga_store_set_setting(store, setting, "", err);
    }
    return GA_OK;
}
