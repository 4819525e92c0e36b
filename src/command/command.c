/* Finds out which command is meant and runs it. */
#include "charset.h"
#include "private.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/crypt/secret.h"
#include "guanai/yaml/suggest.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct ga_command commands[] = {
    {"init", GA_N_("--school NAME [--demo N]"), GA_N_("makes a new data folder"), ga_run_init},
    {"demo", GA_N_("[N]"), GA_N_("opens a throw-away school of N invented children"), ga_run_demo},
    {"find", GA_N_("TEXT"), GA_N_("finds children by name, pinyin, initials, tails of numbers, village"), ga_run_find},
    {"list", GA_N_("FORM [--where EXPR] [--format tsv|json] | child [--school NAME] | child [--class C] [--on DAY] [--site S]"), GA_N_("lists the records of a form; child --class, --on: who was in a class on a day"), ga_run_list},
    {"show", GA_N_("FORM ID"), GA_N_("shows one record"), ga_run_show},
    {"add", GA_N_("FORM [child=ID] FIELD=VALUE … [--because REASON]"), GA_N_("makes a record"), ga_run_add},
    {"edit", GA_N_("FORM ID FIELD=VALUE … [--because REASON] [--keep-name]"), GA_N_("changes a record"), ga_run_edit},
    {"history", GA_N_("FORM ID [--field FIELD]"), GA_N_("says who changed what and when"), ga_run_history},
    {"note done", GA_N_("FORM ID NOTE [--reopen]"), GA_N_("marks a note as done, or opens it again"), ga_run_note_done},
    {"note", GA_N_("FORM ID FIELD TEXT"), GA_N_("writes a note on a field of a record"), ga_run_note},
    {"notes", GA_N_("[--form FORM] [--all] [--format tsv|json]"), GA_N_("lists the notes that are open, or all of them"),
     ga_run_notes},
    {"verify", GA_N_("[--form FORM] [--class C] [--site S] [--format tsv|json] · FORM ID FIELD=VALUE [--take first|second|open] [--because REASON]"),
     GA_N_("lists answers that wait for a second typing, or types one of them"), ga_run_verify},
    {"doubles link", GA_N_("A B [--because REASON]"), GA_N_("says that two files are one child's; A leads"),
     ga_run_doubles_link},
    {"doubles unlink", GA_N_("A B [--because REASON]"), GA_N_("parts two linked files again"), ga_run_doubles_unlink},
    {"doubles differ", GA_N_("A B [--because REASON]"), GA_N_("says that two files are two children's: not asked again"),
     ga_run_doubles_differ},
    {"doubles", GA_N_("[--format tsv|json]"), GA_N_("lists files that may be one child's, with what they have in common"),
     ga_run_doubles},
    {"card-numbers renew", GA_N_("CHILD … | all"),
     GA_N_("gives the next free card numbers to those children, or to all who share one but the child that keeps it"),
     ga_run_card_numbers_renew},
    {"card-numbers", GA_N_("[--format tsv|json]"),
     GA_N_("lists children who have one card number, with the one that keeps it"), ga_run_card_numbers},
    {"figures", GA_N_("[--on DAY] [--class C] [--site S] [--school NAME] [--by school] [--list DEFINITION:yes|no|unknown|A,B] [--difference A,B] [--format tsv|json]"),
     GA_N_("counts the left-behind children by each definition on a day"), ga_run_figures},
    {"phones", GA_N_("[--class C] [--site S] [--tries N] [--format tsv|json]"),
     GA_N_("lists the phone numbers that failed: how often since they last answered, which one to ring instead"), ga_run_phones},
    {"alarms", GA_N_("[--owner NAME] [--class C] [--site S] [--alarm A] [--limit N] [--format tsv|json]"),
     GA_N_("lists the children about whom something must be done now, the most urgent first"), ga_run_alarms},
    {"due", GA_N_("[--owner NAME] [--class C] [--site S] [--duty D] [--from DAY] [--to DAY] [--state STATE,…|all] [--limit N] [--format tsv|json]"),
     GA_N_("lists what is owed: now, or in the windows of those days"), ga_run_due},
    {"excuses say", GA_N_("DUTY OUTCOME --child ID | --class C [--site S] [--period P] [--until DAY] [--because REASON]"),
     GA_N_("says why a child's duty, a class's or without both the school's is not done, or until when it is put off"), ga_run_excuses_say},
    {"excuses confirm", GA_N_("[--class C] [--site S] [--month YYYY-MM]"),
     GA_N_("confirms the reasons that wait, but for one's own"), ga_run_excuses_confirm},
    {"excuses", GA_N_("[--class C] [--site S] [--month YYYY-MM] [--format tsv|json]"),
     GA_N_("lists the reasons that wait to be confirmed"), ga_run_excuses},
    {"plan undo", GA_N_("--owner NAME"), GA_N_("takes back the trips written down last, where nothing is typed in"), ga_run_plan_undo},
    {"plan", GA_N_("--owner NAME --from DAY --to DAY [--keep] [--format tsv|json]"),
     GA_N_("spreads the home visits somebody owes over free days, at most five a trip; --keep writes the trips down"), ga_run_plan},
    {"priorities", GA_N_("[--month YYYY-MM] [--class C] [--site S] [--priority P] [--all] [--next N | --nothing-for DAYS | --not-reached DAYS | --proof | --classes] [--format tsv|json]"),
     GA_N_("prints the board of the three priorities: turns, who is next, who got nothing, what proves it"), ga_run_priorities},
    {"checklist sign", GA_N_("--class C --month YYYY-MM [--site S] [--with-open] [--undo]"),
     GA_N_("signs the month of a class and confirms the reasons given in it, or takes the signature back"), ga_run_checklist_sign},
    {"checklist", GA_N_("--class C --month YYYY-MM [--site S] [--format tsv|json]"),
     GA_N_("prints the sheet of a class in a month: every child by every duty"), ga_run_checklist},
    {"appraisal", GA_N_("[--term T] [--by class|teacher] [--format tsv|json]"),
     GA_N_("counts how the classes or teachers did over a term: done, late, typed late, excused"), ga_run_appraisal},
    {"materials", GA_N_("[--term T] [--missing] [--out FILE.xlsx|.txt] [--activities FILE.xlsx|.txt] [--format tsv|json]"),
     GA_N_("counts the papers for an inspection by month of a term: what is there, what is missing from which class; or writes them to print"),
     ga_run_materials},
    {"duties", GA_N_("[DUTY] [--class C] [--site S] [--format tsv|json] · DUTY on|off [--class C] [--site S] [--from DAY] [--yes]"),
     GA_N_("lists the duties with the records a month they make, or switches one on or off"), ga_run_duties},
    {"catch-up", GA_N_("[--class C] [--site S] [--duty D] [--format tsv|json] · --reason TEXT"),
     GA_N_("lists what ran out unrecorded while the computer stood still over 30 days, or gives a reason for it"), ga_run_catch_up},
    {"year-end", GA_N_("[--exceptions] [--format tsv|json] · run|undo|seal"),
     GA_N_("shows where every class goes when the school year turns, carries it out, takes it back, seals it"), ga_run_year_end},
    {"import",
     GA_N_("FORM FILE [--dry-run] [--sheet N] [--match FIELD,…] [--mode fill|update|append] [--rejects FILE] [--columns HEADING=FIELD,…] [--reveal] [--stay-gone] · --list · --undo N|ID [--dry-run]"),
     GA_N_("takes records from a CSV or XLSX file"), ga_run_import},
    {"export",
     GA_N_("FORM --out FILE.csv|.xlsx|.json [--where EXPR] [--columns A,B] [--labels] [--encoding utf-8|gb18030] · --sqlite FILE [--replace]"),
     GA_N_("writes records to a CSV, XLSX or JSON file, or all of them to an SQLite file"), ga_run_export},
    {"forms list", GA_N_("[FORM …] [--format tsv|json]"),
     GA_N_("lists the forms with the records a month they make, in a class, for a class teacher"), ga_run_forms_list},
    {"forms on", GA_N_("FORM … [--format tsv|json] [--yes]"), GA_N_("lets forms stand first where a record is made"), ga_run_forms_on},
    {"forms off", GA_N_("FORM … [--format tsv|json]"), GA_N_("moves forms behind more …"), ga_run_forms_off},
    {"forms check", GA_N_("[--against-data] [PATH …]"),
     GA_N_("checks forms and lists; against the data: what a change would hide or refuse"), ga_run_forms_check},
    {"forms accept", GA_N_("[FORM …]"), GA_N_("takes changed forms into force that wait for an administrator"),
     ga_run_forms_accept},
    {"forms shared", GA_N_(""), GA_N_("lists the school's own files: changed here, changed on other computers, what is wrong with them"),
     ga_run_forms_shared},
    {"forms share", GA_N_("[FILE [ours|NUMBER]]"),
     GA_N_("hands on the school's own files changed here, takes those of its other computers"), ga_run_forms_share},
    {"check", GA_N_("[--rebuild | --salvage]"), GA_N_("checks that everything is as it was once written; salvages what a damaged database still holds into a new folder"), ga_run_check},
    {"backup", GA_N_("[DIR | --list]"), GA_N_("copies the data to a folder or beside the data, opens and counts the copy"), ga_run_backup},
    {"sync", GA_N_("export DIR [complete [SCHOOL]] · import DIR|FILE · status · conflicts [FILE.xlsx|.txt] · resolve ROW DIGIT|FIELD=TEXT … · resolve obvious|undo · hand ROW [NAME|-] · label NAME · pair invite|join|answer|finish DIR [NAME|DIGITS] · county · meet DIR [without-names] [DIGITS [same|other]] · recover DIR FILE|- · schools [part|join SCHOOL|SITE] · guest join DIR [DIGITS] · guest invite DIR class:CLASS|site:CODE [DIGITS] · guest list · guest end NAME"),
     GA_N_("carries what was saved from computer to computer by stick"), ga_run_sync},
    {"restore", GA_N_("FILE"), GA_N_("puts a backup in the place of the data, which is kept beside it"), ga_run_restore},
    {"help", GA_N_("[COMMAND]"), GA_N_("explains the commands"), ga_run_help},
    {"version", GA_N_(""), GA_N_("says which version this is"), ga_run_version},
};

