import java.time.Duration;
import java.util.*;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.*;
import org.apache.kafka.clients.consumer.*;
import org.apache.kafka.clients.producer.*;
import org.apache.kafka.common.*;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.*;

/**
 * The Java client against a broker, by hand: produce, group consume, transactions, admin. Ends with 0 and "all as expected", or
 * with an exception that says what wasn't.
 *
 * java -cp 'folder of kafka-clients and slf4j-api jars/*' Tests/ForeignClientTests/Java/JavaClient.java host:port
 */
public final class JavaClient {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private final String brokers;
    private final String run = "java-" + UUID.randomUUID();

    private JavaClient(String brokers) {
        this.brokers = brokers;
    }

    public static void main(String[] arguments) throws Exception {
        var client = new JavaClient(arguments[0]);
        try (var admin = Admin.create(Map.of("bootstrap.servers", client.brokers))) {
            client.records(admin);
            client.group(admin);
            client.transactions(admin);
            client.administration(admin);
        }
        System.out.println("all as expected, kafka-clients " + org.apache.kafka.common.utils.AppInfoParser.getVersion());
    }

    private static void expect(String what, Object expected, Object found) {
        if (!Objects.equals(expected, found)) throw new AssertionError(what + ": expected " + expected + ", found " + found);
        System.out.println(what + ": " + found);
    }

    private String topic(Admin admin, String name, int partitions) throws Exception {
        var topic = run + "." + name;
        admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all().get(60, TimeUnit.SECONDS);
        return topic;
    }

