/* Lets go of memory that is held and no longer used. */
#include "guanai/base/let_go.h"

#include <link.h>
#include <malloc.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* What is never written stands in the file as it stands here. What the loader mends and locks afterwards is in a part that is. */
static int let_go_of(struct dl_phdr_info *object, size_t size, void *ctx)
{
    const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    (void)size;
    (void)ctx;
    if (strncmp(object->dlpi_name, "linux-", strlen("linux-")) == 0) /* the kernel's own, of no file */
        return 0;
    for (int i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &object->dlpi_phdr[i];
        if (part->p_type != PT_LOAD || (part->p_flags & PF_W) != 0)
            continue;
        const uintptr_t from = (object->dlpi_addr + part->p_vaddr + page - 1) / page * page;
        const uintptr_t to = (object->dlpi_addr + part->p_vaddr + part->p_memsz) / page * page;
        if (to > from)
            madvise((void *)from, to - from, MADV_DONTNEED);
    }
    return 0;
}

void ga_memory_let_go(void)
{
#ifdef __GLIBC__
    malloc_trim(0);
#endif
    dl_iterate_phdr(let_go_of, NULL);
}

void ga_memory_join_small(void)
{
#ifdef __GLIBC__
    mallopt(M_MXFAST, 0);
#endif
}
