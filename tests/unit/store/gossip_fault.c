/* What befalls computers that meet by sticks: restored and cloned disks, clocks, forms of two versions. */
#include "gossip.h"

#include "guanai/store/backup.h"
#include "private.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static struct school *at(size_t site)
{
    return &gossip.town.schools[site];
}

void gossip_shell(const char *program, const char *first, const char *second)
{
    struct ga_str command = {0};
    ga_str_addf(&command, "%s '%s' '%s'", program, first, second);
    assert_int_equal(system(ga_str_text(&command)), 0);
    ga_str_finish(&command);
}

/* A data folder, but for its own copies: with the database goes what tells that it is the newest (store/head.c). */
static void copy_disk(const char *from, const char *to)
{
    struct ga_arena arena = {0};
    const char *backups = ga_arena_printf(&arena, "%s/backups", from);
    gossip_shell("rm -rf", to, backups);
    gossip_shell("cp -R", from, to);
    ga_arena_finish(&arena);
}

/* Beside its data folder, named like that; in the arena of its school. */
static const char *beside(size_t site, const char *name)
{
    return ga_arena_printf(&at(site)->arena, "%s-%s", at(site)->folder, name);
}

/* ---- starts and ends of the program ---- */

/* Whoever has another id has to be known by it. */
void gossip_trust(void)
{
    if (gossip.run->introduce != NULL)
        gossip.run->introduce();
}

/* Programs die here, the power stays: nothing has to reach the disk. */
static void spare_disk(size_t site)
{
    assert_int_equal(ga_db_exec(at(site)->store->db, "PRAGMA synchronous = OFF", NULL), GA_OK);
}

void gossip_shut(size_t site)
{
    for (size_t i = 0; i < GOSSIP_FORMS_MAX; i++)
        if (gossip.forms[i].site == site)
            gossip_close_form(&gossip.forms[i]);
    gossip.run->close(site);
    at(site)->store = NULL;
}

void gossip_open(size_t site)
{
    struct ga_error err = {0};
    const enum ga_rc rc = gossip.run->open(site, &err);
    if (rc != GA_OK)
        print_message("# %s: %s\n", at(site)->folder, err.what.id);
    assert_int_equal(rc, GA_OK);
    spare_disk(site);
}

/* ---- forms ---- */

/* One field more, in two of the computers. */
void gossip_faults_start(void)
{
    static const char more[] = "s/^version: .*/version: 99/; /{name: note, type: text/a\\"
                               "      - {name: pet, type: text, label: {zh: 宠物, en: Pet}}";
    strcpy(gossip.newer_forms, "/tmp/guanai-gossip-XXXXXX");
    assert_non_null(mkdtemp(gossip.newer_forms));
    gossip_shell("cp -R", FORMS_FOLDER "/.", gossip.newer_forms);
    gossip_shell("sed -i -e", more, ga_arena_printf(&at(0)->arena, "%s/child.yaml", gossip.newer_forms));
    for (size_t site = 0; site < gossip.town.count; site++) {
        gossip_shut(site);
        at(site)->forms = site % 2 == 1 && site < GOSSIP_SITES ? gossip.newer_forms : at(site)->forms;
        gossip_open(site);
    }
}

void gossip_all_take_the_newer_form(void)
{
    for (size_t site = 0; site < gossip.town.count; site++) {
        gossip_shut(site);
        at(site)->forms = gossip.newer_forms;
        gossip_open(site);
        assert_non_null(ga_form_field(school_form(at(site), "child"), "pet"));
    }
}

void gossip_faults_stop(void)
{
    gossip_shell("rm -rf", gossip.newer_forms, gossip.newer_forms);
}

/* ---- ends of a life ---- */

void gossip_keep(const char *folder)
{
    struct ga_arena *arena = &at(0)->arena;
    gossip_shell("cp -R", gossip.newer_forms, ga_arena_printf(arena, "%s/forms", folder));
    for (size_t site = 0; site < GOSSIP_SITES; site++) {
        gossip_shut(site);
        copy_disk(at(site)->folder, ga_arena_printf(arena, "%s/%zu", folder, site));
    }
}

