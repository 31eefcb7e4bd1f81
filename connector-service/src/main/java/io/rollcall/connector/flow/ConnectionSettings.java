package io.rollcall.connector.flow;

import io.rollcall.connector.rules.NightlySchedule;
import org.jspecify.annotations.Nullable;

/**
 * What a person says about a connection.
 *
 * @param clientSecret null leaves a stored one as it is
 * @param schedule null for manual runs only
 */
public record ConnectionSettings(String organization, String name, String tenant, String clientId,
		@Nullable Secret clientSecret, @Nullable NightlySchedule schedule) {
}
