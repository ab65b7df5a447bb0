#define _GNU_SOURCE
#include "allocation_counter.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif

#include <errno.h>
#include <stddef.h>

#if defined(__GLIBC__) && !defined(SANITIZED)

#include <link.h>
#include <stdint.h>
#include <string.h>

// Under these names glibc exports its allocator to those who replace it.
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

static __thread bool counting;
static __thread long allocations;

// Where the code of the library is that was left out.
static uintptr_t left_out_start, left_out_end;

static inline void count(const void *caller) {
    uintptr_t address = (uintptr_t)caller;
    if (counting && (address < left_out_start || address >= left_out_end)) allocations++;
}

void *malloc(size_t size) {
    count(__builtin_return_address(0));
    return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
    count(__builtin_return_address(0));
    return __libc_calloc(number, size);
}

void *realloc(void *memory, size_t size) {
    count(__builtin_return_address(0));
    return __libc_realloc(memory, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    count(__builtin_return_address(0));
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **memory, size_t alignment, size_t size) {
    count(__builtin_return_address(0));
    void *block = __libc_memalign(alignment, size);
    if (!block) return ENOMEM;
    *memory = block;
    return 0;
}

bool allocation_counter_works(void) { return true; }

void allocation_counter_start(void) {
    allocations = 0;
    counting = true;
}

long allocation_counter_stop(void) {
    long counted = counting ? allocations : -1;
    counting = false;
    return counted;
}

static int find(struct dl_phdr_info *info, size_t size, void *library) {
    (void)size;
    if (!strstr(info->dlpi_name, library)) return 0;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *segment = &info->dlpi_phdr[i];
        if (segment->p_type != PT_LOAD || !(segment->p_flags & PF_X)) continue;
        left_out_start = info->dlpi_addr + segment->p_vaddr;
        left_out_end = left_out_start + segment->p_memsz;
    }
    return 1;
}

bool allocation_counter_leave_out(const char *library) { return dl_iterate_phdr(find, (void *)library) == 1; }

#else

bool allocation_counter_works(void) { return false; }
void allocation_counter_start(void) {}
long allocation_counter_stop(void) { return -1; }
bool allocation_counter_leave_out(const char *library) { (void)library; return false; }

#endif
