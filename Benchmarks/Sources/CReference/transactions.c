/* Consuming, producing and committing both in one transaction per batch. */
#include "reference.h"

#include <stdio.h>
#include <stdlib.h>

static void on_delivery(rd_kafka_t *client, const rd_kafka_message_t *message, void *opaque) {
        if (message->err)
                fail("not delivered: %s", rd_kafka_err2str(message->err));
}

static void check(rd_kafka_error_t *error) {
        if (error)
                fail("%s", rd_kafka_error_string(error));
}

static void subscribe(rd_kafka_t *client, const char *topic) {
        rd_kafka_topic_partition_list_t *topics = rd_kafka_topic_partition_list_new(1);
        rd_kafka_topic_partition_list_add(topics, topic, RD_KAFKA_PARTITION_UA);
        rd_kafka_subscribe(client, topics);
        rd_kafka_topic_partition_list_destroy(topics);
}

static void take(rd_kafka_queue_t *queue, rd_kafka_message_t **messages, long wanted) {
        for (long count = 0; count < wanted;) {
                ssize_t more = rd_kafka_consume_batch_queue(queue, 100, messages + count, wanted - count);
                for (ssize_t i = 0; i < more; i++)
                        if (messages[count + i]->err)
                                fail("consume: %s", rd_kafka_message_errstr(messages[count + i]));
                if (more > 0)
                        count += more;
        }
}

static void transact(rd_kafka_t *consumer, rd_kafka_t *producer, rd_kafka_topic_t *output,
                     const char *input, rd_kafka_message_t **messages, long count) {
        rd_kafka_topic_partition_list_t *offsets = rd_kafka_topic_partition_list_new(8);
        rd_kafka_consumer_group_metadata_t *group = rd_kafka_consumer_group_metadata(consumer);
        check(rd_kafka_begin_transaction(producer));
        for (long i = 0; i < count; i++) {
                rd_kafka_message_t *message = messages[i];
                while (!produce(producer, output, message->partition, message->key, message->key_len, message->payload,
                                message->len, 0))
                        rd_kafka_poll(producer, 5);
                rd_kafka_topic_partition_t *next =
                    rd_kafka_topic_partition_list_find(offsets, input, message->partition);
                if (!next)
                        next = rd_kafka_topic_partition_list_add(offsets, input, message->partition);
                next->offset = message->offset + 1;
                rd_kafka_message_destroy(message);
        }
        check(rd_kafka_send_offsets_to_transaction(producer, offsets, group, 30000));
        check(rd_kafka_commit_transaction(producer, 30000));
        rd_kafka_consumer_group_metadata_destroy(group);
        rd_kafka_topic_partition_list_destroy(offsets);
}

void run_transactions(const job_t *job) {
        char id[96];
        rd_kafka_message_t **messages = malloc(job->batch * sizeof *messages);
        rd_kafka_conf_t *made         = producer_configuration(job, on_delivery);
        snprintf(id, sizeof id, "c-reference-%s", job->output);
        set(made, "transactional.id", id);
        set(made, "retry.backoff.ms", "10");
        set(made, "transaction.timeout.ms", "10000");
        rd_kafka_t *producer     = client_new(RD_KAFKA_PRODUCER, made);
        rd_kafka_t *consumer     = client_new(RD_KAFKA_CONSUMER, consumer_configuration(job));
        rd_kafka_topic_t *output = rd_kafka_topic_new(producer, job->output, NULL);
        check(rd_kafka_init_transactions(producer, 30000));
        rd_kafka_poll_set_consumer(consumer);
        subscribe(consumer, job->topic);
        rd_kafka_queue_t *queue = rd_kafka_queue_get_consumer(consumer);

        // The first transaction waits for the group and is not timed.
        stopwatch_t started = {0};
        for (long done = -job->batch; done < job->records; done += job->batch) {
                if (done == 0)
                        started = stopwatch_start();
                take(queue, messages, job->batch);
                transact(consumer, producer, output, job->topic, messages, job->batch);
        }
        stopwatch_report(started, job->records);

        rd_kafka_queue_destroy(queue);
        rd_kafka_topic_destroy(output);
        rd_kafka_consumer_close(consumer);
        rd_kafka_destroy(consumer);
        rd_kafka_destroy(producer);
        free(messages);
}
