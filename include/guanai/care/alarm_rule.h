/* Alarms: the files of forms/alarms as structs. */
#ifndef GUANAI_CARE_ALARM_RULE_H
#define GUANAI_CARE_ALARM_RULE_H

#include "guanai/care/definition.h"

/*
 *   file ──▶ ga_alarm_rule ──▶ records  what is looked up in the records of a child, by name
 *                         ├──▶ when     over child.*, changed.*, who.DEFINITION, NAME.*, day(): only true stands
 *                         ├──▶ since    the day it stands since
 *                         ├──▶ says     the first whose `when` is true says why, with its facts
 *                         └──▶ opens    the form that ends it, a record looked up, or the child's file
 *
 * One file an alarm, as with duties: a county adds one by laying a file beside the shipped ones (or in DATA/forms/alarms),
 * its own text stays its own when the program brings newer ones, a fault in one leaves the others in force.
 *
 * A name of `records` may stand for several forms. Of each child it has NAME.count, NAME.first_on, NAME.last_on and
 * NAME.first_at (with the time of day where `time` names a field that is filled in) of the records whose `when` is
 * true and whose day is known, and that no record settles as `unless` has it; a record whose `ends` is true wipes out those
 * of the same form that lie before it. So
 * "five calls in a row that reached nobody" is count >= 5 of calls that did not, ended by one that did.
 *
 * To what definitions may call (definition.h) come school_days(DATE), the days of lessons after that date up to
 * the day, and first_day(), the day the archive begins with.
 */
enum {
    GA_ALARMS_MAX = 40,
    GA_ALARM_RECORDS_MAX = 12,
    GA_ALARM_SAYS_MAX = 6,
};

/* How soon somebody goes there: trips take those of "now" first (trip.h). */
enum ga_alarm_urgency { GA_ALARM_SOON, GA_ALARM_NOW, GA_ALARM_WATCH };

enum ga_alarm_of { GA_ALARM_OF_HERE, GA_ALARM_OF_GONE, GA_ALARM_OF_ALL };

/* A record of the same child that settles those it is about: the referral of a report. */
struct ga_alarm_unless {
    struct ga_yaml_text form;
    struct ga_yaml_text names; /* its field for the record it settles */
    struct ga_yaml_text on;    /* its date field (key `day`): one that names none settles … */
    struct ga_yaml_text from;  /* … those whose date this is, unless that is later */
};

struct ga_alarm_records {
    struct ga_yaml_text name;  /* several may share one */
    struct ga_yaml_text form;
    struct ga_yaml_text on;    /* its date field (key `day`) */
    struct ga_yaml_text time;  /* its field of time; text NULL: none */
    struct ga_yaml_text when;  /* over its fields; text NULL: every record */
    struct ga_yaml_text ends;  /* text NULL: none does */
    const struct ga_alarm_unless *unless; /* what does not count for another record's sake; NULL: nothing */
    const struct ga_form *of;  /* set by linking; NULL: not installed, so there are none (a note of forms check) */
    const struct ga_form *settled_by; /* set by linking: of `unless`; NULL: nothing is settled, or not installed */
    size_t look;               /* set by linking: which of the rule's names */
};

struct ga_alarm_say {
    struct ga_yaml_text when; /* text NULL: always */
    struct ga_label text;     /* {since} {long} {number} are filled in */
};

struct ga_alarm_rule {
    const char *name; /* id, for ever */
    int64_t version;
    int64_t order;    /* the most urgent first */
    struct ga_label title; /* 无人监护 */
    struct ga_label why;   /* whose rule it is, in a sentence */
    struct ga_label over;  /* what ends it, in a sentence; zh NULL: not said */
    int urgency;           /* enum ga_alarm_urgency */
    int of;                /* enum ga_alarm_of: children who are here, who left, both */
    GA_YAML_LIST(struct ga_alarm_records) records;
    struct ga_yaml_text when;
    struct ga_yaml_text since;       /* text NULL: as `since_field` has it */
    struct ga_yaml_text since_field; /* the day on which that field of the child's file was last changed; text NULL: unknown */
    struct ga_yaml_text number;      /* a count that texts show; text NULL: none */
    GA_YAML_LIST(struct ga_alarm_say) says;
    struct ga_yaml_text opens;       /* a name of `records`, a form, or `child`; text NULL: the child's file */
    struct ga_yaml_at at;
    const char *file;
    size_t layer; /* of the folder it was read from (base/folders.h) */

    /* Set by linking. */
    const char *looks[GA_ALARM_RECORDS_MAX]; /* the names of `records`, each once */
    size_t looks_count;
    long opens_look; /* opens the newest record of that name, else one of the same form; −1: a new one of the form, or the file */
};

/* A set in its order; everything lives in the arena. */
struct ga_alarm_rules {
    struct ga_arena arena;
    const struct ga_alarm_rule *items[GA_ALARMS_MAX];
    size_t count;
    size_t layer; /* of what is being read: of two of one name the upper folder's is meant */
};

void ga_alarm_rules_init(struct ga_alarm_rules *set);
void ga_alarm_rules_finish(struct ga_alarm_rules *set);

/*
 * Reads one file and checks all of it against `forms` and the names of `definitions`, as ga_duties_read_text() does.
 * GA_REFUSED: it has faults, and the set stays as it was.
 */
enum ga_rc ga_alarm_rules_read_text(struct ga_alarm_rules *set, struct ga_forms *forms,
                                    const struct ga_definitions *definitions, const char *file, const char *text,
                                    size_t len, struct ga_problems *problems);

/* The folder within those of forms. */
#define GA_ALARMS_FOLDER "alarms"

/* Every *.yaml there, as above; folders without any are fine. For forms check. */
enum ga_rc ga_alarm_rules_read_folders(struct ga_alarm_rules *set, struct ga_forms *forms,
                                       const struct ga_definitions *definitions, const struct ga_io_ops *io,
                                       const struct ga_folders *folders, struct ga_problems *problems);

int ga_alarm_rules_find(const struct ga_alarm_rules *set, const char *name); /* −1: none */

#endif
