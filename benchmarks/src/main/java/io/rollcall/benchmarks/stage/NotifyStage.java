package io.rollcall.benchmarks.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.rollcall.benchmarks.pipe.Watch;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.EventFormat;
import io.rollcall.notifier.flow.Inboxes;
import io.rollcall.notifier.flow.Mails;
import io.rollcall.notifier.flow.Publications;
import io.rollcall.notifier.flow.Recipients;
import io.rollcall.notifier.flow.Telling;
import io.rollcall.notifier.rules.Channel;
import io.rollcall.notifier.rules.InboxId;
import io.rollcall.notifier.rules.Language;
import io.rollcall.notifier.rules.Recipient;
import io.rollcall.notifier.rules.Role;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import reactor.core.publisher.Mono;

/**
 * The notifier on the changes of a first sync. They are bulk, so nobody is told of them
 * one by one: inboxes and outbox are never called, and would fail.
 */
final class NotifyStage {

	private final Telling telling;

	NotifyStage(String organization) {
		OrganizationId id = new OrganizationId(organization);
		Recipient owner = new Recipient(new InboxId(id, "owner"), "Olga Owner", "owner@example.org", Role.OWNER,
				Language.EN, Set.of(Channel.values()), null);
		Recipients recipients = Only.answers(Recipients.class, "of", Mono.just(Map.of(id, List.of(owner))));
		this.telling = new Telling(recipients, Only.unused(Inboxes.class), Only.unused(Mails.class),
				Only.unused(Publications.class));
	}

	void tell(ConsumerRecords<byte[], byte[]> records) {
		List<Envelope<?>> envelopes = new ArrayList<>();
		for (ConsumerRecord<byte[], byte[]> record : records) {
			if (Watch.reading(record) instanceof EventFormat.Reading.Known(Envelope<?> envelope)) {
				envelopes.add(envelope);
			}
		}
		this.telling.tell(envelopes).block();
	}

}