const struct ga_command *ga_commands(size_t *ret_count)
{
    *ret_count = GA_COUNT(commands);
    return commands;
}

enum ga_exit ga_exit_of(enum ga_rc rc)
{
    static const enum ga_exit exits[] = {
        [GA_OK] = GA_EXIT_DONE,        [GA_REFUSED] = GA_EXIT_FINDINGS, [GA_NOT_FOUND] = GA_EXIT_FINDINGS,
        [GA_USAGE] = GA_EXIT_USAGE,    [GA_DENIED] = GA_EXIT_DENIED,    [GA_DAMAGED] = GA_EXIT_BROKEN,
        [GA_BUSY] = GA_EXIT_BROKEN,    [GA_IO] = GA_EXIT_BROKEN,        [GA_TOO_BIG] = GA_EXIT_FINDINGS,
        [GA_CANCELLED] = GA_EXIT_BROKEN,
    };
    return exits[rc];
}

/* What the global options said, as typed. */
struct globals {
    const char *lang, *today, *password_file;
    bool is_help, is_short_help, is_version;
};

static bool is_name(const char *name)
{
    return name == NULL || (name[0] != '\0' && strlen(name) <= 150);
}

static enum ga_exit read_globals(struct ga_command_line *line, const struct globals *globals)
{
    if (globals->lang != NULL) {
        const int lang = ga_lang_parse(globals->lang);
        if (lang < 0) {
            ga_say(line, "'%1' is no language; use zh or en", globals->lang);
            return GA_EXIT_USAGE;
        }
        line->session.lang = lang;
        line->lang = (enum ga_lang)lang;
    }
    if (globals->today != NULL &&
        (!ga_date_from_iso(globals->today, &line->session.today) || !ga_date_is_day(line->session.today))) {
        ga_say(line, "'%1' is no day; write it as 2026-11-30", globals->today);
        return GA_EXIT_USAGE;
    }
    if (globals->password_file != NULL)
        ga_say(line, "there are no passwords yet: %1 is not read, the name alone is recorded", globals->password_file);
    if (!is_name(line->session.user) || !is_name(line->session.doer)) {
        ga_say(line, "a user's name has 1 to 50 characters");
        return GA_EXIT_USAGE;
    }
    return GA_EXIT_DONE;
}

