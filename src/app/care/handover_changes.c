/* Says what has changed between the writing of a handover and its signing. */
#include "care/handover_inner.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "private.h"

#include <string.h>

struct comparing {
    struct ga_arena *arena;
    struct ga_vec written, now; /* const char *: lines */
    struct ga_vec patterns;     /* the same, of both languages */
    struct ga_vec added, gone, kept;
};

static void start(struct comparing *c, struct ga_arena *arena)
{
    struct ga_vec *const lists[] = {&c->written, &c->now, &c->patterns, &c->added, &c->gone, &c->kept};
    *c = (struct comparing){.arena = arena};
    for (size_t i = 0; i < GA_COUNT(lists); i++)
        ga_vec_init(lists[i], sizeof(const char *));
}

static void stop(struct comparing *c)
{
    struct ga_vec *const lists[] = {&c->written, &c->now, &c->patterns, &c->added, &c->gone, &c->kept};
    for (size_t i = 0; i < GA_COUNT(lists); i++)
        ga_vec_finish(lists[i]);
}

static const char *text_at(const struct ga_vec *list, size_t i)
{
    return *GA_VEC_AT(const char *const, list, i);
}

static void cut(const char *text, struct ga_arena *arena, struct ga_vec *lines)
{
    ga_vec_clear(lines);
    while (*text != '\0') {
        const size_t len = strcspn(text, "\n");
        if (len > 0)
            *(const char **)ga_vec_push(lines) = ga_arena_strndup(arena, text, len);
        text += len + (text[len] == '\n');
    }
}

static bool has(const struct ga_vec *lines, const char *line)
{
    for (size_t i = 0; i < lines->len; i++)
        if (strcmp(text_at(lines, i), line) == 0)
            return true;
    return false;
}

/* Where ANY stands any text may. */
static bool fits(const char *line, const char *pattern)
{
    const size_t len = strcspn(pattern, GA_HANDOVER_ANY);
    if (strncmp(line, pattern, len) != 0)
        return false;
    line += len;
    pattern += len;
    if (*pattern == '\0')
        return *line == '\0';
    for (;; line++) {
        if (fits(line, pattern + 1))
            return true;
        if (*line == '\0')
            return false;
    }
}

/* Of the patterns from that one on. */
static bool is_told(const struct comparing *c, const char *line, size_t from)
{
    for (size_t i = from; i < c->patterns.len; i++)
        if (fits(line, text_at(&c->patterns, i)))
            return true;
    return false;
}

static size_t count_told(const struct comparing *c, size_t from)
{
    size_t count = 0;
    for (size_t i = 0; i < c->written.len; i++)
        count += is_told(c, text_at(&c->written, i), from);
    return count;
}

/* In the language that more of what was written is in. */
static enum ga_rc tell_now(struct ga_session *session, const struct ga_handover_class *class_of, struct comparing *c, struct ga_error *err)
{
    const enum ga_lang langs[] = {session->lang, session->lang == GA_ZH ? GA_EN : GA_ZH};
    size_t most = 0;
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && i < GA_COUNT(langs); i++) {
        struct ga_handover_telling telling = {.class_of = &class_of->class_of, .giver = class_of->last->giver, .lang = langs[i],
                                              .patterns = &c->patterns};
        const size_t from = c->patterns.len;
        rc = ga_handover_matters(session, &telling, c->arena, err);
        const size_t told = rc == GA_OK ? count_told(c, from) : 0;
        if (rc == GA_OK && (i == 0 || told > most))
            cut(telling.text, c->arena, &c->now);
        most = told > most ? told : most;
    }
    return rc;
}

static void compare(struct comparing *c)
{
    for (size_t i = 0; i < c->now.len; i++)
        if (!has(&c->written, text_at(&c->now, i)))
            *(const char **)ga_vec_push(&c->added) = text_at(&c->now, i);
    for (size_t i = 0; i < c->written.len; i++) {
        const char *line = text_at(&c->written, i);
        if (!has(&c->now, line))
            *(const char **)ga_vec_push(is_told(c, line, 0) ? &c->gone : &c->kept) = line;
    }
}

static const char *const *keep(const struct ga_vec *lines, struct ga_arena *arena)
{
    const char **kept = ga_arena_array(arena, lines->len + 1, sizeof(*kept));
    if (lines->len > 0)
        memcpy(kept, lines->items, lines->len * sizeof(*kept));
    return kept;
}

/* What is open now, below it what somebody wrote by hand. */
static const char *join(const struct comparing *c)
{
    struct ga_str text = {0};
    for (size_t i = 0; i < c->now.len; i++)
        ga_str_addf(&text, "%s%s", text.len > 0 ? "\n" : "", text_at(&c->now, i));
    for (size_t i = 0; i < c->kept.len; i++)
        ga_str_addf(&text, "%s%s", text.len > 0 ? "\n" : "", text_at(&c->kept, i));
    const char *kept = ga_arena_strdup(c->arena, ga_str_text(&text));
    ga_str_finish(&text);
    return kept;
}

enum ga_rc ga_handover_changes_read(struct ga_session *session, const struct ga_handover_class *class_of, struct ga_arena *arena,
                                    struct ga_handover_changes *ret_changes, struct ga_error *err)
{
    const struct ga_handover *last = class_of->last;
    struct comparing c;
    *ret_changes = (struct ga_handover_changes){.files = class_of->class_of.children};
    if (last == NULL || (last->giver_signed && last->taker_signed))
        return GA_OK;
    start(&c, arena);
    cut(last->matters, arena, &c.written);
    const enum ga_rc rc = tell_now(session, class_of, &c, err);
    if (rc == GA_OK) {
        compare(&c);
        *ret_changes = (struct ga_handover_changes){.added = keep(&c.added, arena), .added_count = c.added.len,
            .gone = keep(&c.gone, arena), .gone_count = c.gone.len, .matters = join(&c), .files = class_of->class_of.children};
    }
    stop(&c);
    return rc;
}

enum ga_rc ga_handover_renew(struct ga_session *session, const struct ga_handover_class *class_of, struct ga_error *err)
{
    struct ga_arena arena = {0};
    struct ga_handover_changes changes;
    enum ga_rc rc = ga_handover_changes_read(session, class_of, &arena, &changes, err);
    const struct ga_written fields[] = {{"open_matters", changes.matters}, {"files", GA_NUM(changes.files)}};
    if (rc == GA_OK && changes.added_count + changes.gone_count > 0)
        rc = ga_written_change(session, NULL, &class_of->last->id, fields, GA_COUNT(fields), err);
    ga_arena_finish(&arena);
    return rc;
}
