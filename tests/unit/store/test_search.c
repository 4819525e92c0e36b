/* A child is found by whatever a teacher remembers of it; the index finds what reading all would
 * find. */
#include "guanai/store/roster.h"
#include "guanai/store/search.h"

#include "guanai/base/alloc.h"
#include "guanai/sql/stmt.h"
#include "guanai/store/check.h"
#include "search/search_word.h"
#include "township.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ROSTER "tests/data/rosters/township-700.csv"

static struct school school;
static struct ga_arena arena;

static int start_empty(void **state)
{
    (void)state;
    school_start(&school);
    ga_arena_init(&arena);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    ga_arena_finish(&arena);
    school_stop(&school);
    return 0;
}

static struct ga_search_hit *find(const char *typed, size_t limit, size_t *ret_count,
                                  bool *ret_more)
{
    struct ga_search_hit *hits = NULL;
    const struct ga_search_options options = {.limit = limit};
    assert_int_equal(
        ga_store_search(school.store, typed, &options, &arena, &hits, ret_count, ret_more, NULL),
        GA_OK);
    return hits;
}

/* The name on the first line, "" when nothing is found. */
static const char *first(const char *typed)
{
    size_t count;
    struct ga_search_hit *hits = find(typed, 20, &count, NULL);
    return count == 0 ? "" : hits[0].name;
}

static void surnames_are_read_as_surnames_first(void **state)
{
    static const struct {
        const char *name, *typed;
    } CASES[] = {{"单小华", "shanxiaohua"}, {"单小华", "shan"},
                 {"曾明", "zengming"},      {"曾明", "zm"},
                 {"解放", "xief"},          {"仇英", "qiuy"},
                 {"查理文", "zhalw"},       {"区家伟", "oujw"},
                 {"盖文", "gew"},           {"朴志", "piaoz"},
                 {"任红", "renhong"},       {"覃玉", "qiny"},
                 {"覃玉", "tany"},          {"尉迟恭", "yuchig"},
                 {"尉迟恭", "ycg"},         {"吕绿", "lvlv"},
                 {"吕绿", "lulu"},          {"吕绿", "lülü"},
                 {"迪丽热巴·艾力", "dlrb"}, {"迪丽热巴·艾力", "艾力"}};
    (void)state;
    for (size_t i = 0; i < GA_COUNT(CASES); i++)
        if (i == 0 || strcmp(CASES[i].name, CASES[i - 1].name) != 0)
            school_add_child(&school, CASES[i].name);
    for (size_t i = 0; i < GA_COUNT(CASES); i++)
        assert_string_equal(first(CASES[i].typed), CASES[i].name);
}

static void tails_numbers_nicknames_villages_find_a_child(void **state)
{
    (void)state;
    struct ga_uuid id = school_add_child(&school, "彭英俊");
    school_add_child(&school, "彭红军");
    school_edit(&school, "child", &id, "nickname", "石头");
    school_edit(&school, "child", &id, "id_number", "520424202008218443");
    school_edit(&school, "child", &id, "guardian_phone", "13187801759");
    school_edit(&school, "child", &id, "guardian_name", "朱强东");
    school_edit(&school, "child", &id, "card_no", "77");
    school_edit(&school, "child", &id, "village", "红岩村");
    school_edit(&school, "child", &id, "address", "红岩村5组槐树下");
    static const char *const TYPED[] = {
        "石头",    "shitou", "st",   "8443",    "520424202008218443", "1759", "77",
        "朱强东",  "zqd",    "红岩", "红岩 彭", "hongyan pyj",        "槐树", "１７５９",
        "彭 石头", "彭 1759"};
    for (size_t i = 0; i < GA_COUNT(TYPED); i++) {
        size_t count;
        struct ga_search_hit *hits = find(TYPED[i], 20, &count, NULL);
        assert_int_equal(count, 1);
        assert_string_equal(hits[0].name, "彭英俊");
        assert_null(strstr(hits[0].why_text, "520424202"));
    }
    size_t count;
    find("443", 20, &count, NULL); /* too short for a tail */
    assert_int_equal(count, 0);
    find("7", 20, &count, NULL); /* not card 77 */
    assert_int_equal(count, 0);
}

