/* What the commands about duties share. */
#include "care.h"

#include "guanai/store/roster.h"
#include "guanai/text/class_name.h"

#include <string.h>

enum ga_exit ga_command_care(struct ga_command_line *line, struct ga_session *session, struct ga_care **ret_care)
{
    struct ga_problems problems;
    struct ga_error err = {0};
    ga_problems_init(&problems);
    enum ga_rc rc = ga_session_care(session, &problems, ret_care, &err);
    ga_say_problems(line, &problems, false);
    ga_problems_finish(&problems);
    return rc == GA_OK ? GA_EXIT_DONE : ga_say_error(line, rc, &err);
}

static bool is_class(const struct ga_roster_class *class, const struct ga_class_name *name)
{
    return strcmp(class->grade, name->grade) == 0 && (name->number[0] == '\0' || strcmp(class->class_no, name->number) == 0);
}

enum ga_exit ga_command_class(struct ga_command_line *line, struct ga_session *session, const char *class, const char *site,
                              struct ga_arena *arena, struct ga_roster_class *ret_class)
{
    struct ga_class_name name;
    struct ga_error err = {0};
    struct ga_roster_class *classes;
    size_t count = 0, found = 0;
    *ret_class = (struct ga_roster_class){0};
    if (class == NULL)
        return GA_EXIT_DONE;
    enum ga_rc rc = ga_class_name_parse(class, ga_class_name_school_year(session->today), &name, NULL, &err);
    if (rc == GA_OK)
        rc = ga_store_classes(session->store, line->lang, arena, &classes, &count, &err);
    if (rc != GA_OK)
        return ga_say_error(line, rc, &err);
    const char *own = ga_config_own_site(&session->config)->code;
    for (size_t i = 0; i < count; i++) {
        if (!is_class(&classes[i], &name) || (site != NULL && !ga_config_is_site(&session->config, classes[i].site, site)))
            continue;
        if (found++ == 0 || strcmp(classes[i].site, own) == 0)
            *ret_class = classes[i];
    }
    if (found > 0)
        return GA_EXIT_DONE;
    ga_say(line, "there is no child in the class '%1'", class);
    return GA_EXIT_FINDINGS;
}
