/* Any bytes are read as a table or refused in a sentence. */
#include "fuzz_sheet.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    read_book(bytes, len);
    return 0;
}
