/* Consuming in batches, every byte of key and value looked at. */
#include "reference.h"

enum { BATCH = 1000 };

static unsigned long sum_of(const void *bytes, size_t count) {
        unsigned long sum = 0;
        for (size_t i = 0; i < count; i++)
                sum += ((const unsigned char *)bytes)[i];
        return sum;
}

static void assign_all(rd_kafka_t *client, const char *name) {
        const struct rd_kafka_metadata *metadata;
        rd_kafka_topic_t *topic = rd_kafka_topic_new(client, name, NULL);
        if (rd_kafka_metadata(client, 0, topic, &metadata, 10000))
                fail("no metadata of %s", name);
        rd_kafka_topic_partition_list_t *partitions = rd_kafka_topic_partition_list_new(8);
        for (int i = 0; i < metadata->topics[0].partition_cnt; i++)
                rd_kafka_topic_partition_list_add(partitions, name, i)->offset = 0;
        rd_kafka_metadata_destroy(metadata);
        rd_kafka_assign(client, partitions);
        rd_kafka_topic_partition_list_destroy(partitions);
        rd_kafka_topic_destroy(topic);
}

void run_consume(const job_t *job) {
        rd_kafka_message_t *messages[BATCH];
        stopwatch_t started   = {0};
        unsigned long sum     = 0;
        long seen             = 0;
        rd_kafka_t *client    = client_new(RD_KAFKA_CONSUMER, consumer_configuration(job));
        rd_kafka_poll_set_consumer(client);
        assign_all(client, job->topic);
        rd_kafka_queue_t *queue = rd_kafka_queue_get_consumer(client);

        while (seen < job->records) {
                ssize_t count = rd_kafka_consume_batch_queue(queue, 100, messages, BATCH);
                if (count > 0 && seen == 0)
                        started = stopwatch_start();
                for (ssize_t i = 0; i < count; i++) {
                        if (messages[i]->err)
                                fail("consume: %s", rd_kafka_message_errstr(messages[i]));
                        sum += sum_of(messages[i]->key, messages[i]->key_len);
                        sum += sum_of(messages[i]->payload, messages[i]->len);
                        seen++;
                        rd_kafka_message_destroy(messages[i]);
                }
        }
        stopwatch_report(started, seen);
        // A result that is used: else the compiler need not read the bytes.
        if (sum == 0)
                fail("every byte was zero");

        rd_kafka_queue_destroy(queue);
        rd_kafka_consumer_close(client);
        rd_kafka_destroy(client);
}
