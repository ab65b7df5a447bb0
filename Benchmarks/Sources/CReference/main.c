/* The work of client-benchmark in C on librdkafka.
 *   c-reference produce|await|consume BROKERS TOPIC RECORDS HEADERS
 *   c-reference transactions BROKERS TOPIC RECORDS HEADERS OUTPUT BATCH
 *   c-reference version
 * Prints the records, seconds and CPU seconds of the timed part, or librdkafka's version. */
#include "reference.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *run(void *argument) {
        const job_t *job = argument;
        if (!strcmp(job->work, "produce"))
                run_produce(job);
        else if (!strcmp(job->work, "await"))
                run_await(job);
        else if (!strcmp(job->work, "consume"))
                run_consume(job);
        else if (!strcmp(job->work, "transactions") && job->batch > 0)
                run_transactions(job);
        else
                fail("no such work: %s", job->work);
        return NULL;
}

int main(int count, char **arguments) {
        if (count == 2 && !strcmp(arguments[1], "version")) {
                puts(rd_kafka_version_str());
                return 0;
        }
        if (count != 6 && count != 8)
                fail("usage: c-reference WORK BROKERS TOPIC RECORDS HEADERS [OUTPUT BATCH]");
        job_t job = {
            .work    = arguments[1],
            .brokers = arguments[2],
            .topic   = arguments[3],
            .records = atol(arguments[4]),
            .headers = atoi(arguments[5]),
            .output  = count == 8 ? arguments[6] : NULL,
            .batch   = count == 8 ? atol(arguments[7]) : 0,
        };
        records_prepare();
        // Not on the main thread, as in Swift: glibc's malloc gives it memory that grows by 128 KiB at a time, and
        // that of any other thread grows by a page, which shows in both languages.
        pthread_t thread;
        if (pthread_create(&thread, NULL, run, &job) || pthread_join(thread, NULL))
                fail("no thread");
        return 0;
}