static void a_former_name_finds_and_is_shown(void **state)
{
    static const char *const TYPED[] = {"彭大毛", "大毛", "pengdamao", "damao", "pdm", "dm", "彭英俊 大毛"};
    (void)state;
    struct ga_uuid id = school_add_child(&school, "彭英俊");
    school_add_child(&school, "何丽");
    school_edit(&school, "child", &id, "former_name", "彭大毛");
    for (size_t i = 0; i < GA_COUNT(TYPED); i++) {
        size_t count;
        struct ga_search_hit *hits = find(TYPED[i], 20, &count, NULL);
        assert_int_equal(count, 1);
        assert_string_equal(hits[0].name, "彭英俊");
        if (strchr(TYPED[i], ' ') == NULL) {
            assert_string_equal(hits[0].why, "former_name");
            assert_string_equal(hits[0].why_text, "彭大毛");
        }
    }
    school_edit(&school, "child", &id, "nickname", "石头");
    assert_string_equal(first("damao"), "彭英俊");
    assert_string_equal(first("shitou"), "彭英俊");
    school_edit(&school, "child", &id, "former_name", "");
    assert_string_equal(first("damao"), "");
    assert_string_equal(first("shitou"), "彭英俊");
}

static void no_former_name_runs_into_the_nickname(void **state)
{
    (void)state;
    struct ga_uuid id = school_add_child(&school, "彭英俊");
    school_edit(&school, "child", &id, "former_name", "头大毛");
    school_edit(&school, "child", &id, "nickname", "石头");
    size_t count;
    struct ga_search_hit *hits = find("石头", 20, &count, NULL);
    assert_int_equal(count, 1);
    assert_string_equal(hits[0].why_text, "石头");
    assert_string_equal(first("石头头大"), "");
}

/* U+2C456 has no reading, U+E123 is of a county's own font. */
static void rare_characters_are_found_and_listed(void **state)
{
    static const struct {
        const char *name, *typed[5];
    } CASES[] = {{"王\xF0\xAC\x91\x96", {"U+2C456", "u+2c456", "2C456?", "2C456", "\xF0\xAC\x91\x96"}},
                 {"李㛃明", {"U+36C3", "36c3", "㛃", "㛃明", "李㛃"}},
                 {"张𠮷", {"U+20BB7", "土口", "𠮷", "张U+20BB7", "张土口"}},
                 {"陈𬱖文", {"U+2CC56", "由页", "chendi", "陈𬱖", "𬱖文"}},
                 {"何\xEE\x84\xA3", {"U+E123", "何U+E123", "E123?", "\xEE\x84\xA3", "何\xEE\x84\xA3"}},
                 {"赵𬀩", {"日韦", "赵日韦", "U+2C029", "2c029", "𬀩"}},
                 {"冯𬘭", {"纟林", "丝林", "冯丝林", "U+2C62D", "𬘭"}},
                 {"周龘", {"龙龙龙", "三龙", "周三龙", "9f98", "zhouda"}},
                 {"吴犇", {"牛牛牛", "三牛", "吴牛牛牛", "口天吴牛牛牛", "U+7287"}}};
    (void)state;
    for (size_t i = 0; i < GA_COUNT(CASES); i++)
        school_add_child(&school, CASES[i].name);
    for (size_t i = 0; i < GA_COUNT(CASES); i++)
        for (size_t k = 0; k < GA_COUNT(CASES[i].typed); k++)
            assert_string_equal(first(CASES[i].typed[k]), CASES[i].name);
    assert_string_equal(first("弓长"), "张𠮷");
    assert_string_equal(first("耳东陈"), "陈𬱖文");
    struct ga_roster_row *rows;
    size_t count;
    assert_int_equal(ga_roster_page_at(school.store, &(struct ga_roster_filter){0}, 0, 20, GA_ZH, &arena, &rows, &count,
                                       NULL), GA_OK);
    assert_int_equal(count, GA_COUNT(CASES)); /* none is lost */
}

