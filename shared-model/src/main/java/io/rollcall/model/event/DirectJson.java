package io.rollcall.model.event;

import java.util.function.Function;

import io.rollcall.model.AccountId;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.model.TeamId;
import io.rollcall.model.directory.Attributes;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.module.SimpleModule;

/**
 * Ids and attributes to JSON and back without reflection. They say the same as the
 * annotations on their records; they are here because they make up most of each event on
 * the busiest topic.
 */
final class DirectJson extends SimpleModule {

	DirectJson() {
		addSerializer(Attributes.class, new AttributesSerializer());
		id(AccountId.class, AccountId::new, AccountId::value);
		id(ConnectionId.class, ConnectionId::new, ConnectionId::value);
		id(ObjectId.class, ObjectId::new, ObjectId::value);
		id(OrganizationId.class, OrganizationId::new, OrganizationId::value);
		id(RunId.class, RunId::new, RunId::value);
		id(TeamId.class, TeamId::new, TeamId::value);
	}

	private <T> void id(Class<T> type, Function<String, T> of, Function<T, String> value) {
		addSerializer(type, new IdSerializer<>(value));
		addDeserializer(type, new IdDeserializer<>(type, of));
	}

	private static final class IdSerializer<T> extends ValueSerializer<T> {

		private final Function<T, String> value;

		IdSerializer(Function<T, String> value) {
			this.value = value;
		}

		@Override
		public void serialize(T id, JsonGenerator json, SerializationContext context) {
			json.writeString(this.value.apply(id));
		}

	}

	private static final class IdDeserializer<T> extends ValueDeserializer<T> {

		private final Class<T> type;

		private final Function<String, T> of;

		IdDeserializer(Class<T> type, Function<String, T> of) {
			this.type = type;
			this.of = of;
		}

		@Override
		@SuppressWarnings("unchecked")
		public @Nullable T deserialize(JsonParser json, DeserializationContext context) {
			if (json.currentToken() != JsonToken.VALUE_STRING) {
				return (T) context.handleUnexpectedToken(this.type, json);
			}
			String text = json.getString();
			try {
				return this.of.apply(text);
			}
			catch (IllegalArgumentException ex) {
				return (T) context.handleInstantiationProblem(this.type, text, ex);
			}
		}

	}

}
