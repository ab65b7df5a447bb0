"""aiokafka as a command, for the tests beside it: aiokafka_client.py BROKERS VERB ARGUMENTS…

Records go in and come out as JSON lines: {"key", "value", "headers": [[name, value]…], "timestamp"}.
"""

import asyncio
import json
import sys

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewPartitions, NewTopic, RecordsToDelete
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType

DEADLINE = 120


def encoded(text):
    return None if text is None else text.encode()


def decoded(data):
    return None if data is None else data.decode()


def lines():
    return [json.loads(line) for line in sys.stdin]


async def send(producer, topic, records):
    sent = [
        await producer.send(
            topic, key=encoded(record["key"]), value=encoded(record["value"]), timestamp_ms=record["timestamp"],
            headers=[(name, encoded(value)) for name, value in record["headers"]])
        for record in records]
    await asyncio.gather(*sent)


async def produce(brokers, topic, codec):
    kind = None if codec == "none" else codec
    async with AIOKafkaProducer(bootstrap_servers=brokers, enable_idempotence=True, compression_type=kind) as producer:
        await send(producer, topic, lines())


def shown(message):
    return {
        "key": decoded(message.key), "value": decoded(message.value),
        "headers": [[name, decoded(value)] for name, value in message.headers], "timestamp": message.timestamp}


def consumer_of(brokers, topic, group, **settings):
    return AIOKafkaConsumer(
        topic, bootstrap_servers=brokers, group_id=group, auto_offset_reset="earliest", enable_auto_commit=False, **settings)


async def consume(brokers, topic, group, count):
    """As a member of a group; commits what it took."""
    async with consumer_of(brokers, topic, group, isolation_level="read_committed") as consumer:
        for _ in range(int(count)):
            print(json.dumps(shown(await consumer.getone())))
        await consumer.commit()


async def share(brokers, topic, group, count):
    """Two members: prints how many partitions each had in the end, and how many records they took together."""
    members = [consumer_of(brokers, topic, group, heartbeat_interval_ms=500) for _ in range(2)]
    await asyncio.gather(*(member.start() for member in members))
    taken = set()
    while len(taken) < int(count) or any(len(member.assignment()) != 2 for member in members):
        for member in members:
            for place, messages in (await member.getmany(timeout_ms=100)).items():
                taken.update((place.partition, message.offset) for message in messages)
    print(json.dumps({"partitions": [len(member.assignment()) for member in members], "records": len(taken)}))
    for member in members:
        await member.stop()


async def transact(brokers, topic, identifier):
    """One transaction that commits, one that aborts, each with all records of the input."""
    records = lines()
    async with AIOKafkaProducer(bootstrap_servers=brokers, transactional_id=identifier) as producer:
        for commits in (True, False):
            await producer.begin_transaction()
            await send(producer, topic, records)
            await (producer.commit_transaction() if commits else producer.abort_transaction())


async def relay(brokers, source, target, group, identifier, count):
    """Consumes and produces in one transaction with the offsets; prints what is committed."""
    async with (
        consumer_of(brokers, source, group, isolation_level="read_committed") as consumer,
        AIOKafkaProducer(bootstrap_servers=brokers, transactional_id=identifier) as producer,
    ):
        async with producer.transaction():
            await send(producer, target, [shown(await consumer.getone()) for _ in range(int(count))])
            places = consumer.assignment()
            await producer.send_offsets_to_transaction({place: await consumer.position(place) for place in places}, group)
        committed = sum([await consumer.committed(place) or 0 for place in places])
        print(json.dumps({"committed": committed}))


async def administer(brokers, topic, group):
    client = AIOKafkaAdminClient(bootstrap_servers=brokers)
    await client.start()
    seen = {}
    await client.create_topics([NewTopic(topic, 2, 1, topic_configs={"max.message.bytes": "200000"})])
    await client.create_partitions({topic: NewPartitions(3)})
    await client.alter_configs([ConfigResource(ConfigResourceType.TOPIC, topic, configs={"retention.ms": "86400000"})])
    (answer,) = await client.describe_configs([ConfigResource(ConfigResourceType.TOPIC, topic)])
    configs = {name: value for name, value, *_ in answer.resources[0][4]}
    seen["configs"] = {"retention.ms": configs["retention.ms"]}
    (described,) = await client.describe_topics([topic])
    seen["partitions"] = len(described["partitions"])
    async with AIOKafkaProducer(bootstrap_servers=brokers) as producer:
        for number in range(10):
            await producer.send_and_wait(topic, b"value", partition=1)
    deleted = await client.delete_records({TopicPartition(topic, 1): RecordsToDelete(before_offset=4)})
    seen["lowWatermark"] = deleted[TopicPartition(topic, 1)]
    async with consumer_of(brokers, topic, group) as consumer:
        message = await consumer.getone()
        seen["firstLeft"] = message.offset
        await consumer.commit({TopicPartition(topic, 1): 7})
        (answer,) = await client.describe_consumer_groups([group])
        seen["group"], seen["members"] = answer.groups[0][2], len(answer.groups[0][5])
    offsets = await client.list_consumer_group_offsets(group)
    seen["committed"] = [[place.partition, found.offset] for place, found in offsets.items()]
    seen["listed"] = group in {found[0] for found in await client.list_consumer_groups()}
    seen["nodes"] = len((await client.describe_cluster())["brokers"]) > 0
    await client.delete_topics([topic])
    seen["topicDeleted"] = topic not in await client.list_topics()
    await client.close()
    print(json.dumps(seen))


VERBS = {verb.__name__: verb for verb in (produce, consume, share, transact, relay, administer)}

if __name__ == "__main__":
    brokers, verb, *arguments = sys.argv[1:]
    asyncio.run(asyncio.wait_for(VERBS[verb](brokers, *arguments), DEADLINE))