void gossip_forget(void)
{
    for (size_t i = 0; i < GOSSIP_FORMS_MAX; i++)
        gossip_close_form(&gossip.forms[i]);
    for (size_t site = 0; site < GOSSIP_SITES; site++) {
        if (gossip.copies[site][0] != '\0')
            gossip_shell("rm -rf", gossip.copies[site], gossip.copies[site]);
        gossip.copies[site][0] = '\0';
    }
    gossip.versions_count = 0;
    gossip.lost = 0;
}

/* ---- disks ---- */

static uint64_t known_to_site(size_t site)
{
    uint64_t known = 0;
    for (size_t child = 0; child < GOSSIP_CHILDREN; child++)
        known |= gossip_known_to(site, child);
    return known;
}

void gossip_change_disk(size_t site, void (*change)(size_t site, const char *from), const char *from)
{
    const uint64_t before = known_to_site(site);
    gossip_shut(site);
    change(site, from);
    gossip_open(site);
    const uint64_t after = known_to_site(site);
    gossip.lost &= ~after; /* an old copy may be all that is left of something */
    gossip.lost |= before & ~after & ~gossip_known_anywhere(site) & ~gossip.run->on_sticks();
}

static void put_disk(size_t site, const char *from)
{
    copy_disk(from, at(site)->folder);
}

void gossip_make_copy(void)
{
    const size_t site = gossip_draw(GOSSIP_SITES);
    ga_str_copy(gossip.copies[site], sizeof(gossip.copies[site]), beside(site, "kept"));
    gossip_shut(site);
    copy_disk(at(site)->folder, gossip.copies[site]);
    gossip_open(site);
}

/* By the program, which gives it another id. */
void gossip_restore(void)
{
    const size_t site = gossip_draw(GOSSIP_SITES);
    if (gossip.copies[site][0] == '\0')
        return;
    gossip_change_disk(site, put_disk, gossip.copies[site]);
    assert_int_equal(ga_store_renew_site(at(site)->store, NULL), GA_OK);
    gossip_trust();
}

/* By hand: it goes on under the same id with numbers that were given out before. */
void gossip_put_back_unsaid(void)
{
    const size_t site = gossip_draw(GOSSIP_SITES);
    if (gossip.copies[site][0] != '\0')
        gossip_change_disk(site, put_disk, gossip.copies[site]);
    gossip_trust();
}

/* The whole folder of one computer on another, both go on. */
void gossip_clone(void)
{
    const size_t from = gossip_draw(GOSSIP_SITES), to = gossip_draw(GOSSIP_SITES);
    if (from == to)
        return;
    const char *path = beside(from, "cloned");
    gossip_shut(from);
    copy_disk(at(from)->folder, path);
    gossip_open(from);
    gossip_change_disk(to, put_disk, path);
    gossip_shell("rm -rf", path, path);
    gossip_trust();
}

void gossip_renew(void)
{
    assert_int_equal(ga_store_renew_site(at(gossip_draw(GOSSIP_SITES))->store, NULL), GA_OK);
    gossip_trust();
}

/* ---- clocks ---- */

/* Eight ways to be wrong; the ninth is right. */
void gossip_set_clocks(void)
{
    static const struct {
        struct ga_date day;
        int64_t by_ms; /* the time of day goes on by so much */
    } clocks[GOSSIP_CLOCKS + 1] = {
        {{1980, 1, 4}, 0},                /* the battery is dead */
        {{2091, 12, 31}, 0},              /* somebody typed another century */
        {{1, 1, 1}, 0},                   /* there is no such day */
        {{2026, 11, 20}, 0},              /* behind by days */
        {{2025, 11, 23}, 0},              /* behind by a year */
        {{2026, 3, 11}, 0},               /* day and month changed places */
        {{2026, 11, 24}, 8 * 3600000},    /* another zone */
        {{2026, 11, 23}, -3 * 3600000},   /* runs backward */
        {{2026, 11, 23}, 60000},
    };
    for (size_t site = 0; site < GOSSIP_SITES; site++) {
        const size_t clock = gossip_draw(GOSSIP_CLOCKS + 1);
        gossip.run->set_day(site, clocks[clock].day, gossip_draw(3) == 0);
        at(site)->now_ms += clocks[clock].by_ms;
    }
}
