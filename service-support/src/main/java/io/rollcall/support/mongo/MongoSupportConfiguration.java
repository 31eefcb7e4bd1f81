package io.rollcall.support.mongo;

import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.connection.TransportSettings;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.support.DeadLetters;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Joins the MongoDB parts; import it through {@link io.rollcall.support.ServiceSupport}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MongoSettings.class)
public class MongoSupportConfiguration {

	private static final int CONNECT_SECONDS = 5;

	private static final int READ_SECONDS = 30;

	private static final int MINUTES_BETWEEN = 60;

	/**
	 * Acknowledged by a majority and read from the primary: what was written is what is
	 * read. On the JDK's own sockets: Boot takes Netty's where Netty is there, through
	 * whose buffers the driver writes documents byte by byte, and waits two seconds for
	 * them at every stop; so it is whole settings and no customizer of Boot's.
	 */
	@Bean
	MongoClientSettings durableWrites(MongoSettings settings) {
		return MongoClientSettings.builder()
			.applyConnectionString(new ConnectionString(settings.uri()))
			.writeConcern(WriteConcern.MAJORITY)
			.readConcern(ReadConcern.MAJORITY)
			.readPreference(ReadPreference.primary())
			.retryWrites(settings.retryWrites())
			.transportSettings(TransportSettings.asyncBuilder().build())
			.applyToClusterSettings((cluster) -> cluster.serverSelectionTimeout(settings.answerWithin().toMillis(),
					TimeUnit.MILLISECONDS))
			.applyToSocketSettings((socket) -> socket.connectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
				.readTimeout(READ_SECONDS, TimeUnit.SECONDS))
			.build();
	}

	@Bean
	MongoDatabase serviceDatabase(MongoClient client, MongoSettings settings, ConfigurableApplicationContext service) {
		return new Edition(client.getDatabase(settings.database())).database(service);
	}

	@Bean
	MongoDeadLetters deadLetters(MongoDatabase serviceDatabase, ObjectProvider<DeadLetters.Redrive> redrives,
			ObjectProvider<DeadLetters.Notices> notices, @Value("${spring.application.name}") String service,
			InstantSource clock) {
		return new MongoDeadLetters(serviceDatabase, redrives, notices, service, clock);
	}

	@Bean
	MongoIdempotentAnswers idempotentAnswers(MongoDatabase serviceDatabase, InstantSource clock) {
		return new MongoIdempotentAnswers(serviceDatabase, clock);
	}

	/** Letters expire by themselves, and then nobody else would tell. */
	@Bean(destroyMethod = "shutdownNow")
	ScheduledExecutorService deadLetterSettling(MongoDeadLetters deadLetters) {
		ScheduledExecutorService settling = Executors
			.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("dead-letters").factory());
		settling.scheduleWithFixedDelay(deadLetters::settleOrLog, 1, MINUTES_BETWEEN, TimeUnit.MINUTES);
		return settling;
	}

	/** Degraded while any wait: people look, the service goes on. */
	@Bean
	AbstractHealthIndicator deadLettersHealthIndicator(MongoDeadLetters deadLetters) {
		return new AbstractHealthIndicator("the dead letters cannot be counted") {

			@Override
			protected void doHealthCheck(Health.Builder builder) {
				long waiting = deadLetters.count();
				builder.status((waiting > 0) ? "DEGRADED" : "UP").withDetail("waiting", waiting);
			}

		};
	}

}
