/* What befalls computers that meet by sticks: crashes, restored and cloned disks, clocks, forms of two versions. */
#include "gossip.h"

#include "guanai/store/backup.h"
#include "guanai/store/site.h"
#include "private.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static struct school *at(size_t site)
{
    return &gossip.town.schools[site];
}

/* Both words are quoted. */
static void shell(const char *program, const char *first, const char *second)
{
    struct ga_str command = {0};
    ga_str_addf(&command, "%s '%s' '%s'", program, first, second);
    assert_int_equal(system(ga_str_text(&command)), 0);
    ga_str_finish(&command);
}

/* The whole of a data folder: with the database goes what tells that it is the newest (store/head.c). */
static void copy_disk(const char *from, const char *to)
{
    struct ga_arena arena = {0};
    shell("mkdir -p", to, to);
    shell("cp", ga_arena_printf(&arena, "%s/guanai.db", from), to);
    const char *head = ga_arena_printf(&arena, "%s/head", from);
    if (access(head, F_OK) == 0)
        shell("cp", head, to);
    else /* it has saved nothing yet under its id */
        unlink(ga_arena_printf(&arena, "%s/head", to));
    ga_arena_finish(&arena);
}

/* Programs die here, the power stays: nothing has to reach the disk. */
static int no_sync(void *ctx, int fd)
{
    (void)ctx;
    (void)fd;
    return 0;
}

static void spare_disk(size_t site)
{
    static struct ga_io_ops io;
    io = *ga_io_system();
    io.sync = io.sync_all = no_sync;
    at(site)->options.io = &io;
    assert_int_equal(ga_db_exec(at(site)->store->db, "PRAGMA synchronous = OFF", NULL), GA_OK);
}

/* ---- forms ---- */

/* One field more, in two of the computers. */
void gossip_faults_start(void)
{
    static const char more[] = "s/^version: .*/version: 99/; /{name: note, type: text/a\\"
                               "      - {name: pet, type: text, label: {zh: 宠物, en: Pet}}";
    strcpy(gossip.newer_forms, "/tmp/guanai-gossip-XXXXXX");
    assert_non_null(mkdtemp(gossip.newer_forms));
    shell("cp -R", FORMS_FOLDER "/.", gossip.newer_forms);
    shell("sed -i -e", more, ga_arena_printf(&at(0)->arena, "%s/child.yaml", gossip.newer_forms));
    for (size_t site = 1; site < GOSSIP_SITES; site += 2) {
        at(site)->forms = gossip.newer_forms;
        assert_int_equal(school_reopen(at(site), NULL), GA_OK);
    }
    for (size_t site = 0; site < gossip.town.count; site++)
        spare_disk(site);
    memset(gossip.copies, 0, sizeof(gossip.copies));
}

void gossip_all_take_the_newer_form(void)
{
    for (size_t site = 0; site < gossip.town.count; site++) {
        at(site)->forms = gossip.newer_forms;
        assert_int_equal(school_reopen(at(site), NULL), GA_OK);
        assert_non_null(ga_form_field(school_form(at(site), "child"), "pet"));
    }
}

void gossip_faults_stop(void)
{
    shell("rm -rf", gossip.newer_forms, gossip.newer_forms);
}

/* ---- starts and ends of the program ---- */

void gossip_close_form(struct gossip_form *form)
{
    if (!form->is_open)
        return;
    ga_answers_finish(&form->before);
    ga_heads_destroy(form->heads);
    form->is_open = false;
}

static void introduce(const struct ga_peer *peer)
{
    for (size_t site = 0; site < gossip.town.count; site++) {
        struct ga_peer known;
        if (ga_store_site(at(site)->store, &peer->id, &known, NULL) != GA_OK)
            assert_int_equal(ga_site_trust(at(site)->store, peer, NULL), GA_OK);
    }
}

/* Whoever knows a site introduces it, as every bundle does: also one that nobody goes on under. */
void gossip_trust(void)
{
    for (size_t site = 0; site < gossip.town.count; site++) {
        struct ga_vec peers;
        ga_vec_init(&peers, sizeof(struct ga_peer));
        assert_int_equal(ga_store_sites(at(site)->store, &peers, NULL), GA_OK);
        for (size_t i = 0; i < peers.len; i++)
            introduce(ga_vec_at(&peers, i));
        ga_vec_finish(&peers);
    }
}

static void shut(size_t site)
{
    for (size_t i = 0; i < GOSSIP_FORMS_MAX; i++)
        if (gossip.forms[i].site == site)
            gossip_close_form(&gossip.forms[i]);
    ga_store_close(at(site)->store);
    at(site)->store = NULL;
}

void gossip_keep(const char *folder)
{
    struct ga_arena *arena = &at(0)->arena;
    shell("cp -R", gossip.newer_forms, ga_arena_printf(arena, "%s/forms", folder));
    for (size_t site = 0; site < GOSSIP_SITES; site++) {
        shut(site);
        copy_disk(at(site)->folder, ga_arena_printf(arena, "%s/%zu", folder, site));
    }
}

static void open_again(size_t site)
{
    struct ga_error err = {0};
    enum ga_rc rc = ga_store_open(&at(site)->options, &at(site)->store, &err);
    if (rc == GA_OK) /* the forms in force are in the database: the files are asked where they are newer */
        ga_forms_add_sites(ga_store_forms(at(site)->store), &at(site)->config);
    if (rc == GA_OK && at(site)->forms == gossip.newer_forms && ga_form_field(school_form(at(site), "child"), "pet") == NULL)
        rc = school_reopen(at(site), &err);
    if (rc != GA_OK)
        print_message("# %s: %s\n", at(site)->folder, err.what.id);
    assert_int_equal(rc, GA_OK);
    spare_disk(site);
}

