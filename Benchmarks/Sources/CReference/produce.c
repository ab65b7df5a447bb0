/* Producing: pipelined, and one awaited record after another. */
#include "reference.h"

static long delivered;

static void on_delivery(rd_kafka_t *client, const rd_kafka_message_t *message, void *opaque) {
        if (message->err)
                fail("not delivered: %s", rd_kafka_err2str(message->err));
        delivered++;
}

static void produce_one(rd_kafka_t *client, rd_kafka_topic_t *topic, long index, int headers) {
        while (!produce(client, topic, RD_KAFKA_PARTITION_UA, record_key(index), KEY_SIZE, record_value(index), VALUE_SIZE,
                        headers))
                rd_kafka_poll(client, 5);
}

static void await_all(rd_kafka_t *client, long count) {
        while (delivered < count)
                rd_kafka_poll(client, 1000);
}

void run_produce(const job_t *job) {
        rd_kafka_t *client      = client_new(RD_KAFKA_PRODUCER, producer_configuration(job, on_delivery));
        rd_kafka_topic_t *topic = rd_kafka_topic_new(client, job->topic, NULL);
        produce_one(client, topic, 0, job->headers);
        await_all(client, 1);

        stopwatch_t started = stopwatch_start();
        for (long i = 0; i < job->records; i++) {
                produce_one(client, topic, i, job->headers);
                if (i % 256 == 0)
                        rd_kafka_poll(client, 0);
        }
        if (rd_kafka_flush(client, 60000) || delivered != job->records + 1)
                fail("the flush timed out");
        stopwatch_report(started, job->records);

        rd_kafka_topic_destroy(topic);
        rd_kafka_destroy(client);
}

void run_await(const job_t *job) {
        rd_kafka_conf_t *made = producer_configuration(job, on_delivery);
        set(made, "linger.ms", "0");
        rd_kafka_t *client      = client_new(RD_KAFKA_PRODUCER, made);
        rd_kafka_topic_t *topic = rd_kafka_topic_new(client, job->topic, NULL);
        produce_one(client, topic, 0, job->headers);
        await_all(client, 1);

        stopwatch_t started = stopwatch_start();
        for (long i = 0; i < job->records; i++) {
                produce_one(client, topic, i, job->headers);
                await_all(client, i + 2);
        }
        stopwatch_report(started, job->records);

        rd_kafka_topic_destroy(topic);
        rd_kafka_destroy(client);
}
