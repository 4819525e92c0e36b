/* Opens the form screen on an invented school. */
#include "record_scene.h"

#include "guanai/screen/record.h"

static const char club[] =
    "form: club\nversion: 1\nprotect: ordinary\ntitle: {zh: 兴趣小组, en: Club}\n"
    "roles: {read: [teacher], write: [teacher]}\nsummary: topic\nfields:\n"
    "  - {name: topic, type: text, label: {zh: 内容, en: Topic}, required: true}\n"
    "  - {name: about, type: heading, label: {zh: 谁参加了, en: Who took part}}\n"
    "  - {name: advice, type: note, label: {zh: 留守儿童优先, en: Left-behind children first}}\n"
    "  - name: pupils\n    type: repeat\n    label: {zh: 学生, en: Pupils}\n    required: true\n   "
    " fields:\n"
    "      - {name: mood, type: scale, max: 5, label: {zh: 情绪, en: Mood}, warn: \"mood > 1 OR parent.topic "
    "IS NOT '告别'\", warn_message: {zh: 为什么低落, en: Why so low}}\n" /* a child in front would be ticked */
    "      - {name: pupil, type: record, of: child, label: {zh: 孩子, en: Child}, required: true}\n"
    "      - {name: remark, type: text, label: {zh: 说明, en: Remark}}\n"
    "  - {name: cost, type: money, label: {zh: 费用, en: Cost}}\n"
    "  - {name: starts, type: time, label: {zh: 开始, en: Starts}}\n";

int record_scene_start(void **state)
{
    const struct school_session_form form = {"club.yaml", club};
    struct scene *scene = scene_start(state, &form);
    scene->child = school_session_add(
        &scene->school, "child", NULL, "name=彭英俊", "sex=男", "birth_date=2017-3-12",
        "id_number=530325201703120016", "grade=三年级", "class=2", "village=红岩村", "hamlet=5组",
        "marked_left_behind=是", "absence_kind=双方外出", "guardian_relation=奶奶",
        "guardian_name=李桂花", "father_name=彭大勇", "father_phone=13812345678", NULL);
    scene_open(scene, &scene_below, NULL);
    return 0;
}

void record_scene_visit(struct scene *scene)
{
    ga_screen_record_new(ga_ui_top(scene->fake.ui), "home_visit", &scene->child, 1);
    ga_ui_paint(scene->fake.ui);
}

void record_scene_page(struct scene *scene, size_t page, const char *field)
{
    ga_screen_record_open(ga_ui_top(scene->fake.ui), &scene->child, page, field, 1);
    ga_ui_paint(scene->fake.ui);
}

void record_scene_keys(struct scene *scene, uint32_t key, int times)
{
    for (int i = 0; i < times; i++)
        fake_tui_key(&scene->fake, key);
}

void record_scene_new(struct scene *scene, const char *form)
{
    ga_screen_record_new(ga_ui_top(scene->fake.ui), form, NULL, 1);
    ga_ui_paint(scene->fake.ui);
}
