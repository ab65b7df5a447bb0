"""confluent-kafka as a command, for the tests beside it: confluent_client.py BROKERS VERB ARGUMENTS…

Records go in and come out as JSON lines: {"key", "value", "headers": [[name, value]…], "timestamp"}.
"""

import json
import sys
import time

from confluent_kafka import Consumer, ConsumerGroupTopicPartitions, IsolationLevel, Producer, TopicPartition
from confluent_kafka.admin import (
    AdminClient, AlterConfigOpType, ConfigEntry, ConfigResource, NewPartitions, NewTopic, OffsetSpec, ResourceType)

DEADLINE = 120


def encoded(text):
    return None if text is None else text.encode()


def decoded(data):
    return None if data is None else data.decode()


def lines():
    return [json.loads(line) for line in sys.stdin]


def send(producer, topic, records):
    failures = []
    for record in records:
        producer.produce(
            topic, key=encoded(record["key"]), value=encoded(record["value"]), timestamp=record["timestamp"],
            headers=[(name, encoded(value)) for name, value in record["headers"]],
            on_delivery=lambda error, _: failures.append(str(error)) if error else None)
    left = producer.flush(DEADLINE)
    if left or failures:
        raise RuntimeError(f"{left} records not delivered, {failures}")


def produce(brokers, topic, codec):
    producer = Producer({"bootstrap.servers": brokers, "enable.idempotence": True, "compression.type": codec})
    send(producer, topic, lines())


def shown(message):
    return {
        "key": decoded(message.key()), "value": decoded(message.value()),
        "headers": [[name, decoded(value)] for name, value in message.headers() or []],
        "timestamp": message.timestamp()[1]}


def take(consumer, count):
    """Yields messages until there were so many."""
    giving_up = time.monotonic() + DEADLINE
    while count > 0:
        if time.monotonic() > giving_up:
            raise RuntimeError(f"{count} records did not come")
        message = consumer.poll(0.5)
        if message is None:
            continue
        if message.error():
            raise RuntimeError(str(message.error()))
        yield message
        count -= 1


def consumer_of(brokers, group, **settings):
    return Consumer({
        "bootstrap.servers": brokers, "group.id": group, "auto.offset.reset": "earliest", "enable.auto.commit": False, **settings})


def consume(brokers, topic, group, count):
    """As a member of a group; commits what it took."""
    consumer = consumer_of(brokers, group, **{"isolation.level": "read_committed"})
    consumer.subscribe([topic])
    for message in take(consumer, int(count)):
        print(json.dumps(shown(message)))
    consumer.commit(asynchronous=False)
    consumer.close()


def share(brokers, topic, group, count, strategy):
    """Two members: prints how many partitions each had in the end, and how many records they took together."""
    members = [
        consumer_of(brokers, group, **{"partition.assignment.strategy": strategy, "heartbeat.interval.ms": 500}) for _ in range(2)]
    for member in members:
        member.subscribe([topic])
    taken = set()
    giving_up = time.monotonic() + DEADLINE
    while len(taken) < int(count) or any(len(member.assignment()) != 2 for member in members):
        if time.monotonic() > giving_up:
            raise RuntimeError(f"{len(taken)} records, {[len(member.assignment()) for member in members]} partitions")
        for member in members:
            message = member.poll(0.1)
            if message is not None and not message.error():
                taken.add((message.partition(), message.offset()))
    print(json.dumps({"partitions": [len(member.assignment()) for member in members], "records": len(taken)}))
    for member in members:
        member.close()


def transact(brokers, topic, identifier):
    """One transaction that commits, one that aborts, each with all records of the input."""
    records = lines()
    producer = Producer({"bootstrap.servers": brokers, "transactional.id": identifier})
    producer.init_transactions(DEADLINE)
    for commits in (True, False):
        producer.begin_transaction()
        send(producer, topic, records)
        producer.commit_transaction(DEADLINE) if commits else producer.abort_transaction(DEADLINE)


