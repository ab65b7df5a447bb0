/* What every piece of work shares: its parameters, its records, its clock. */
#pragma once

#include <librdkafka/rdkafka.h>
#include <stddef.h>

#define KEY_SIZE   16
#define VALUE_SIZE 300

typedef struct {
        const char *work;
        const char *brokers;
        const char *topic;
        const char *output; /* of transactions */
        long records;
        long batch;  /* records in a transaction */
        int headers; /* of each record produced */
} job_t;

/* The timed part of a run. */
typedef struct {
        double wall;
        double cpu; /* user and system time of all threads */
} stopwatch_t;

void fail(const char *format, ...) __attribute__((noreturn, format(printf, 1, 2)));

stopwatch_t stopwatch_start(void);
/* Prints the line that client-benchmark reads. */
void stopwatch_report(stopwatch_t started, long records);

/* A record's key and value are windows of one block of text that is the same in every run: they
 * cost nothing to make and don't repeat soon enough to flatter anything. */
void records_prepare(void);
const char *record_key(long index);
const char *record_value(long index);

void set(rd_kafka_conf_t *configuration, const char *name, const char *value);
rd_kafka_t *client_new(rd_kafka_type_t type, rd_kafka_conf_t *configuration);

/* A producer's configuration as KafkaClient has it, with `on_delivery` for its reports. */
rd_kafka_conf_t *producer_configuration(const job_t *job,
                                        void (*on_delivery)(rd_kafka_t *, const rd_kafka_message_t *, void *));
rd_kafka_conf_t *consumer_configuration(const job_t *job);

/* Copies a record into the local queue; false if that is full. Partition -1 leaves the choice to the partitioner. */
int produce(rd_kafka_t *client, rd_kafka_topic_t *topic, int32_t partition,
            const void *key, size_t key_size, const void *value, size_t value_size, int headers);

void run_produce(const job_t *job);
void run_await(const job_t *job);
void run_consume(const job_t *job);
void run_transactions(const job_t *job);