static void whatever_is_typed_does_no_harm(void **state)
{
    (void)state;
    char longest[3000];
    size_t count;
    memset(longest, 'z', sizeof(longest) - 1);
    longest[sizeof(longest) - 1] = '\0';
    const char *const typed[] = {"",
                                 " ",
                                 "　",
                                 "%",
                                 "'; DROP TABLE child; --",
                                 longest,
                                 "\xff\xfe\x80",
                                 "a b c d e f",
                                 "·",
                                 "\xe5\xbd",
                                 "0000",
                                 "12345678901234567890123456789012345678901234567890",
                                 "X",
                                 "zzzzzzzzzzzzzzz"};
    school_add_child(&school, "张三");
    for (size_t i = 0; i < GA_COUNT(typed); i++) {
        find(typed[i], 20, &count, NULL);
        assert_int_equal(count, 0);
    }
    find("zs", 0, &count, NULL);
    assert_int_equal(count, 0);
    assert_string_equal(first("zs"), "张三");
}

static void an_edited_child_is_found_by_what_it_is_now(void **state)
{
    (void)state;
    size_t count;
    struct ga_uuid id = school_add_child(&school, "张三");
    school_edit(&school, "child", &id, "name", "李四");
    find("张三", 20, &count, NULL);
    assert_int_equal(count, 0);
    find("zhangsan", 20, &count, NULL);
    assert_int_equal(count, 0);
    assert_string_equal(first("ls"), "李四");
}

static void who_left_is_found_only_when_asked_for(void **state)
{
    (void)state;
    struct ga_search_hit *hits;
    size_t count;
    struct ga_answers change;
    struct ga_roster_class totals;
    struct ga_uuid id = school_add_child(&school, "史晨志");
    ga_answers_init(&change, school_form(&school, "status_change"));
    change.child = id;
    school_type(&change, "kind", "转学");
    school_type(&change, "from_on", "2026-11-20");
    assert_int_equal(
        ga_store_save(school.store, &(struct ga_save_record){.after = &change}, 0, NULL, NULL),
        GA_OK);
    find("scz", 20, &count, NULL);
    assert_int_equal(count, 0);
    const struct ga_search_options all = {.limit = 20, .with_left = true};
    assert_int_equal(ga_store_search(school.store, "scz", &all, &arena, &hits, &count, NULL, NULL),
                     GA_OK);
    assert_int_equal(count, 1);
    assert_int_equal(ga_store_totals(school.store, &totals, NULL), GA_OK);
    assert_int_equal(totals.children, 0);
    assert_int_equal(totals.left, 1);
    school_edit(&school, "status_change", &change.id, "kind", "返乡复学");
    find("scz", 20, &count, NULL);
    assert_int_equal(count, 1);
    ga_answers_finish(&change);
}

static struct ga_uuid add_in_class(const char *name, const char *grade, const char *class_no)
{
    const struct ga_uuid id = school_add_child(&school, name);
    school_edit(&school, "child", &id, "grade", grade);
    school_edit(&school, "child", &id, "class", class_no);
    return id;
}

static const char *first_of_mine(const char *typed, size_t limit)
{
    const struct ga_roster_class own = {.site = "", .grade = "g3", .class_no = "2"};
    const struct ga_search_options options = {.limit = limit, .own = &own, .own_count = 1};
    struct ga_search_hit *hits;
    size_t count;
    assert_int_equal(ga_store_search(school.store, typed, &options, &arena, &hits, &count, NULL, NULL), GA_OK);
    return count == 0 ? "" : hits[0].name;
}

static void the_own_class_comes_first_among_those_found_in_the_same_way(void **state)
{
    (void)state;
    add_in_class("胡磊", "二年级", "2");
    add_in_class("侯乐英", "三年级", "2");
    add_in_class("何丽", "四年级", "1");
    assert_string_equal(first("hl"), "胡磊");
    assert_string_equal(first_of_mine("hl", 20), "侯乐英");
    assert_string_equal(first_of_mine("何丽", 20), "何丽"); /* her whole name was typed */
    add_in_class("何丽娜", "三年级", "2");
    assert_string_equal(first_of_mine("何丽", 20), "何丽");
    assert_string_equal(first_of_mine("何", 20), "何丽娜");
    add_in_class("陈侯来", "三年级", "2");
    assert_string_equal(first_of_mine("hula", 20), ""); /* nobody is called so */
    add_in_class("胡兰", "一年级", "1");
    assert_string_equal(first_of_mine("hula", 20), "胡兰"); /* found from the start: better than in the middle */
}

