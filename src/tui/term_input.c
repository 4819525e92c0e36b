/* The byte sequences keys are known by. */
#include "term_input.h"

#include "guanai/base/alloc.h"

/* xterm, rxvt, PuTTY, the Linux console, each also when TERM names another of them. */
const struct ga_sequence ga_term_sequences[] = {
    {"\033[200~", GA_KEY_PASTE_BEGIN}, {"\033[201~", GA_KEY_PASTE_END},
    {"\033[1~", GA_KEY_HOME},          {"\033[7~", GA_KEY_HOME},
    {"\033OH", GA_KEY_HOME},           {"\033[H", GA_KEY_HOME},
    {"\033[4~", GA_KEY_END},           {"\033[8~", GA_KEY_END},
    {"\033OF", GA_KEY_END},            {"\033[F", GA_KEY_END},
    {"\033[A", GA_KEY_UP},             {"\033OA", GA_KEY_UP},
    {"\033[B", GA_KEY_DOWN},           {"\033OB", GA_KEY_DOWN},
    {"\033[C", GA_KEY_RIGHT},          {"\033OC", GA_KEY_RIGHT},
    {"\033[D", GA_KEY_LEFT},           {"\033OD", GA_KEY_LEFT},
    {"\033[2~", GA_KEY_INSERT},        {"\033[3~", GA_KEY_DELETE},
    {"\033[5~", GA_KEY_PAGE_UP},       {"\033[6~", GA_KEY_PAGE_DOWN},
    {"\033[Z", GA_KEY_BACKTAB},        {"\033OM", GA_KEY_ENTER},
    {"\033[11~", GA_KEY_F(1)},         {"\033[12~", GA_KEY_F(2)},
    {"\033[13~", GA_KEY_F(3)},         {"\033[14~", GA_KEY_F(4)},
    {"\033[15~", GA_KEY_F(5)},         {"\033[17~", GA_KEY_F(6)},
    {"\033[18~", GA_KEY_F(7)},         {"\033[19~", GA_KEY_F(8)},
    {"\033[20~", GA_KEY_F(9)},         {"\033[21~", GA_KEY_F(10)},
    {"\033[23~", GA_KEY_F(11)},        {"\033[24~", GA_KEY_F(12)},
    {"\033[[A", GA_KEY_F(1)},          {"\033[[B", GA_KEY_F(2)},
    {"\033[[C", GA_KEY_F(3)},          {"\033[[D", GA_KEY_F(4)},
    {"\033[[E", GA_KEY_F(5)},          {"\033OP", GA_KEY_F(1)},
    {"\033OQ", GA_KEY_F(2)},           {"\033OR", GA_KEY_F(3)},
    {"\033OS", GA_KEY_F(4)},           {"\0331", GA_KEY_F(1)},
    {"\0332", GA_KEY_F(2)},            {"\0333", GA_KEY_F(3)},
    {"\0334", GA_KEY_F(4)},            {"\0335", GA_KEY_F(5)},
    {"\0336", GA_KEY_F(6)},            {"\0337", GA_KEY_F(7)},
    {"\0338", GA_KEY_F(8)},            {"\0339", GA_KEY_F(9)},
    {"\0330", GA_KEY_F(10)},           {"\033Op", '0'},
    {"\033Oq", '1'},                   {"\033Or", '2'},
    {"\033Os", '3'},                   {"\033Ot", '4'},
    {"\033Ou", '5'},                   {"\033Ov", '6'},
    {"\033Ow", '7'},                   {"\033Ox", '8'},
    {"\033Oy", '9'},                   {"\033On", '.'},
    {"\033Om", '-'},                   {"\033Ok", '+'},
};
const unsigned ga_term_sequences_count = GA_COUNT(ga_term_sequences);

uint32_t ga_term_control_key(uint32_t control)
{
    switch (control) {
    case 8:
    case 127:
        return GA_KEY_BACKSPACE;
    case '\t':
        return GA_KEY_TAB;
    case '\r':
        return GA_KEY_ENTER;
    case 27:
        return GA_KEY_ESC;
    default:
        return control >= 1 && control <= 31 ? GA_CTRL('A' + control - 1) : GA_KEY_NONE; /* A … Z \ ] ^ _ */
    }
}
