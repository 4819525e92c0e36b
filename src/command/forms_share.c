/* guanai forms shared, guanai forms share: the school's own files among its computers. */
#include "private.h"

#include "guanai/app/own_files.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"

#include <string.h>

static const char *const states[GA_OWN_FILE_STATES] = {
    [GA_OWN_FILE_SAME] = "same", [GA_OWN_FILE_OURS] = "ours", [GA_OWN_FILE_THEIRS] = "theirs", [GA_OWN_FILE_BOTH] = "both"};

struct sharing {
    struct ga_command_line *line;
    struct ga_session *session;
    struct ga_arena arena;
    struct ga_vec files; /* struct ga_own_file */
};

static enum ga_rc start(struct sharing *s, struct ga_error *err)
{
    ga_vec_init(&s->files, sizeof(struct ga_own_file));
    return ga_own_files_list(s->session, &s->arena, &s->files, err);
}

static void finish(struct sharing *s)
{
    ga_vec_finish(&s->files);
    ga_arena_finish(&s->arena);
    ga_session_close(s->session);
}

/* ---- shared ---- */

/* "1 石桥教学点 2026-11-23, 2 …": the numbers pick. */
static const char *say_texts(struct sharing *s, const struct ga_own_file *file)
{
    struct ga_str out = {0};
    for (size_t i = 0; i < file->texts_count; i++) {
        const struct ga_shared_text *text = &file->texts[i];
        ga_str_addf(&out, "%s%s %s %s", i > 0 ? ", " : "", GA_NUM(i + 1), text->site_label[0] != '\0' ? text->site_label : text->user,
                    GA_DATE_ISO(ga_date_from_days(text->local_day)));
        if (text->text == NULL && !text->is_damaged)
            ga_str_addf(&out, " (%s)", ga_tr(s->line->lang, "taken away"));
    }
    const char *kept = ga_arena_strdup(&s->arena, ga_str_text(&out));
    ga_str_finish(&out);
    return kept;
}

static const char *say_finding(struct sharing *s, const struct ga_own_file *file)
{
    char buf[GA_MESSAGE_BYTES];
    if (file->finding.id == NULL)
        return "";
    const char *what = ga_message_text(&file->finding, s->line->lang, buf, sizeof(buf));
    return file->finding_line > 0 ? ga_arena_printf(&s->arena, "%s:%d: %s", file->name, file->finding_line, what)
                                  : ga_arena_strdup(&s->arena, what);
}

static void say_effects(void *ctx, const struct ga_weighing *weighing)
{
    struct ga_command_line *line = ctx;
    char buf[GA_MESSAGE_BYTES];
    for (size_t i = 0; i < weighing->effects.len; i++) {
        const struct ga_effect *effect = GA_VEC_AT(const struct ga_effect, &weighing->effects, i);
        struct ga_message what;
        ga_effect_describe(effect, effect->field, &what);
        ga_say(line, "%1: %2", weighing->form->name, ga_message_text(&what, line->lang, buf, sizeof(buf)));
    }
}

static enum ga_exit list(struct sharing *s)
{
    static const char *const names[] = {"file", "title", "state", "from", "finding"};
    struct ga_table_out table = {.line = s->line, .names = names, .count = GA_COUNT(names)};
    bool has_waiting = false;
    ga_table_begin(&table);
    for (size_t i = 0; i < s->files.len; i++) {
        const struct ga_own_file *file = GA_VEC_AT(const struct ga_own_file, &s->files, i);
        has_waiting |= file->state != GA_OWN_FILE_SAME;
        ga_table_row(&table, (const char *const[]){file->name, ga_label_text(&file->title, s->line->lang), states[file->state],
                                                   say_texts(s, file), say_finding(s, file)});
    }
    ga_table_end(&table);
    ga_own_files_weigh(s->session, &s->files, say_effects, s->line, NULL);
    return has_waiting ? GA_EXIT_FINDINGS : GA_EXIT_DONE;
}

enum ga_exit ga_run_forms_shared(struct ga_command_line *line)
{
    struct sharing s = {.line = line};
    struct ga_error err = {0};
    size_t counts[GA_OWN_FILE_STATES];
    enum ga_exit exit = ga_args_parse(line, NULL, 0, 0, 0);
    if (exit == GA_EXIT_DONE)
        exit = ga_command_open(line, &s.session);
    if (exit != GA_EXIT_DONE)
        return exit;
    const enum ga_rc rc = start(&s, &err);
    if (rc == GA_OK)
        ga_own_files_count(s.session, counts, NULL);
    exit = rc == GA_OK ? list(&s) : ga_say_file_error(line, rc, &err);
    finish(&s);
    return exit;
}

