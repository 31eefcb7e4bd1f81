package io.rollcall.support.mongo;

import java.util.Optional;
import java.util.concurrent.TimeUnit;

import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.connection.TransportSettings;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.support.DeadLetterNotices;
import io.rollcall.support.DeadLetterRedrive;
import io.rollcall.support.DeadLetters;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
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

	/**
	 * Acknowledged by a majority and read from the primary: what was written is what is
	 * read. On the JDK's own sockets: Boot takes Netty's where Netty is there, and
	 * through its buffers the driver writes documents byte by byte.
	 */
	@Bean
	MongoClientSettingsBuilderCustomizer durableWrites(MongoSettings settings) {
		return (client) -> client.writeConcern(WriteConcern.MAJORITY)
			.readConcern(ReadConcern.MAJORITY)
			.readPreference(ReadPreference.primary())
			.retryWrites(true)
			.transportSettings(TransportSettings.asyncBuilder().build())
			.applyToClusterSettings((cluster) -> cluster.serverSelectionTimeout(settings.answerWithin().toMillis(),
					TimeUnit.MILLISECONDS))
			.applyToSocketSettings((socket) -> socket.connectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
				.readTimeout(READ_SECONDS, TimeUnit.SECONDS));
	}

	@Bean
	MongoDatabase serviceDatabase(MongoClient client, MongoSettings settings) {
		return client.getDatabase(settings.database());
	}

	@Bean
	DeadLetters deadLetters(MongoDatabase serviceDatabase, ObjectProvider<DeadLetterRedrive> redrives,
			Optional<DeadLetterNotices> notices) {
		return new MongoDeadLetters(serviceDatabase, redrives, notices);
	}

}
