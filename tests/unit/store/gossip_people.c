/* What people at these computers do: they enter children, change them, leave forms open, take a child out. */
#include "gossip.h"

#include "guanai/store/undo.h"
#include "private.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

void gossip_add_child(size_t site, size_t child)
{
    struct school *school = &gossip.town.schools[site];
    struct ga_answers answers;
    ga_answers_init(&answers, school_form(school, "child"));
    school_type(&answers, "name", "张三");
    assert_int_equal(ga_store_save(school->store, &(struct ga_save_record){.after = &answers}, 0, NULL, NULL), GA_OK);
    gossip.children[child] = answers.id;
    gossip_note(site, child, 0, &answers, 0);
    ga_answers_finish(&answers);
}

static bool open_form(size_t site, size_t child, struct gossip_form *form)
{
    struct school *school = &gossip.town.schools[site];
    *form = (struct gossip_form){.site = site, .child = child, .known = gossip_known_to(site, child)};
    form->is_open = ga_store_read(school->store, school_form(school, "child"), &gossip.children[child], &form->before,
                                  &form->heads, NULL) == GA_OK;
    return form->is_open;
}

static bool open_any_form(struct gossip_form *form)
{
    const size_t site = gossip_draw(GOSSIP_SITES), child = gossip_draw(GOSSIP_CHILDREN);
    return open_form(site, child, form);
}

/* Few values, so that two often write the same. */
static void type_something(struct ga_answers *after, size_t group)
{
    static const char *const words[GOSSIP_GROUPS][3] = {{"张三", "张山", "章三"},
                                                        {"石桥村", "小河村", "大湾村"},
                                                        {"一组", "二组", "三组"},
                                                        {"小宝", "毛毛", "石头"},
                                                        {"13800001111", "13900002222", "13700003333"},
                                                        {"狗", "猫", "鸭"}};
    static const char *const guardians[] = {"李桂兰", "王秀英", "陈大爷"};
    const bool is_unit = group == 4, is_name = is_unit && gossip_draw(2) == 0;
    school_type(after, !is_unit ? gossip_groups[group] : is_name ? "guardian_name" : "guardian_phone",
                is_name ? guardians[gossip_draw(3)] : words[group][gossip_draw(3)]);
}

void gossip_close_form(struct gossip_form *form)
{
    if (!form->is_open)
        return;
    ga_answers_finish(&form->before);
    ga_heads_destroy(form->heads);
    form->is_open = false;
}

static void save_form(struct gossip_form *form)
{
    struct school *school = &gossip.town.schools[form->site];
    struct ga_answers after;
    bool has_changed = false;
    size_t group = gossip_draw(GOSSIP_GROUPS);
    if (!form->is_open || gossip.versions_count == GOSSIP_VERSIONS_MAX)
        return;
    if (group == GOSSIP_PET && ga_form_field(form->before.form, "pet") == NULL)
        group = 0;
    ga_answers_copy(&after, &form->before);
    type_something(&after, group);
    const struct ga_save_record record = {.after = &after, .before = &form->before, .heads = form->heads};
    assert_int_equal(ga_store_save(school->store, &record, 0, &has_changed, NULL), GA_OK);
    if (has_changed)
        gossip_note(form->site, form->child, group, &after, form->known);
    ga_answers_finish(&after);
}

void gossip_edit(void)
{
    struct gossip_form form;
    if (open_any_form(&form))
        save_form(&form);
    gossip_close_form(&form);
}

/* Opened now, saved when much else may have come; the same form may be saved more than once by mistake of nobody. */
void gossip_leave_open_or_save(void)
{
    struct gossip_form *form = &gossip.forms[gossip_draw(GOSSIP_FORMS_MAX)];
    if (form->is_open)
        save_form(form);
    else
        open_any_form(form);
    if (form->is_open && gossip_draw(2) == 0)
        gossip_close_form(form);
}

void gossip_remove(void)
{
    struct ga_save *save;
    struct gossip_form seen;
    const size_t site = gossip_draw(GOSSIP_SITES), child = GOSSIP_CHILDREN - 1;
    if (gossip_draw(3) != 0 || gossip.versions_count == GOSSIP_VERSIONS_MAX || !open_form(site, child, &seen))
        return;
    gossip_close_form(&seen);
    assert_int_equal(ga_save_begin(gossip.town.schools[site].store, &save, NULL), GA_OK);
    assert_int_equal(ga_save_remove(save, &gossip.children[child], NULL), GA_OK);
    assert_int_equal(ga_save_commit(save, NULL), GA_OK);
    gossip_note(site, child, GOSSIP_GONE, NULL, seen.known);
}
