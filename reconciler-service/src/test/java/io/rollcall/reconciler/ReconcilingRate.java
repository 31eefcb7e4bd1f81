package io.rollcall.reconciler;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

import com.sun.management.OperatingSystemMXBean;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.model.Sequence;
import io.rollcall.model.Stamp;
import io.rollcall.model.directory.Attributes;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.Observation;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.Topics;
import io.rollcall.reconciler.flow.CrashPoints;
import io.rollcall.support.kafka.EventPublisher;
import io.rollcall.test.PrivateKafka;
import io.rollcall.test.PrivateMongo;
import org.bson.Document;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import reactor.core.publisher.Mono;

/**
 * How fast observations become accounts and changes: a first sync that waits in the topic
 * is consumed. {@code users [memberships per user] [rounds]}.
 */
public final class ReconcilingRate {

	private static final OrganizationId ORGANIZATION = new OrganizationId("rate");

	private static final ConnectionId CONNECTION = new ConnectionId("rate");

	private static final RunId RUN = new RunId("rate");

	private final List<CompletableFuture<?>> sent = new ArrayList<>();

	private int sequence;

	public static void main(String[] arguments) throws Exception {
		int users = (arguments.length > 0) ? Integer.parseInt(arguments[0]) : 20_000;
		int memberships = (arguments.length > 1) ? Integer.parseInt(arguments[1]) : 2;
		try (PrivateKafka kafka = PrivateKafka.start(); PrivateMongo mongo = PrivateMongo.start()) {
			new ReconcilingRate().measure(kafka, mongo, "warm", users / 4, memberships);
			new ReconcilingRate().measure(kafka, mongo, "rate", users, memberships);
		}
	}

	private void measure(PrivateKafka kafka, PrivateMongo mongo, String database, int users, int memberships)
			throws Exception {
		Random random = new Random(7);
		int groups = Math.max(10, users / 100);
		try (RunningReconciler service = RunningReconciler.start(kafka.bootstrapServers(), mongo.uri(), database,
				CrashPoints.NONE)) {
			phase(kafka, service, "groups", groups, () -> {
				for (int i = 0; i < groups; i++) {
					publish(service, observed("g" + i, ObjectKind.GROUP, Map.of("displayName", "Group " + i)));
				}
			});
			phase(kafka, service, "memberships", (long) users * memberships, () -> {
				for (int group = 0; group < groups; group++) {
					int most = users * memberships / groups;
					for (int i = 0; i < most; i++) {
						publish(service, new Observation.MembershipObserved(ORGANIZATION, CONNECTION,
								new ObjectId("u" + (group * 100 + i + random.nextInt(3) * 31) % users), ObjectKind.USER,
								RUN, stamp(), new ObjectId("g" + group), ObjectKind.GROUP, true));
					}
				}
			});
			phase(kafka, service, "users", users, () -> {
				for (int i = 0; i < users; i++) {
					Map<String, Object> attributes = new LinkedHashMap<>();
					attributes.put("displayName", "Given" + i + " Surname" + i);
					attributes.put("givenName", "Given" + i);
					attributes.put("surname", "Surname" + i);
					attributes.put("mail", "u" + i + "@" + database + ".example.org");
					attributes.put("userPrincipalName", "u" + i + "@" + database + ".onmicrosoft.com");
					attributes.put("accountEnabled", true);
					attributes.put("userType", "Member");
					attributes.put("jobTitle", "Engineer");
					attributes.put("department", "Department " + i % 40);
					publish(service, observed("u" + i, ObjectKind.USER, attributes));
				}
			});
			long accounts = Mono
				.from(service.bean(com.mongodb.reactivestreams.client.MongoDatabase.class)
					.getCollection("accounts", Document.class)
					.countDocuments())
				.block();
			System.out.println(accounts + " accounts");
		}
	}

	/** Publishes while the consumer is paused, then measures until the lag is gone. */
	private void phase(PrivateKafka kafka, RunningReconciler service, String what, long count, Runnable publishing)
			throws Exception {
		var binding = service.bean(org.springframework.cloud.stream.binding.BindingsLifecycleController.class);
		binding.stop("observations-in-0");
		publishing.run();
		CompletableFuture.allOf(this.sent.toArray(CompletableFuture[]::new)).join();
		this.sent.clear();
		OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
		long cpu = machine.getProcessCpuTime();
		Instant start = Instant.now();
		binding.start("observations-in-0");
		Instant first = null;
		long total = lag(kafka);
		while (true) {
			long lag = lag(kafka);
			if (first == null && lag < total) {
				first = Instant.now();
			}
			if (lag == 0) {
				break;
			}
			Thread.sleep(20);
		}
		Duration took = Duration.between(start, Instant.now());
		double seconds = took.toMillis() / 1000.0;
		System.out.printf(Locale.ROOT,
				"%-12s %8d in %6.2f s (first commit after %s ms): %8.0f/s, CPU of this JVM %.0f µs each%n", what, count,
				seconds, Duration.between(start, (first != null) ? first : start).toMillis(), count / seconds,
				(machine.getProcessCpuTime() - cpu) / 1000.0 / count);
	}

	private static long lag(PrivateKafka kafka) throws Exception {
		try (Admin admin = Admin
			.create(Map.<String, Object>of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()))) {
			var committed = admin.listConsumerGroupOffsets("rollcall-reconciler").partitionsToOffsetAndMetadata().get();
			Map<TopicPartition, OffsetSpec> ask = new LinkedHashMap<>();
			for (int i = 0; i < Topics.PARTITIONS; i++) {
				ask.put(new TopicPartition(Topics.OBSERVATIONS, i), OffsetSpec.latest());
			}
			Map<TopicPartition, ListOffsetsResultInfo> ends = admin.listOffsets(ask).all().get();
			return ends.entrySet()
				.stream()
				.mapToLong((end) -> end.getValue().offset()
						- ((committed.get(end.getKey()) != null) ? committed.get(end.getKey()).offset() : 0))
				.sum();
		}
	}

	private void publish(RunningReconciler service, Observation observation) {
		Stamp stamp = ((Observation.Reading) observation).stamp();
		this.sent.add(service.bean(EventPublisher.class)
			.publish(Topics.OBSERVATIONS, new Envelope<>(CONNECTION + ":" + stamp, "/rollcall/connector", Instant.now(),
					true, null, observation)));
		if (this.sent.size() >= 20_000) {
			CompletableFuture.allOf(this.sent.toArray(CompletableFuture[]::new)).join();
			this.sent.clear();
		}
	}

	private Observation observed(String object, ObjectKind kind, Map<String, Object> attributes) {
		return new Observation.ObjectObserved(ORGANIZATION, CONNECTION, new ObjectId(object), kind, RUN, stamp(), 1,
				new Attributes(attributes));
	}

	private Stamp stamp() {
		return new Stamp(new Sequence(++this.sequence), 0);
	}

}
