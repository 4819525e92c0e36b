/* Remembers what each user saved last since the program started. */
#include "private.h"

#include "guanai/base/alloc.h"
#include "guanai/base/map.h"

#include <stdlib.h>

struct saved {
    char *key; /* "user\nform" */
    struct ga_answers answers;
};

struct ga_sitting {
    struct ga_map by_key; /* struct saved */
};

struct ga_sitting *ga_sitting_create(void)
{
    return ga_alloc(sizeof(struct ga_sitting));
}

void ga_sitting_destroy(struct ga_sitting *sitting)
{
    if (sitting == NULL)
        return;
    for (size_t i = 0; i < sitting->by_key.cap; i++) {
        struct saved *saved = ga_map_slot_value(&sitting->by_key, i);
        if (saved == NULL)
            continue;
        ga_answers_finish(&saved->answers);
        free(saved->key);
        free(saved);
    }
    ga_map_finish(&sitting->by_key);
    free(sitting);
}

static char *make_key(const char *user, const char *form)
{
    struct ga_str key = {0};
    ga_str_addf(&key, "%s\n%s", user, form);
    return ga_str_take(&key);
}

const struct ga_answers *ga_sitting_last(const struct ga_sitting *sitting, const char *user, const char *form)
{
    if (sitting == NULL)
        return NULL;
    char *key = make_key(user, form);
    const struct saved *saved = ga_map_get(&sitting->by_key, key);
    free(key);
    return saved == NULL ? NULL : &saved->answers;
}

void ga_sitting_remember(struct ga_sitting *sitting, const char *user, const struct ga_answers *answers)
{
    if (sitting == NULL)
        return;
    char *key = make_key(user, answers->form->name);
    struct saved *saved = ga_map_get(&sitting->by_key, key);
    if (saved == NULL) {
        saved = ga_alloc(sizeof(*saved));
        saved->key = key;
        ga_map_put(&sitting->by_key, key, saved);
    } else {
        free(key);
        ga_answers_finish(&saved->answers);
    }
    ga_answers_copy(&saved->answers, answers);
}