/* ---- share ---- */

/* "ours", or the number that `shared` gave a text. */
static bool read_pick(const struct ga_own_file *file, const char *word, int *ret_pick)
{
    int64_t no;
    const bool is_ours = strcmp(word, "ours") == 0;
    if (!is_ours && (!ga_num_parse(word, &no) || no < 1 || (uint64_t)no > file->texts_count))
        return false;
    *ret_pick = is_ours ? GA_OWN_PICK_OURS : (int)no - 1;
    return true;
}

/* One file alone: the others stay as they are. */
static enum ga_exit pick(struct sharing *s)
{
    const char *name = s->line->argv[1];
    bool is_there = false;
    for (size_t i = 0; i < s->files.len; i++) {
        struct ga_own_file *file = ga_vec_at(&s->files, i);
        if (strcmp(file->name, name) != 0) {
            file->pick = GA_OWN_PICK_NONE;
            continue;
        }
        is_there = true;
        if (s->line->argc > 2 && !read_pick(file, s->line->argv[2], &file->pick))
            return ga_usage(s->line);
        if (s->line->argc > 2) /* it was not looked into as this */
            file->finding = (struct ga_message){.id = NULL};
        if (file->pick == GA_OWN_PICK_NONE && file->state == GA_OWN_FILE_BOTH) {
            ga_say(s->line, "%1 was changed on several computers: say which counts, ours or a number: %2", name, say_texts(s, file));
            return GA_EXIT_FINDINGS;
        }
    }
    if (!is_there)
        ga_say(s->line, "no file %1 of the school's own is known: guanai forms shared lists them", name);
    return is_there ? GA_EXIT_DONE : GA_EXIT_FINDINGS;
}

static enum ga_exit say_left(struct sharing *s, const struct ga_own_files_done *done)
{
    size_t left = 0;
    for (size_t i = 0; i < s->files.len; i++) {
        const struct ga_own_file *file = GA_VEC_AT(const struct ga_own_file, &s->files, i);
        left += file->state == GA_OWN_FILE_BOTH && file->pick == GA_OWN_PICK_NONE;
        if (file->pick != GA_OWN_PICK_NONE && file->finding.id != NULL)
            ga_say(s->line, "not taken: %1: %2", file->name, say_finding(s, file));
    }
    ga_say(s->line, "handed on: %1, taken: %2, refused: %3", GA_NUM(done->handed_on), GA_NUM(done->taken), GA_NUM(done->refused));
    if (left > 0 && s->line->argc == 1)
        ga_say(s->line, "changed on several computers: %1 files; guanai forms share FILE NUMBER says which counts", GA_NUM(left));
    return done->refused > 0 || (left > 0 && s->line->argc == 1) ? GA_EXIT_FINDINGS : GA_EXIT_DONE;
}

static enum ga_exit share(struct sharing *s)
{
    struct ga_problems problems;
    struct ga_own_files_done done;
    struct ga_error err = {0};
    const enum ga_exit picked = s->line->argc > 1 ? pick(s) : GA_EXIT_DONE;
    if (picked != GA_EXIT_DONE)
        return picked;
    ga_problems_init(&problems);
    const enum ga_rc rc = ga_own_files_accept(s->session, &s->files, false, &problems, &done, &err);
    ga_say_problems(s->line, &problems, false);
    ga_problems_finish(&problems);
    return rc == GA_OK ? say_left(s, &done) : ga_say_error(s->line, rc, &err);
}

enum ga_exit ga_run_forms_share(struct ga_command_line *line)
{
    struct sharing s = {.line = line};
    struct ga_error err = {0};
    enum ga_exit exit = ga_args_parse(line, NULL, 0, 0, 2);
    if (exit == GA_EXIT_DONE)
        exit = ga_command_open(line, &s.session);
    if (exit != GA_EXIT_DONE)
        return exit;
    const enum ga_rc rc = start(&s, &err);
    exit = rc == GA_OK ? share(&s) : ga_say_file_error(line, rc, &err);
    finish(&s);
    return exit;
}
