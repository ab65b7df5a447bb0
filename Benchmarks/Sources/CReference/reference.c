#include "reference.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { POOL = 4 << 20 };
static char pool[POOL + VALUE_SIZE];

void fail(const char *format, ...) {
        va_list arguments;
        va_start(arguments, format);
        vfprintf(stderr, format, arguments);
        va_end(arguments);
        fputc('\n', stderr);
        exit(1);
}

static double seconds_of(clockid_t clock) {
        struct timespec time;
        clock_gettime(clock, &time);
        return time.tv_sec + time.tv_nsec / 1e9;
}

stopwatch_t stopwatch_start(void) {
        return (stopwatch_t) {seconds_of(CLOCK_MONOTONIC), seconds_of(CLOCK_PROCESS_CPUTIME_ID)};
}

void stopwatch_report(stopwatch_t started, long records) {
        stopwatch_t now = stopwatch_start();
        printf("records=%ld seconds=%.6f cpu=%.6f\n", records, now.wall - started.wall, now.cpu - started.cpu);
}

void records_prepare(void) {
        unsigned state = 7;
        for (size_t i = 0; i < sizeof pool; i++) {
                state   = state * 1664525u + 1013904223u;
                pool[i] = 'a' + (state >> 24) % 26;
        }
}

const char *record_key(long index) {
        return pool + index * 17 % POOL;
}

const char *record_value(long index) {
        return pool + index * 331 % POOL;
}

void set(rd_kafka_conf_t *configuration, const char *name, const char *value) {
        char text[512];
        if (rd_kafka_conf_set(configuration, name, value, text, sizeof text) != RD_KAFKA_CONF_OK)
                fail("%s", text);
}

static rd_kafka_conf_t *configuration(const job_t *job) {
        rd_kafka_conf_t *made = rd_kafka_conf_new();
        set(made, "bootstrap.servers", job->brokers);
        set(made, "client.id", "c-reference");
        return made;
}

rd_kafka_conf_t *producer_configuration(const job_t *job,
                                        void (*on_delivery)(rd_kafka_t *, const rd_kafka_message_t *, void *)) {
        rd_kafka_conf_t *made = configuration(job);
        set(made, "enable.idempotence", "true");
        set(made, "acks", "all");
        set(made, "partitioner", "murmur2_random");
        set(made, "compression.codec", "none");
        rd_kafka_conf_set_dr_msg_cb(made, on_delivery);
        return made;
}

rd_kafka_conf_t *consumer_configuration(const job_t *job) {
        char group[64];
        struct timespec now;
        rd_kafka_conf_t *made = configuration(job);
        clock_gettime(CLOCK_REALTIME, &now);
        snprintf(group, sizeof group, "c-reference-%lld-%ld", (long long)now.tv_sec, now.tv_nsec);
        set(made, "group.id", group);
        set(made, "enable.auto.commit", "false");
        set(made, "enable.auto.offset.store", "false");
        set(made, "auto.offset.reset", "earliest");
        set(made, "isolation.level", "read_committed");
        set(made, "partition.assignment.strategy", "range");
        return made;
}

rd_kafka_t *client_new(rd_kafka_type_t type, rd_kafka_conf_t *configuration) {
        char text[512];
        rd_kafka_t *client = rd_kafka_new(type, configuration, text, sizeof text);
        if (!client)
                fail("%s", text);
        return client;
}

static rd_kafka_headers_t *headers_new(int count) {
        static const char *const names[] = {"ce_id", "ce_type", "ce_source", "ce_specversion"};
        rd_kafka_headers_t *list;
        if (count == 0)
                return NULL;
        list = rd_kafka_headers_new(count);
        for (int i = 0; i < count; i++)
                rd_kafka_header_add(list, names[i], -1, record_value(i), 24);
        return list;
}

int produce(rd_kafka_t *client, rd_kafka_topic_t *topic, int32_t partition,
            const void *key, size_t key_size, const void *value, size_t value_size, int headers) {
        rd_kafka_headers_t *list = headers_new(headers);
        rd_kafka_vu_t vu[6]      = {
            {.vtype = RD_KAFKA_VTYPE_RKT, .u.rkt = topic},
            {.vtype = RD_KAFKA_VTYPE_PARTITION, .u.i32 = partition},
            {.vtype = RD_KAFKA_VTYPE_MSGFLAGS, .u.i = RD_KAFKA_MSG_F_COPY},
            {.vtype = RD_KAFKA_VTYPE_KEY, .u.mem = {(void *)key, key_size}},
            {.vtype = RD_KAFKA_VTYPE_VALUE, .u.mem = {(void *)value, value_size}},
            {.vtype = RD_KAFKA_VTYPE_HEADERS, .u.headers = list},
        };
        rd_kafka_error_t *error = rd_kafka_produceva(client, vu, list ? 6 : 5);
        if (!error)
                return 1;
        if (list)
                rd_kafka_headers_destroy(list);
        if (rd_kafka_error_code(error) != RD_KAFKA_RESP_ERR__QUEUE_FULL)
                fail("produce: %s", rd_kafka_error_string(error));
        rd_kafka_error_destroy(error);
        return 0;
}
