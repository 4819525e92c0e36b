/* Starts the program: the locale for the terminal, then whatever the command line asks for. */
#include "guanai/command/command.h"
#include "guanai/crypt/secret.h"

#include <locale.h>
#include <stdlib.h>

/* Only characters follow the terminal; numbers are written with a point everywhere. */
static void choose_locale(void)
{
    const char *chosen = setlocale(LC_CTYPE, "");
    if (chosen == NULL || MB_CUR_MAX == 1) /* "C": no Chinese could be shown or typed */
        setlocale(LC_CTYPE, "C.UTF-8");
}

int main(int argc, char **argv)
{
    struct ga_error err = {0};
    choose_locale();
    if (ga_crypt_start(&err) != GA_OK) {
        fputs("guanai: libsodium\n", stderr);
        return GA_EXIT_BROKEN;
    }
    return (int)ga_command_main(argc, argv, stdout, stderr, NULL);
}