static const char *const global_names[] = {"--config", "--data",  "--forms",         "--lang",
                                           "--today",  "--user",  "--for",           "--password-file"};

bool ga_is_global(const char *word)
{
    const size_t len = strcspn(word, "=");
    for (size_t i = 0; i < GA_COUNT(global_names); i++)
        if (strlen(global_names[i]) == len && strncmp(global_names[i], word, len) == 0)
            return true;
    return false;
}

/* Also what is wrong with the other options is said in that language. */
static void guess_language(struct ga_command_line *line, int words, char **argv)
{
    for (int i = 1; i < words; i++) {
        const bool has_value = strncmp(argv[i], "--lang=", 7) == 0;
        if (!has_value && (strcmp(argv[i], "--lang") != 0 || i + 1 >= words))
            continue;
        const int lang = ga_lang_parse(has_value ? argv[i] + 7 : argv[i + 1]);
        line->lang = lang >= 0 ? (enum ga_lang)lang : line->lang;
    }
}

/* How many words belong to the global options; they stand before the command. */
static int count_globals(int argc, char **argv, const struct ga_option *options, size_t count)
{
    int i = 1;
    while (i < argc && argv[i][0] == '-' && argv[i][1] != '\0') {
        for (size_t k = 0; k < count; k++)
            if (options[k].value != NULL && strcmp(options[k].name, argv[i]) == 0)
                i++;
        i++;
    }
    return i < argc ? i : argc;
}