/* ---- imports that come to no end ---- */

/* Somebody stopped it. */
void gossip_abandon_import(void)
{
    struct ga_receive *receive;
    struct stick stick;
    const size_t from = gossip_draw(GOSSIP_SITES), to = gossip_draw(GOSSIP_SITES);
    stick_fill(&stick, at(from), NULL);
    assert_int_equal(ga_receive_begin(at(to)->store, &receive, NULL), GA_OK);
    for (size_t i = 0; 2 * i < stick.parcels.len; i++)
        stick_put(receive, ga_vec_at(&stick.parcels, i), NULL);
    ga_receive_abandon(receive);
    stick_finish(&stick);
}

static bool die_at(void *ctx, int64_t done, int64_t total)
{
    (void)total;
    if (done >= *(const int64_t *)ctx)
        raise(SIGKILL);
    return true;
}

/* Among the parcels, among the records that are folded, or right before the last word. */
static void import_and_die(size_t to, const struct stick *stick, uint32_t when)
{
    struct ga_receive *receive;
    int64_t records = when % 4;
    const struct ga_check_progress progress = {die_at, &records};
    if (ga_store_open(&at(to)->options, &at(to)->store, NULL) != GA_OK || ga_receive_begin(at(to)->store, &receive, NULL) != GA_OK)
        _exit(1);
    for (size_t i = 0; i < stick->parcels.len; i++) {
        if (when % 3 == 0 && i == when / 3 % stick->parcels.len)
            raise(SIGKILL);
        stick_put(receive, ga_vec_at(&stick->parcels, i), NULL);
    }
    ga_receive_commit(receive, &progress, NULL, NULL);
    raise(SIGKILL); /* nothing was closed */
}

void gossip_die_in_import(void)
{
    struct stick stick;
    int status = 0;
    const size_t from = gossip_draw(GOSSIP_SITES), to = gossip_draw(GOSSIP_SITES);
    const uint32_t when = gossip_draw(1000);
    if (from == to)
        return;
    stick_fill(&stick, at(from), NULL);
    shut(to);
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        import_and_die(to, &stick, when);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    open_again(to);
    gossip_trust(); /* it may have found that it was not the only one of its id */
    stick_finish(&stick);
}

/* ---- disks ---- */

static uint64_t known_anywhere(size_t but)
{
    uint64_t known = 0;
    for (size_t site = 0; site < GOSSIP_SITES; site++)
        for (size_t child = 0; site != but && child < GOSSIP_CHILDREN; child++)
            known |= gossip_known_to(site, child);
    return known;
}

static bool is_on(const struct stick *stick, const struct ga_hash *leaf)
{
    for (size_t i = 0; i < stick->parcels.len; i++) {
        const struct stick_parcel *parcel = ga_vec_at(&stick->parcels, i);
        for (size_t k = 0; k < parcel->ops.len; k++)
            if (ga_hash_equal(&GA_VEC_AT(struct stick_op, &parcel->ops, k)->leaf, leaf))
                return true;
    }
    return false;
}

static uint64_t known_to_sticks(void)
{
    uint64_t known = 0;
    for (size_t v = 0; v < gossip.versions_count; v++)
        for (size_t i = 0; i < gossip.sticks_count; i++)
            if (is_on(&gossip.sticks[i], &gossip.versions[v].leaf))
                known |= 1ull << v;
    return known;
}

/* Its disk is another's now: what it alone knew is lost, and nothing else. */
static void put_disk(size_t site, const char *from)
{
    uint64_t before = 0, after = 0;
    for (size_t child = 0; child < GOSSIP_CHILDREN; child++)
        before |= gossip_known_to(site, child);
    shut(site);
    copy_disk(from, at(site)->folder);
    open_again(site);
    for (size_t child = 0; child < GOSSIP_CHILDREN; child++)
        after |= gossip_known_to(site, child);
    gossip.lost &= ~after; /* an old copy may be all that is left of something */
    gossip.lost |= before & ~after & ~known_anywhere(site) & ~known_to_sticks();
}

void gossip_make_copy(void)
{
    const size_t site = gossip_draw(GOSSIP_SITES);
    struct ga_str path = {0};
    ga_str_addf(&path, "%s/kept", at(site)->folder);
    ga_str_copy(gossip.copies[site], sizeof(gossip.copies[site]), ga_str_text(&path));
    ga_str_finish(&path);
    shut(site);
    copy_disk(at(site)->folder, gossip.copies[site]);
    open_again(site);
}

/* By the program, which gives it another id. */
void gossip_restore(void)
{
    const size_t site = gossip_draw(GOSSIP_SITES);
    if (gossip.copies[site][0] == '\0')
        return;
    put_disk(site, gossip.copies[site]);
    assert_int_equal(ga_store_renew_site(at(site)->store, NULL), GA_OK);
    gossip_trust();
}

/* By hand: it goes on under the same id with numbers that were given out before. */
void gossip_put_back_unsaid(void)
{
    const size_t site = gossip_draw(GOSSIP_SITES);
    if (gossip.copies[site][0] != '\0')
        put_disk(site, gossip.copies[site]);
    gossip_trust();
}

/* The whole folder of one computer on another, both go on. */
void gossip_clone(void)
{
    const size_t from = gossip_draw(GOSSIP_SITES), to = gossip_draw(GOSSIP_SITES);
    if (from == to)
        return;
    const char *path = ga_arena_printf(&at(from)->arena, "%s/cloned", at(from)->folder);
    shut(from);
    copy_disk(at(from)->folder, path);
    open_again(from);
    put_disk(to, path);
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
        ga_store_set_today(at(site)->store, clocks[clock].day, gossip_draw(3) == 0);
        at(site)->now_ms += clocks[clock].by_ms;
    }
}
