package io.rollcall.model.event;

import java.net.URI;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.message.Encoding;
import io.cloudevents.core.message.MessageReader;
import io.cloudevents.kafka.CloudEventDeserializer;
import io.cloudevents.kafka.CloudEventSerializer;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.rollcall.model.event.EventFormat.Reading;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The CloudEvents project's own SDK reads what we write and writes what we read. */
class CloudEventsConformanceTests {

	private static final String TOPIC = Topics.OBSERVATIONS;

	static Stream<Envelope<?>> examples() {
		return Examples.all().stream();
	}

	@ParameterizedTest
	@MethodSource("examples")
	void readsOurRecordAsTheSameCloudEvent(Envelope<?> envelope) {
		Headers headers = new RecordHeaders();
		EventFormat.headers(envelope).forEach(headers::add);
		byte[] value = EventFormat.value(envelope.event());
		MessageReader reader = KafkaMessageFactory.createReader(headers, value);
		assertThat(reader.getEncoding()).isEqualTo(Encoding.BINARY);
		assertThat(reader.toEvent()).isEqualTo(cloudEvent(envelope));
		try (CloudEventDeserializer deserializer = new CloudEventDeserializer()) {
			assertThat(deserializer.deserialize(TOPIC, headers, value)).isEqualTo(cloudEvent(envelope));
		}
	}

	@ParameterizedTest
	@MethodSource("examples")
	void writesARecordThatWeReadAsTheSameEvent(Envelope<?> envelope) {
		Headers headers = new RecordHeaders();
		try (CloudEventSerializer serializer = new CloudEventSerializer()) {
			serializer.configure(Map.of(CloudEventSerializer.ENCODING_CONFIG, Encoding.BINARY), false);
			byte[] value = serializer.serialize(TOPIC, headers, cloudEvent(envelope));
			Map<String, byte[]> byName = new HashMap<>();
			for (Header header : headers) {
				byName.put(header.key(), header.value());
			}
			assertThat(EventFormat.read(Event.class, byName::get, value)).isEqualTo(new Reading.Known<>(envelope));
			assertThat(byName.keySet()).isEqualTo(EventFormat.headers(envelope).keySet());
		}
	}

	/** Built with the SDK alone, from what the specification says of each attribute. */
	private static CloudEvent cloudEvent(Envelope<?> envelope) {
		CloudEventBuilder event = CloudEventBuilder.v1()
			.withId(envelope.id())
			.withSource(URI.create(envelope.source()))
			.withType(EventTypes.nameOf(envelope.event().getClass()))
			.withTime(OffsetDateTime.ofInstant(envelope.time(), ZoneOffset.UTC))
			.withExtension("partitionkey", envelope.event().key())
			.withData("application/json", EventFormat.value(envelope.event()));
		return ((envelope.run() != null) ? event.withExtension("run", envelope.run().value()) : event).build();
	}

}