/* "forms check" is one command of two words. */
static const struct ga_command *find_command(struct ga_command_line *line)
{
    char two[64] = "";
    if (line->argc > 1 && strlen(line->argv[0]) + strlen(line->argv[1]) + 2 <= sizeof(two)) {
        strcpy(two, line->argv[0]);
        strcat(two, " ");
        strcat(two, line->argv[1]);
    }
    for (size_t i = 0; i < GA_COUNT(commands); i++) {
        if (strcmp(commands[i].name, line->argv[0]) == 0)
            return &commands[i];
        if (strcmp(commands[i].name, two) == 0) {
            line->argv++;
            line->argc--;
            return &commands[i];
        }
    }
    return NULL;
}

/* The first whose first of two words that is; NULL: of none. */
static const char *begun_by(const char *word)
{
    const size_t len = strlen(word);
    for (size_t i = 0; i < GA_COUNT(commands); i++)
        if (strncmp(commands[i].name, word, len) == 0 && commands[i].name[len] == ' ')
            return commands[i].name;
    return NULL;
}

enum ga_exit ga_refuse_command(struct ga_command_line *line, const char *name)
{
    const char *names[GA_COUNT(commands)], *begun = begun_by(name);
    for (size_t i = 0; i < GA_COUNT(commands); i++)
        names[i] = commands[i].name;
    ga_say(line, "there is no command '%1'", name);
    if (begun != NULL)
        ga_say(line, "did you mean '%1'?", begun);
    else
        ga_guess(line, name, names, GA_COUNT(commands));
    ga_say(line, "guanai help lists the commands");
    return GA_EXIT_USAGE;
}

/* "guanai list --help" is what people try first. */
static bool is_help_asked(const struct ga_command_line *line)
{
    for (int i = 1; i < line->argc && strcmp(line->argv[i], "--") != 0; i++)
        if (strcmp(line->argv[i], "--help") == 0 || strcmp(line->argv[i], "-h") == 0)
            return true;
    return false;
}

static enum ga_exit run_command(struct ga_command_line *line, int argc, char **argv)
{
    line->argc = argc;
    line->argv = argv;
    const struct ga_command *command = find_command(line);
    if (command == NULL)
        return ga_refuse_command(line, line->argv[0]);
    line->command = command;
    if (is_help_asked(line)) {
        ga_help_command(line, command);
        return GA_EXIT_DONE;
    }
    line->session.is_script = true;
    return command->run(line);
}