static void crowd_another_class(void)
{
    static const char *const SECOND[] = {"磊", "兰", "林", "玲", "龙", "露", "丽", "力", "亮", "乐"};
    char name[24];
    for (size_t i = 0; i < 40; i++) {
        snprintf(name, sizeof(name), "何%s", SECOND[i % 10]);
        add_in_class(name, "一年级", "1");
    }
}

static void the_own_class_is_not_crowded_out(void **state)
{
    (void)state;
    crowd_another_class();
    add_in_class("胡鲁", "三年级", "2");
    assert_string_equal(first_of_mine("h", 5), "胡鲁");
    assert_string_equal(first_of_mine("hl", 5), "胡鲁");
}

/* Its children are kept between the keys of a search: a save, a child that leaves makes them others. */
static void who_comes_to_the_own_class_or_leaves_it_is_known_at_the_next_key(void **state)
{
    (void)state;
    struct ga_answers change;
    crowd_another_class();
    assert_string_not_equal(first_of_mine("hl", 5), "胡鲁");
    const struct ga_uuid id = add_in_class("胡鲁", "三年级", "1");
    assert_string_not_equal(first_of_mine("hl", 5), "胡鲁");
    school_edit(&school, "child", &id, "class", "2");
    assert_string_equal(first_of_mine("hl", 5), "胡鲁");
    school_edit(&school, "child", &id, "name", "胡兰兰");
    assert_string_equal(first_of_mine("hl", 5), "胡兰兰");
    ga_answers_init(&change, school_form(&school, "status_change"));
    change.child = id;
    school_type(&change, "kind", "transfer");
    school_type(&change, "from_on", "2026-11-20");
    assert_int_equal(ga_store_save(school.store, &(struct ga_save_record){.after = &change}, 0, NULL, NULL), GA_OK);
    assert_string_not_equal(first_of_mine("hl", 5), "胡兰兰");
    ga_answers_finish(&change);
}

/* The surname as it sounds here, of the rest the first letters. */
static void a_slip_of_the_ear_is_found_among_initials_too(void **state)
{
    (void)state;
    static const char *const NAMES[] = {"单小明", "张雪梅", "林小宁", "何方园"};
    static const struct {
        const char *typed;
        size_t found; /* of NAMES; past them: nobody */
    } CASES[] = {{"sanxm", 0}, {"zangxm", 1}, {"zangxmei", 1}, {"ninxn", 2}, {"linxl", 2}, {"lingxn", 2}, {"xiaol", 2},
                 {"hehy", 3}, {"zhngxm", 4}, {"zangxmg", 4}, {"sanxmg", 4}};
    for (size_t i = 0; i < GA_COUNT(NAMES); i++)
        add_in_class(NAMES[i], "三年级", "1");
    for (size_t i = 0; i < GA_COUNT(CASES); i++) {
        const struct ga_search_options options = {.limit = 20, .fuzzy = GA_FUZZY_ALL};
        struct ga_search_hit *hits;
        size_t count;
        assert_int_equal(ga_store_search(school.store, CASES[i].typed, &options, &arena, &hits, &count, NULL, NULL), GA_OK);
        if (count != (CASES[i].found < GA_COUNT(NAMES)))
            fail_msg("%s: %zu found", CASES[i].typed, count);
        if (count > 0)
            assert_string_equal(hits[0].name, NAMES[CASES[i].found]);
    }
}

static void ids_of_hits_are_looked_up_when_they_are_asked_for(void **state)
{
    (void)state;
    const struct ga_search_options options = {.limit = 5, .without_ids = true};
    struct ga_search_hit *hits;
    size_t count;
    const struct ga_uuid id = add_in_class("胡鲁", "三年级", "1");
    assert_int_equal(ga_store_search(school.store, "hul", &options, &arena, &hits, &count, NULL, NULL), GA_OK);
    assert_int_equal(count, 1);
    assert_true(ga_uuid_is_zero(&hits[0].id));
    assert_int_equal(ga_search_find_id(school.store, &hits[0], NULL), GA_OK);
    assert_memory_equal(&hits[0].id, &id, sizeof(id));
}

