package io.rollcall.connector.flow.connection;

import io.rollcall.connector.flow.Schedule;
import io.rollcall.connector.flow.Secret;
import org.jspecify.annotations.Nullable;

/**
 * What a person says about a connection.
 *
 * @param clientSecret null leaves a stored one as it is
 * @param schedule null for manual runs only
 */
public record ConnectionSettings(String organization, String name, String tenant, String clientId,
		@Nullable Secret clientSecret, @Nullable Schedule schedule) {
}
