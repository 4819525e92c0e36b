/* Pages that the first screen leads to, a row each. */
#include "home/home_ways.h"

#include "guanai/base/alloc.h"
#include "guanai/screen/card_numbers.h"
#include "guanai/screen/doubles.h"
#include "guanai/screen/enrol.h"
#include "guanai/screen/export.h"
#include "guanai/screen/figures.h"
#include "guanai/screen/form_changes.h"
#include "guanai/screen/guide.h"
#include "guanai/screen/import.h"
#include "guanai/screen/more.h"
#include "guanai/screen/name.h"
#include "guanai/screen/notes.h"
#include "guanai/screen/sync.h"
#include "guanai/screen/verify.h"
#include "home/home_menu.h"

static const struct way {
    int id;
    const struct ga_screen_ops *ops;
} ways[] = {
    {GA_HOME_FIGURES, &ga_screen_figures},
    {GA_HOME_DOUBLES, &ga_screen_doubles},
    {GA_HOME_CARD_NUMBERS, &ga_screen_card_numbers},
    {GA_HOME_IMPORT, &ga_screen_import_file},
    {GA_HOME_EXPORT, &ga_screen_export},
    {GA_HOME_EXCHANGE, &ga_screen_sync},
    {GA_HOME_ENROL, &ga_screen_enrol},
    {GA_HOME_NAME, &ga_screen_name},
    {GA_HOME_GUIDE, &ga_screen_guide},
    {GA_HOME_FORMS, &ga_screen_form_changes},
    {GA_HOME_VERIFY, &ga_screen_verify},
    {GA_HOME_NOTES, &ga_screen_note_list},
    {GA_HOME_MORE, &ga_screen_more},
};

const struct ga_screen_ops *ga_home_way(int id)
{
    for (size_t i = 0; i < GA_COUNT(ways); i++)
        if (ways[i].id == id)
            return ways[i].ops;
    return NULL;
}
