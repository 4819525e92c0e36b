/* A throw-away school with the real program open on it in a pseudo-terminal. */
#include "pty_school.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

const char *pty_school_run(const struct pty_school *school, const char *words)
{
    static char said[16000];
    char line[2000];
    snprintf(line, sizeof(line), "'%s' --data '%s/data' --forms '%s' --user %s --today %s %s", school->program,
             school->folder, school->forms, school->user, school->today, words);
    FILE *pipe = popen(line, "r");
    assert_non_null(pipe);
    size_t len = fread(said, 1, sizeof(said) - 1, pipe);
    said[len] = '\0';
    assert_int_equal(pclose(pipe), 0);
    return said;
}

int pty_school_count(const struct pty_school *school, const char *form)
{
    char words[120];
    int lines = 0;
    snprintf(words, sizeof(words), "list %s", form);
    for (const char *p = pty_school_run(school, words); *p != '\0'; p++)
        lines += *p == '\n';
    return lines - 1; /* the names of the columns */
}

void pty_school_start(struct pty_school *school, const char *name)
{
    char words[120];
    strcpy(school->folder, "/tmp/guanai-pty-XXXXXX");
    assert_non_null(mkdtemp(school->folder));
    school->user = school->user != NULL ? school->user : "周老师";
    school->today = school->today != NULL ? school->today : "2026-11-23";
    snprintf(words, sizeof(words), "init --school %s", name);
    pty_school_run(school, words);
}

int pty_school_remove(struct pty_school *school)
{
    char line[120];
    snprintf(line, sizeof(line), "rm -rf '%s'", school->folder);
    return system(line);
}

int pty_school_stop(void **state)
{
    return pty_school_remove(*state);
}

/* Rows that are refused leave 1 behind: they are part of the story. */
static void take_in(const struct pty_school *school, const char *form, const char *folder, const char *file)
{
    char words[600];
    snprintf(words, sizeof(words), "import %s '%s/%s' --rejects '%s/refused.csv' >/dev/null 2>&1 || [ $? = 1 ]", form, folder,
             file, school->folder);
    pty_school_run(school, words);
}

void pty_school_take_township(const struct pty_school *school)
{
    char line[600];
    take_in(school, "child", GUANAI_ROSTERS, "township-700.csv");
    snprintf(line, sizeof(line), "python3 '%s' '%s/refused.csv' '%s/mended.csv'", GUANAI_MEND, school->folder, school->folder);
    assert_int_equal(system(line), 0);
    take_in(school, "child", school->folder, "mended.csv");
    take_in(school, "home_visit", GUANAI_ROSTERS, "township-700-visits.csv");
}

void pty_school_begin_walk(struct pty_school *school)
{
    pty_school_start(school, "石桥镇中心小学");
    setenv("HOME", school->folder, 1); /* where sheets are written */
    pty_school_take_township(school);
    pty_school_run(school, "add duty_choice duty=visit_month is_on=1 from_on=2026-11-01 'class=三年级(2)班'");
    pty_school_run(school, "add class_teacher 'class=三年级(2)班' teacher=周老师 from_on=2026-09-01");
}

void pty_school_owe_visits_only(const struct pty_school *school)
{
    static const char *const off[] = {"talk_month", "call_month", "contact_month", "visit_phase", "guardian_talk_term"};
    char words[200];
    for (size_t i = 0; i < sizeof(off) / sizeof(off[0]); i++) {
        snprintf(words, sizeof(words), "add duty_choice duty=%s is_on=0 from_on=2026-09-01 >/dev/null", off[i]);
        pty_school_run(school, words);
    }
}

void pty_school_visit(const struct pty_school *school, const char *name, const char *fields)
{
    char words[400], id[37];
    snprintf(words, sizeof(words), "find %s | sed -n 2p", name);
    strncpy(id, pty_school_run(school, words), 36);
    id[36] = '\0';
    snprintf(words, sizeof(words), "add home_visit child=%s visited_on=2026-11-21 %s >/dev/null 2>&1", id, fields);
    pty_school_run(school, words);
}

bool pty_school_marks(struct pty *pty, const char *text)
{
    struct ga_str screen = {0};
    pty_dump(pty, &screen);
    const char *mark = strstr(ga_str_text(&screen), "▶"), *at = mark != NULL ? strstr(mark, text) : NULL;
    const bool is = at != NULL && at < mark + strcspn(mark, "\n");
    ga_str_finish(&screen);
    return is;
}

uint32_t pty_school_digit_of(struct pty *pty, const char *text)
{
    struct ga_str screen = {0};
    pty_dump(pty, &screen);
    const char *at = strstr(ga_str_text(&screen), text);
    assert_non_null(at);
    const char *line = at;
    while (line > ga_str_text(&screen) && line[-1] != '\n')
        line--;
    line += strcspn(line, "0123456789");
    assert_true(line < at); /* else digits reach no further than the lines above */
    const uint32_t digit = (uint32_t)*line;
    ga_str_finish(&screen);
    return digit;
}

