/* C11 threads by way of POSIX threads, to be preloaded into a program under ThreadSanitizer.
 *
 * librdkafka uses thrd_create, mtx_lock and cnd_wait. ThreadSanitizer intercepts the pthread
 * functions alone, and glibc's C11 ones reach their work without them: a thread that it has not
 * seen begin crashes it at the first instrumented instruction, and what a mutex of librdkafka
 * orders would look like a race. In glibc the types of both kinds are the same. */
#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <threads.h>
#include <time.h>

static int status(int code) {
        switch (code) {
        case 0:
                return thrd_success;
        case ETIMEDOUT:
                return thrd_timedout;
        case EBUSY:
                return thrd_busy;
        case ENOMEM:
                return thrd_nomem;
        default:
                return thrd_error;
        }
}

typedef struct {
        thrd_start_t body;
        void *argument;
} start_t;

static void *run(void *opaque) {
        start_t start = *(start_t *)opaque;
        free(opaque);
        return (void *)(intptr_t)start.body(start.argument);
}

int thrd_create(thrd_t *thread, thrd_start_t body, void *argument) {
        start_t *start = malloc(sizeof(*start));
        int code;
        if (!start)
                return thrd_nomem;
        start->body     = body;
        start->argument = argument;
        code            = pthread_create(thread, NULL, run, start);
        if (code)
                free(start);
        return status(code);
}

int thrd_join(thrd_t thread, int *result) {
        void *value;
        int code = pthread_join(thread, &value);
        if (!code && result)
                *result = (int)(intptr_t)value;
        return status(code);
}

int thrd_detach(thrd_t thread) {
        return status(pthread_detach(thread));
}

int mtx_init(mtx_t *mutex, int type) {
        pthread_mutexattr_t attributes;
        int code;
        pthread_mutexattr_init(&attributes);
        if (type & mtx_recursive)
                pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
        code = pthread_mutex_init((pthread_mutex_t *)mutex, &attributes);
        pthread_mutexattr_destroy(&attributes);
        return status(code);
}

void mtx_destroy(mtx_t *mutex) {
        pthread_mutex_destroy((pthread_mutex_t *)mutex);
}

int mtx_lock(mtx_t *mutex) {
        return status(pthread_mutex_lock((pthread_mutex_t *)mutex));
}

int mtx_trylock(mtx_t *mutex) {
        return status(pthread_mutex_trylock((pthread_mutex_t *)mutex));
}

int mtx_unlock(mtx_t *mutex) {
        return status(pthread_mutex_unlock((pthread_mutex_t *)mutex));
}

int cnd_init(cnd_t *condition) {
        return status(pthread_cond_init((pthread_cond_t *)condition, NULL));
}

void cnd_destroy(cnd_t *condition) {
        pthread_cond_destroy((pthread_cond_t *)condition);
}

int cnd_signal(cnd_t *condition) {
        return status(pthread_cond_signal((pthread_cond_t *)condition));
}

int cnd_broadcast(cnd_t *condition) {
        return status(pthread_cond_broadcast((pthread_cond_t *)condition));
}

int cnd_wait(cnd_t *condition, mtx_t *mutex) {
        return status(pthread_cond_wait((pthread_cond_t *)condition, (pthread_mutex_t *)mutex));
}

int cnd_timedwait(cnd_t *restrict condition, mtx_t *restrict mutex, const struct timespec *restrict until) {
        return status(pthread_cond_timedwait((pthread_cond_t *)condition, (pthread_mutex_t *)mutex, until));
}