def relay(brokers, source, target, group, identifier, count):
    """Consumes and produces in one transaction with the offsets; prints what is committed."""
    consumer = consumer_of(brokers, group, **{"isolation.level": "read_committed"})
    consumer.subscribe([source])
    producer = Producer({"bootstrap.servers": brokers, "transactional.id": identifier})
    producer.init_transactions(DEADLINE)
    producer.begin_transaction()
    send(producer, target, [shown(message) for message in take(consumer, int(count))])
    producer.send_offsets_to_transaction(
        consumer.position(consumer.assignment()), consumer.consumer_group_metadata(), DEADLINE)
    producer.commit_transaction(DEADLINE)
    committed = sum(max(partition.offset, 0) for partition in consumer.committed(consumer.assignment(), DEADLINE))
    print(json.dumps({"committed": committed}))
    consumer.close()


def administer(brokers, topic, group):
    client = AdminClient({"bootstrap.servers": brokers})
    seen = {}

    def done(futures):
        return {name: future.result(DEADLINE) for name, future in futures.items()}

    done(client.create_topics([NewTopic(topic, 2, 1, config={"max.message.bytes": "200000"})]))
    done(client.create_partitions([NewPartitions(topic, 3)]))
    resource = ConfigResource(ResourceType.TOPIC, topic)
    resource.add_incremental_config(
        ConfigEntry("retention.ms", "86400000", incremental_operation=AlterConfigOpType.SET))
    done(client.incremental_alter_configs([resource]))
    (configs,) = done(client.describe_configs([ConfigResource(ResourceType.TOPIC, topic)])).values()
    seen["configs"] = {name: configs[name].value for name in ("max.message.bytes", "retention.ms")}

    giving_up = time.monotonic() + DEADLINE
    while len(client.list_topics(topic, DEADLINE).topics[topic].partitions) != 3 and time.monotonic() < giving_up:
        time.sleep(0.05)
    seen["partitions"] = len(client.list_topics(topic, DEADLINE).topics[topic].partitions)
    producer = Producer({"bootstrap.servers": brokers})
    for number in range(10):
        producer.produce(topic, f"value {number}", partition=1)
    producer.flush(DEADLINE)
    place = TopicPartition(topic, 1)
    (end,) = done(client.list_offsets({place: OffsetSpec.latest()}, isolation_level=IsolationLevel.READ_COMMITTED)).values()
    seen["end"] = end.offset
    (deleted,) = done(client.delete_records([TopicPartition(topic, 1, 4)])).values()
    seen["lowWatermark"] = deleted.low_watermark

    consumer = consumer_of(brokers, group)
    consumer.subscribe([topic])
    seen["firstLeft"] = next(take(consumer, 1)).offset()
    (description,) = done(client.describe_consumer_groups([group])).values()
    seen["group"], seen["members"] = description.state.name, len(description.members)
    consumer.close()
    done(client.alter_consumer_group_offsets([ConsumerGroupTopicPartitions(group, [TopicPartition(topic, 1, 7)])]))
    (offsets,) = done(client.list_consumer_group_offsets([ConsumerGroupTopicPartitions(group)])).values()
    seen["committed"] = [[partition.partition, partition.offset] for partition in offsets.topic_partitions]
    listed = client.list_consumer_groups().result(DEADLINE)
    seen["listed"] = group in {found.group_id for found in listed.valid}
    seen["nodes"] = len(client.describe_cluster().result(DEADLINE).nodes) > 0
    done(client.delete_consumer_groups([group]))
    seen["groupDeleted"] = group not in {found.group_id for found in client.list_consumer_groups().result(DEADLINE).valid}
    done(client.delete_topics([topic]))
    giving_up = time.monotonic() + DEADLINE
    while topic in client.list_topics(timeout=DEADLINE).topics and time.monotonic() < giving_up:
        time.sleep(0.05)
    seen["topicDeleted"] = topic not in client.list_topics(timeout=DEADLINE).topics
    print(json.dumps(seen))


VERBS = {verb.__name__: verb for verb in (produce, consume, share, transact, relay, administer)}

if __name__ == "__main__":
    brokers, verb, *arguments = sys.argv[1:]
    VERBS[verb](brokers, *arguments)