/* The first thing on the line of a text, behind the mark. */
static uint32_t key_before(struct pty *pty, const char *text)
{
    static const char mark[] = "▶";
    struct ga_str screen = {0};
    pty_dump(pty, &screen);
    const char *line = strstr(ga_str_text(&screen), text);
    assert_non_null(line);
    while (line > ga_str_text(&screen) && line[-1] != '\n')
        line--;
    if (strncmp(line, mark, strlen(mark)) == 0)
        line += strlen(mark);
    line += strspn(line, " ");
    const uint32_t key = (uint32_t)*line;
    ga_str_finish(&screen);
    assert_true((key >= '1' && key <= '9') || (key >= 'a' && key <= 'z'));
    return key;
}

void pty_school_open_more(struct pty_school *school, struct pty *pty, const char *row, const char *wanted)
{
    pty_school_press(school, pty, GA_KEY_DOWN, "按数字选择");
    pty_school_press(school, pty, '0', "各班检查表");
    pty_school_press(school, pty, GA_KEY_END, row);
    pty_school_press(school, pty, key_before(pty, row), wanted);
}

void pty_school_read_digits(struct pty *pty, char ret_digits[36])
{
    struct ga_str screen = {0};
    pty_dump(pty, &screen);
    const char *at = strstr(ga_str_text(&screen), "六组数字是：");
    assert_non_null(at);
    at += strcspn(at, "0123456789");
    snprintf(ret_digits, 36, "%.17s ", at);
    at += 17;
    at += strcspn(at, "0123456789");
    snprintf(ret_digits + 18, 18, "%.17s", at);
    ga_str_finish(&screen);
}

void pty_school_expect(const struct pty_school *school, const char *words, const char *wanted)
{
    const char *said = pty_school_run(school, words);
    if (strstr(said, wanted) == NULL)
        print_message("# no '%s' in:\n%s\n", wanted, said);
    assert_non_null(strstr(said, wanted));
}

void pty_school_expect_not(const struct pty_school *school, const char *words, const char *unwanted)
{
    const char *said = pty_school_run(school, words);
    if (strstr(said, unwanted) != NULL)
        print_message("# '%s' in:\n%s\n", unwanted, said);
    assert_null(strstr(said, unwanted));
}

void pty_school_import_class(const struct pty_school *school, int count)
{
    char path[120], words[200];
    snprintf(path, sizeof(path), "%s/roster.csv", school->folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, "姓名,性别,年级,班级\n");
    for (int i = 0; i < count; i++)
        fprintf(file, "何小%c%c,女,三年级,2班\n", 'A' + i / 10, '0' + i % 10);
    assert_int_equal(fclose(file), 0);
    snprintf(words, sizeof(words), "import child '%s' >/dev/null 2>&1", path);
    pty_school_run(school, words);
}

struct pty *pty_school_open(const struct pty_school *school, const char *wanted)
{
    char data[80];
    snprintf(data, sizeof(data), "%s/data", school->folder);
    const char *argv[] = {school->program, "--data",     data,      "--forms",     school->forms,
                          "--user",        school->user, "--today", school->today, NULL};
    struct pty *pty = pty_start(&(struct pty_config){.argv = argv, .rows = 24, .cols = 80});
    pty_school_wait(pty, wanted);
    return pty;
}

void pty_school_leave(struct pty *pty)
{
    int status;
    pty_key(pty, GA_CTRL('Q'));
    assert_true(pty_wait_exit(pty, &status));
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    pty_stop(pty);
}

void pty_school_end(struct pty *pty, int signal_no)
{
    int status;
    pty_signal(pty, signal_no);
    assert_true(pty_wait_exit(pty, &status));
    pty_stop(pty);
}

void pty_school_key(struct pty_school *school, struct pty *pty, uint32_t key, int times)
{
    for (int i = 0; i < times; i++)
        pty_key(pty, key);
    school->pressed += times;
}

void pty_school_type(struct pty_school *school, struct pty *pty, const char *text)
{
    pty_type(pty, text);
    for (const char *p = text; *p != '\0'; p++)
        school->pressed += ((unsigned char)*p & 0xC0) != 0x80;
}

/* Once shown is shown: what stood there between two keys may be gone again when it is looked for a second time. */
void pty_school_wait(struct pty *pty, const char *wanted)
{
    const bool is_shown = pty_wait(pty, wanted);
    if (!is_shown) {
        struct ga_str screen = {0};
        pty_dump(pty, &screen);
        print_message("# no '%s' on:\n%s\n", wanted, ga_str_text(&screen));
        ga_str_finish(&screen);
    }
    assert_true(is_shown);
}

void pty_school_press(struct pty_school *school, struct pty *pty, uint32_t key, const char *wanted)
{
    pty_school_key(school, pty, key, 1);
    pty_school_wait(pty, wanted);
}