static void lookalikes_are_shown_with_their_reason(void **state)
{
    (void)state;
    struct ga_search_hit *hits;
    size_t count;
    struct ga_answers child;
    struct ga_uuid id = school_add_child(&school, "李福春");
    school_edit(&school, "child", &id, "birth_date", "2017-05-03");
    ga_answers_init(&child, school_form(&school, "child"));
    school_type(&child, "name", "李富春");
    school_type(&child, "birth_date", "2017-05-03");
    assert_int_equal(ga_store_lookalikes(school.store, &child, &arena, &hits, &count, NULL), GA_OK);
    assert_int_equal(count, 1);
    assert_string_equal(hits[0].why, "birth_date");
    school_type(&child, "birth_date", "2016-05-03");
    assert_int_equal(ga_store_lookalikes(school.store, &child, &arena, &hits, &count, NULL), GA_OK);
    assert_int_equal(count, 0);
    ga_answers_finish(&child);
}

/* The same rules without the index. */
struct naive {
    const struct townsman *man;
    unsigned rank;
    struct ga_value sort;
};

static bool ends_with(const char *text, const struct ga_search_word *word)
{
    return word->len >= GA_SEARCH_TAIL_MIN && ga_str_ends(text, word->text);
}

static unsigned naive_rank(const struct ga_search_word *word, const struct townsman *man)
{
    struct ga_search_texts texts = {
        0, man->card_no, man->name, man->nickname, "", man->guardian, man->village, "",
        man->address};
    char card[24];
    if (!word->is_digits)
        return ga_search_rank_text(word, &texts).rank;
    snprintf(card, sizeof(card), "%lld", (long long)man->card_no);
    if (strcmp(card, word->text) == 0)
        return GA_BAND_CARD * GA_BAND_WIDTH;
    if (ends_with(man->id_number, word))
        return GA_BAND_ID * GA_BAND_WIDTH;
    for (unsigned i = 0; i < 3; i++)
        if (ends_with(man->phones[i], word))
            return GA_BAND_PHONE * GA_BAND_WIDTH + 2 - i;
    return 0;
}

static int compare_naive(const void *a, const void *b)
{
    const struct naive *x = a, *y = b;
    return x->rank != y->rank ? (x->rank > y->rank ? -1 : 1) : ga_value_compare(&x->sort, &y->sort);
}

static struct ga_value sort_of(const struct ga_uuid *id)
{
    struct ga_stmt *stmt;
    bool has_row;
    assert_int_equal(ga_stmt_prepare(ga_store_db(school.store),
                                     "SELECT r.sort FROM _roster AS r JOIN record AS i ON i.no = r.no WHERE i.id = ?1", &stmt, NULL),
                     GA_OK);
    ga_stmt_bind_blob(stmt, 1, id->bytes, sizeof(id->bytes));
    assert_int_equal(ga_stmt_step(stmt, &has_row, NULL), GA_OK);
    assert_true(has_row);
    struct ga_value column = ga_stmt_column(stmt, 0), sort = ga_value_copy(&arena, &column);
    ga_stmt_destroy(stmt);
    return sort;
}

static unsigned average(const struct ga_search_word *words, size_t words_count, const struct townsman *man)
{
    unsigned sum = 0;
    for (size_t w = 0; w < words_count; w++) {
        const unsigned rank = naive_rank(&words[w], man);
        if (rank == 0)
            return 0;
        sum += rank;
    }
    return words_count == 0 ? 0 : sum / (unsigned)words_count;
}

/* Letters parted by blanks are one name before they are several words. */
static bool may_be_one_name(const struct ga_search_word *words, size_t words_count)
{
    for (size_t w = 0; w < words_count; w++)
        if (!words[w].query.has_only_letters)
            return false;
    return words_count > 1;
}