    private KafkaProducer<String, String> producer(Map<String, Object> more) {
        var settings = new HashMap<String, Object>(Map.of("bootstrap.servers", brokers, "enable.idempotence", true));
        settings.putAll(more);
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    private KafkaConsumer<String, String> consumer(String group, Map<String, Object> more) {
        var settings = new HashMap<String, Object>(Map.of(
            "bootstrap.servers", brokers, "group.id", group, "auto.offset.reset", "earliest", "enable.auto.commit", false,
            "isolation.level", "read_committed"));
        settings.putAll(more);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
    }

    private static List<ConsumerRecord<String, String>> take(KafkaConsumer<String, String> consumer, int count) {
        var taken = new ArrayList<ConsumerRecord<String, String>>();
        var givingUp = System.nanoTime() + DEADLINE.toNanos();
        while (taken.size() < count) {
            if (System.nanoTime() > givingUp) throw new AssertionError(count - taken.size() + " records did not come");
            consumer.poll(Duration.ofMillis(200)).forEach(taken::add);
        }
        return taken;
    }

    private void records(Admin admin) throws Exception {
        var topic = topic(admin, "records", 1);
        var codecs = List.of("none", "gzip", "snappy", "lz4", "zstd");
        for (var codec : codecs) {
            try (var producer = producer(Map.of("compression.type", codec))) {
                var record = new ProducerRecord<>(topic, codec, "value");
                record.headers().add("h", "1".getBytes()).add("h", null);
                producer.send(record).get(60, TimeUnit.SECONDS);
            }
        }
        try (var consumer = consumer(run + ".records", Map.of())) {
            consumer.subscribe(List.of(topic));
            var found = take(consumer, codecs.size());
            expect("keys", codecs, found.stream().map(ConsumerRecord::key).toList());
            expect("headers", Set.of(2), new HashSet<>(found.stream().map(record -> record.headers().toArray().length).toList()));
            consumer.commitSync();
        }
    }

    private void group(Admin admin) throws Exception {
        var topic = topic(admin, "group", 4);
        try (var producer = producer(Map.of())) {
            for (int number = 0; number < 1_000; number++) producer.send(new ProducerRecord<>(topic, "key " + number, "" + number));
        }
        for (var assignor : List.of("RangeAssignor", "CooperativeStickyAssignor")) {
            var settings = Map.<String, Object>of(
                "partition.assignment.strategy", "org.apache.kafka.clients.consumer." + assignor, "heartbeat.interval.ms", 500);
            try (var first = consumer(run + assignor, settings); var second = consumer(run + assignor, settings)) {
                first.subscribe(List.of(topic));
                second.subscribe(List.of(topic));
                var taken = new HashSet<String>();
                var givingUp = System.nanoTime() + DEADLINE.toNanos();
                while (taken.size() < 1_000 || first.assignment().size() != 2 || second.assignment().size() != 2) {
                    if (System.nanoTime() > givingUp) throw new AssertionError(taken.size() + " records, " + first.assignment());
                    for (var member : List.of(first, second)) {
                        member.poll(Duration.ofMillis(100)).forEach(record -> taken.add(record.value()));
                    }
                }
                expect(assignor, List.of(2, 2, 1_000), List.of(first.assignment().size(), second.assignment().size(), taken.size()));
            }
        }
    }

    private void transactions(Admin admin) throws Exception {
        var source = topic(admin, "source", 1);
        var target = topic(admin, "target", 1);
        try (var producer = producer(Map.of())) {
            for (int number = 0; number < 10; number++) producer.send(new ProducerRecord<>(source, "" + number, "v"));
        }
        Map<String, Object> id = Map.of("transactional.id", run);
        try (var consumer = consumer(run + ".relay", Map.of()); var producer = producer(id)) {
            producer.initTransactions();
            consumer.subscribe(List.of(source));
            var records = take(consumer, 10);
            for (var commits : List.of(false, true)) {
                producer.beginTransaction();
                for (var record : records) producer.send(new ProducerRecord<>(target, record.key(), commits ? "committed" : "aborted"));
                producer.sendOffsetsToTransaction(
                    Map.of(new TopicPartition(source, 0), new OffsetAndMetadata(10)), consumer.groupMetadata());
                producer.flush();
                if (commits) producer.commitTransaction();
                else producer.abortTransaction();
                var place = new TopicPartition(source, 0);
                var committed = consumer.committed(Set.of(place), DEADLINE).get(place);
                expect(
                    "offset after " + (commits ? "commit" : "abort"), commits ? 10L : null,
                    committed == null ? null : committed.offset());
            }
            try (var heir = producer(id)) {
                heir.initTransactions();
                producer.beginTransaction();
                try {
                    producer.send(new ProducerRecord<>(target, "zombie")).get(60, TimeUnit.SECONDS);
                    producer.commitTransaction();
                    throw new AssertionError("a fenced producer committed");
                } catch (java.util.concurrent.ExecutionException | KafkaException error) {
                    System.out.println("fenced: " + error.getMessage());
                }
            }
        }
        try (var consumer = consumer(run + ".target", Map.of())) {
            consumer.subscribe(List.of(target));
            expect("read committed", Set.of("committed"), new HashSet<>(take(consumer, 10).stream().map(ConsumerRecord::value).toList()));
        }
    }

    private void administration(Admin admin) throws Exception {
        var topic = topic(admin, "admin", 1);
        admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(3))).all().get();
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        admin.incrementalAlterConfigs(Map.of(resource, List.of(
            new AlterConfigOp(new ConfigEntry("retention.ms", "86400000"), AlterConfigOp.OpType.SET)))).all().get();
        expect("retention.ms", "86400000", admin.describeConfigs(List.of(resource)).all().get().get(resource).get("retention.ms").value());
        expect("partitions", 3, admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().size());
        try (var producer = producer(Map.of())) {
            for (int number = 0; number < 10; number++) producer.send(new ProducerRecord<>(topic, 0, "key", "" + number));
        }
        var place = new TopicPartition(topic, 0);
        expect("end", 10L, admin.listOffsets(Map.of(place, OffsetSpec.latest())).all().get().get(place).offset());
        admin.deleteRecords(Map.of(place, RecordsToDelete.beforeOffset(4))).all().get();
        expect("start", 4L, admin.listOffsets(Map.of(place, OffsetSpec.earliest())).all().get().get(place).offset());
        var group = run + ".admin";
        try (var consumer = consumer(group, Map.of())) {
            consumer.subscribe(List.of(topic));
            take(consumer, 6);
            consumer.commitSync();
            var description = admin.describeConsumerGroups(List.of(group)).all().get().get(group);
            expect("group", List.of("Stable", 1), List.of(description.groupState().toString(), description.members().size()));
        }
        admin.alterConsumerGroupOffsets(group, Map.of(place, new OffsetAndMetadata(7))).all().get();
        expect("committed", 7L, admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().get(place).offset());
        expect("listed", true, admin.listGroups().all().get().stream().anyMatch(found -> found.groupId().equals(group)));
        admin.deleteConsumerGroupOffsets(group, Set.of(place)).all().get();
        admin.deleteConsumerGroups(List.of(group)).all().get();
        expect("nodes", 1, admin.describeCluster().nodes().get().size());
        admin.deleteTopics(List.of(topic)).all().get();
        expect("topic deleted", false, admin.listTopics().names().get().contains(topic));
    }
}