/* Pages are drawn in UTF-8: on any other terminal nobody could read them, this sentence everybody can. */
enum ga_exit ga_refuse_charset(struct ga_command_line *line)
{
    ga_say(line, "this terminal is set to %1; the full screen needs one with UTF-8", line->charset);
    ga_say(line, "set the terminal to UTF-8, then start: LC_ALL=C.UTF-8 guanai; commands like guanai list work here too");
    return GA_EXIT_USAGE;
}

static enum ga_exit run_screens(struct ga_command_line *line)
{
    if (line->charset != NULL)
        return ga_refuse_charset(line);
    if (line->screens != NULL)
        return line->screens(line);
    ga_say(line, "this build has no screens; guanai help lists the commands");
    return GA_EXIT_USAGE;
}

/* Output that did not arrive (disk full, closed pipe) is not done. */
static enum ga_exit check_output(struct ga_command_line *line, enum ga_exit exit)
{
    if (fflush(line->out) == 0 && !ferror(line->out))
        return exit;
    ga_say(line, "the output could not be written");
    return GA_EXIT_BROKEN;
}

static enum ga_exit run_words(struct ga_command_line *line, int argc, char **argv)
{
    struct globals globals = {0};
    const struct ga_option options[] = {
        {"--config", &line->session.config, NULL}, {"--data", &line->session.data, NULL},
        {"--forms", &line->session.forms, NULL},   {"--lang", &globals.lang, NULL},
        {"--today", &globals.today, NULL},         {"--user", &line->session.user, NULL},
        {"--for", &line->session.doer, NULL},
        {"--password-file", &globals.password_file, NULL},
        {"--help", NULL, &globals.is_help},        {"--version", NULL, &globals.is_version},
        {"-h", NULL, &globals.is_short_help},
    };
    const int words = count_globals(argc, argv, options, GA_COUNT(options));
    line->argc = words;
    line->argv = argv;
    guess_language(line, words, argv);
    enum ga_exit exit = ga_args_parse(line, options, GA_COUNT(options), 0, 0);
    if (exit == GA_EXIT_DONE)
        exit = read_globals(line, &globals);
    if (exit != GA_EXIT_DONE)
        return exit;
    line->session.config = ga_path(line, line->session.config);
    line->session.data = ga_path(line, line->session.data);
    line->session.forms = ga_path(line, line->session.forms);
    globals.is_help |= globals.is_short_help;
    if (globals.is_help || globals.is_version)
        return globals.is_help ? ga_run_help(line) : ga_run_version(line);
    return words < argc ? run_command(line, argc - words, argv + words) : run_screens(line);
}

/* Streams of the terminal's own charset stand in for the real ones until the end. */
static void open_charset(struct ga_command_line *line, const struct ga_command_ends *ends)
{
    FILE *out = ga_charset_stream(ends->charset, ends->out), *err = ga_charset_stream(ends->charset, ends->err);
    if (out == NULL || err == NULL) { /* a C library without that table: UTF-8 is all there is */
        if (out != NULL)
            fclose(out);
        return;
    }
    setvbuf(err, NULL, _IOLBF, 0);
    line->out = out;
    line->err = err;
    line->charset = ends->charset;
}

enum ga_exit ga_command_main(int argc, char **argv, const struct ga_command_ends *ends)
{
    struct ga_command_line line = {.out = ends->out, .err = ends->err, .lang = GA_ZH, .screens = ends->screens,
                                   .is_out_terminal = isatty(fileno(ends->out)),
                                   .is_err_terminal = isatty(fileno(ends->err))};
    struct ga_arena arena = {0};
    line.session.lang = -1;
    line.session.program = argc > 0 ? argv[0] : NULL;
    line.session.io = ga_io_system();
    line.session.clock = ga_clock_system();
    line.session.random = ga_crypt_random();
    line.session.system_root = getenv("GUANAI_SYSTEM_ROOT");
    ga_vec_init(&line.words, sizeof(struct ga_charset_word));
    if (ends->charset != NULL)
        open_charset(&line, ends);
    if (line.charset != NULL)
        argv = ga_charset_words(line.charset, argc, argv, &arena, &line.words);
    const enum ga_exit exit = check_output(&line, run_words(&line, argc, argv));
    if (line.charset != NULL) {
        fclose(line.out);
        fclose(line.err);
    }
    ga_vec_finish(&line.words);
    ga_arena_finish(&arena);
    return exit;
}