static size_t naive_search(const struct townsman *men, size_t count, const char *typed,
                           size_t limit, struct naive *found)
{
    struct ga_search_word words[GA_SEARCH_WORDS_MAX];
    struct ga_search_word joined;
    size_t words_count = ga_search_words(typed, 0, words), found_count = 0, strong = 0;
    const bool is_one = may_be_one_name(words, words_count) && ga_search_join_words(typed, 0, &joined);
    for (size_t i = 0; i < count; i++) {
        const unsigned whole = is_one ? naive_rank(&joined, &men[i]) : 0;
        const unsigned above = whole >= GA_BAND_NAME_LATER * GA_BAND_WIDTH ? (GA_BAND_CARD + 1) * GA_BAND_WIDTH : 0;
        const unsigned rank = whole > 0 ? whole + above : average(words, words_count, &men[i]);
        if (rank > 0)
            found[found_count++] = (struct naive){&men[i], rank, sort_of(&men[i].id)};
    }
    qsort(found, found_count, sizeof(*found), compare_naive);
    /* Text in the middle of an address is looked for only while a page is not full. */
    while (strong < found_count && found[strong].rank >= 2 * GA_BAND_WIDTH)
        strong++;
    return strong >= limit ? strong : found_count;
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/* Something a teacher could type of this child: part of a name, its sound, a tail. */
static void make_query(const struct townsman *man, uint32_t *seed, char *query, size_t size);

struct sound {
    char full[128], initials[64];
};

static void take_sound(void *context, const char *full, const char *initials)
{
    struct sound *sound = context;
    if (sound->full[0] == '\0') {
        ga_str_copy(sound->full, sizeof(sound->full), full);
        ga_str_copy(sound->initials, sizeof(sound->initials), initials);
    }
}

static const char *tail(const char *text, uint32_t chars)
{
    size_t len = strlen(text);
    return len > chars ? text + len - chars : text;
}

static void make_query(const struct townsman *man, uint32_t *seed, char *query, size_t size)
{
    struct sound sound = {{0}, {0}};
    ga_pinyin_name_readings(man->name, take_sound, &sound);
    uint32_t kind = next_random(seed) % 10, cut = 1 + next_random(seed) % 12;
    const char *given = man->name[0] & 0x80 ? man->name + 3 : man->name;
    switch (kind) {
    case 0:
        ga_str_copy(query, size, man->name);
        break;
    case 1:
        ga_str_copy(query, size, given);
        break;
    case 2:
        ga_str_copy(query, cut + 1 < size ? cut + 1 : size, sound.full);
        break;
    case 3:
        ga_str_copy(query, size, sound.initials);
        break;
    case 4:
        ga_str_copy(query, size, tail(sound.initials, 2));
        break;
    case 5:
        snprintf(query, size, "%s", tail(man->id_number, 4 + cut % 3));
        break;
    case 6:
        snprintf(query, size, "%s", tail(man->phones[cut % 3], 4));
        break;
    case 7:
        ga_str_copy(query, size, man->guardian);
        break;
    case 8:
        snprintf(query, size, "%.6s %.3s", man->village, man->name);
        break;
    default:
        ga_str_copy(query, 2, sound.full + cut % 5);
        break;
    }
}

static void the_index_finds_what_reading_everything_finds(void **state)
{
    enum { QUERIES = 250 };
    size_t count;
    uint32_t seed = 20261123;
    (void)state;
    struct townsman *men = township_fill(&school, ROSTER, 1, &count);
    struct naive *naive = ga_alloc_array(count, sizeof(*naive));
    assert_true(count > 600);
    for (int i = 0; i < QUERIES; i++) {
        char query[128] = "";
        size_t hits_count;
        make_query(&men[next_random(&seed) % count], &seed, query, sizeof(query));
        size_t naive_count = naive_search(men, count, query, 1000, naive);
        struct ga_search_hit *hits = find(query, 1000, &hits_count, NULL);
        if (hits_count != naive_count)
            print_message("# '%s'\n", query);
        assert_int_equal(hits_count, naive_count);
        for (size_t k = 0; k < hits_count; k++)
            assert_memory_equal(hits[k].id.bytes, naive[k].man->id.bytes, sizeof(hits[k].id.bytes));
        bool has_more;
        struct ga_search_hit *page = find(query, 20, &hits_count, &has_more);
        naive_count = naive_search(men, count, query, 20, naive);
        assert_int_equal(hits_count, naive_count < 20 ? naive_count : 20);
        for (size_t k = 0; k < hits_count && naive_count <= 30; k++)
            assert_memory_equal(page[k].id.bytes, naive[k].man->id.bytes, sizeof(page[k].id.bytes));
        assert_int_equal(has_more, naive_count > 20);
    }
    free(naive);
}

/* One save for all: each alone would wait for the disk. */
static void edit(struct ga_save *save, const struct ga_uuid *id, const char *class_no,
                 const char *name)
{
    struct ga_answers before, after;
    struct ga_heads *heads;
    assert_int_equal(
        ga_store_read(school.store, school_form(&school, "child"), id, &before, &heads, NULL),
        GA_OK);
    ga_answers_copy(&after, &before);
    school_type(&after, "class", class_no);
    school_type(&after, "name", name);
    assert_int_equal(
        ga_save_put(save, &(struct ga_save_record){&after, &before, heads}, NULL, NULL), GA_OK);
    ga_heads_destroy(heads);
    ga_answers_finish(&before);
    ga_answers_finish(&after);
}

static void rebuilding_gives_the_same_index(void **state)
{
    (void)state;
    size_t count;
    struct ga_problems problems;
    struct townsman *men = township_fill(&school, ROSTER, 1, &count);
    struct ga_save *save;
    assert_int_equal(ga_save_begin(school.store, &save, NULL), GA_OK);
    for (size_t i = 0; i < 40; i++)
        edit(save, &men[i].id, i % 2 ? "7" : "10", i % 3 ? "曾单" : "覃解");
    assert_int_equal(ga_save_commit(save, NULL), GA_OK);
    ga_problems_init(&problems);
    assert_int_equal(ga_store_rebuild(school.store, NULL, &problems, NULL), GA_OK);
    assert_int_equal(problems.faults, 0);
    ga_problems_finish(&problems);
    assert_string_equal(first("zengdan"), "曾单");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(surnames_are_read_as_surnames_first, start_empty, stop),
        cmocka_unit_test_setup_teardown(tails_numbers_nicknames_villages_find_a_child, start_empty,
                                        stop),
        cmocka_unit_test_setup_teardown(a_former_name_finds_and_is_shown, start_empty, stop),
        cmocka_unit_test_setup_teardown(no_former_name_runs_into_the_nickname, start_empty, stop),
        cmocka_unit_test_setup_teardown(rare_characters_are_found_and_listed, start_empty, stop),
        cmocka_unit_test_setup_teardown(whatever_is_typed_does_no_harm, start_empty, stop),
        cmocka_unit_test_setup_teardown(an_edited_child_is_found_by_what_it_is_now, start_empty,
                                        stop),
        cmocka_unit_test_setup_teardown(who_left_is_found_only_when_asked_for, start_empty, stop),
        cmocka_unit_test_setup_teardown(the_own_class_comes_first_among_those_found_in_the_same_way, start_empty, stop),
        cmocka_unit_test_setup_teardown(the_own_class_is_not_crowded_out, start_empty, stop),
        cmocka_unit_test_setup_teardown(who_comes_to_the_own_class_or_leaves_it_is_known_at_the_next_key, start_empty, stop),
        cmocka_unit_test_setup_teardown(a_slip_of_the_ear_is_found_among_initials_too, start_empty, stop),
        cmocka_unit_test_setup_teardown(ids_of_hits_are_looked_up_when_they_are_asked_for, start_empty, stop),
        cmocka_unit_test_setup_teardown(lookalikes_are_shown_with_their_reason, start_empty, stop),
        cmocka_unit_test_setup_teardown(the_index_finds_what_reading_everything_finds, start_empty,
                                        stop),
        cmocka_unit_test_setup_teardown(rebuilding_gives_the_same_index, start_empty, stop),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
