/* guanai-paper: typed rows on standard input become a finished file on an open descriptor. */
#include "read.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/text/translate.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

static int usage(void)
{
    fputs("usage: guanai-paper xlsx FD   (started by guanai: rows on stdin, the file on descriptor FD)\n", stderr);
    return 2;
}

static int say(const struct ga_error *err)
{
    char sentence[GA_MESSAGE_BYTES * 2];
    fprintf(stderr, "%s\n", ga_message_text(&err->what, GA_EN, sentence, sizeof(sentence)));
    return 1;
}

int main(int argc, char **argv)
{
    int64_t fd;
    if (argc != 3 || strcmp(argv[1], "xlsx") != 0 || !ga_num_parse(argv[2], &fd) || fd < 1 || fd > 1023 ||
        fcntl((int)fd, F_GETFD) < 0)
        return usage();
    struct ga_paper_reader *reader = ga_alloc(sizeof(*reader));
    reader->in = stdin;
    struct ga_error err = {0};
    enum ga_rc rc = ga_paper_xlsx(reader, (int)fd, &err);
    free(reader);
    return rc == GA_OK ? 0 : say(&err);
}
