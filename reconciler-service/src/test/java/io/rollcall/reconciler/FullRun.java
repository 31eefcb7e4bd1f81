package io.rollcall.reconciler;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.model.Sequence;
import io.rollcall.model.Stamp;
import io.rollcall.model.directory.Attributes;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.Observation;
import io.rollcall.model.run.ReadCounts;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import org.apache.kafka.clients.producer.RecordMetadata;

/** What a connector publishes for a FULL run: groups, memberships, users, markers. */
public final class FullRun {

	private final OrganizationId organization;

	private final ConnectionId connection;

	private final RunId run;

	private final long epoch;

	private final Stamp startedAt;

	private final List<Observation> observations = new ArrayList<>();

	private int counter;

	public FullRun(String tenant, int number) {
		this.organization = new OrganizationId("org-" + tenant);
		this.connection = new ConnectionId("con-" + tenant);
		this.run = new RunId("run-" + tenant + "-" + number);
		this.epoch = 100L + number;
		this.startedAt = stamp();
	}

	public FullRun group(String object, String name) {
		return observed(object, ObjectKind.GROUP, Map.of("displayName", name));
	}

	public FullRun user(String object, String name) {
		Map<String, Object> attributes = new LinkedHashMap<>();
		attributes.put("displayName", name);
		attributes.put("mail", object + "@example.org");
		return observed(object, ObjectKind.USER, attributes);
	}

	public FullRun member(String object, String group) {
		this.observations.add(new Observation.MembershipObserved(this.organization, this.connection,
				new ObjectId(object), ObjectKind.USER, this.run, stamp(), new ObjectId(group), ObjectKind.GROUP, true));
		return this;
	}

	private FullRun observed(String object, ObjectKind kind, Map<String, Object> attributes) {
		this.observations.add(new Observation.ObjectObserved(this.organization, this.connection, new ObjectId(object),
				kind, this.run, stamp(), 1, new Attributes(attributes)));
		return this;
	}

	private Stamp stamp() {
		return new Stamp(Sequence.of(this.epoch, ++this.counter), 0);
	}

	/** Publishes all that was read and then the end markers. */
	public RunId publish(RunningReconciler reconciler) {
		List<CompletableFuture<RecordMetadata>> sent = new ArrayList<>();
		for (Observation observation : this.observations) {
			Stamp stamp = ((Observation.Reading) observation).stamp();
			sent.add(reconciler.publish(this.connection + ":" + stamp, observation));
		}
		TreeSet<Integer> touched = new TreeSet<>();
		sent.forEach((record) -> touched.add(record.join().partition()));
		for (int partition : touched) {
			reconciler
				.publish(partition, this.run + ":READ:" + partition,
						new Observation.RunMarker(this.organization, this.connection, this.run, RunMode.FULL,
								RunTrigger.MANUAL, Observation.RunMarker.Phase.READ, partition, List.copyOf(touched),
								this.startedAt, ReadCounts.NONE))
				.join();
		}
		return this.run;
	}

	public OrganizationId organization() {
		return this.organization;
	}

	public ConnectionId connection() {
		return this.connection;
	}

}
