/* Reads all kinds of files of definitions one after the other, for their findings. */
#include "guanai/app/definitions.h"

#include "guanai/care/alarm_rule.h"
#include "guanai/care/duty.h"
#include "guanai/care/priority_rule.h"
#include "guanai/form/class_sheet.h"
#include "guanai/form/materials.h"

const char *const ga_definitions_inner[] = {"lists", GA_DEFINITIONS_FOLDER, GA_DUTIES_FOLDER, GA_ALARMS_FOLDER,
                                            GA_PRIORITIES_FOLDER, GA_CLASS_SHEETS_FOLDER, GA_MATERIALS_FOLDER, NULL};

struct checking {
    const struct ga_io_ops *io;
    const struct ga_folders *folders;
    struct ga_forms *forms;
    struct ga_problems *problems;
};

/* Definitions name fields of the forms, duties and alarms both: read with them, after them. */
static void check_care(const struct checking *c)
{
    struct ga_definitions definitions;
    struct ga_duties duties;
    struct ga_alarm_rules alarms;
    struct ga_priority_set priorities;
    ga_definitions_init(&definitions);
    ga_duties_init(&duties);
    ga_alarm_rules_init(&alarms);
    ga_priority_set_init(&priorities);
    ga_definitions_read_folders(&definitions, c->forms, c->io, c->folders, c->problems);
    ga_duties_read_folders(&duties, c->forms, &definitions, c->io, c->folders, c->problems);
    ga_alarm_rules_read_folders(&alarms, c->forms, &definitions, c->io, c->folders, c->problems);
    ga_alarm_rules_finish(&alarms);
    ga_priorities_read_folders(&priorities, c->forms, &definitions, c->io, c->folders, c->problems);
    ga_priority_set_finish(&priorities);
    ga_duties_finish(&duties);
    ga_definitions_finish(&definitions);
}

static void check_class_sheets(const struct checking *c)
{
    struct ga_class_sheets sheets;
    ga_class_sheets_init(&sheets);
    ga_class_sheets_read_folders(&sheets, c->forms, c->io, c->folders, c->problems);
    ga_class_sheets_finish(&sheets);
}

static void check_materials(const struct checking *c)
{
    struct ga_materials_set materials;
    ga_materials_init(&materials);
    ga_materials_read_folders(&materials, c->forms, c->io, c->folders, c->problems);
    ga_materials_finish(&materials);
}

enum ga_rc ga_definitions_check(const struct ga_io_ops *io, const struct ga_folders *folders, const struct ga_config *config,
                                struct ga_problems *problems, struct ga_error *err)
{
    struct ga_forms forms;
    const struct checking c = {io, folders, &forms, problems};
    ga_forms_init(&forms);
    ga_forms_add_sites(&forms, config);
    const enum ga_rc rc = ga_forms_read_folders(&forms, io, folders, problems, err);
    if (rc == GA_OK || rc == GA_REFUSED) {
        check_care(&c);
        check_class_sheets(&c);
        check_materials(&c);
    }
    ga_forms_finish(&forms);
    return rc == GA_REFUSED ? GA_OK : rc;
}
