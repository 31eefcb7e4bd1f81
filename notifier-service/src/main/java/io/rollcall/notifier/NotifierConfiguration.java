package io.rollcall.notifier;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;

import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.notifier.flow.InboxListeners;
import io.rollcall.notifier.flow.Inboxes;
import io.rollcall.notifier.flow.LastingStates;
import io.rollcall.notifier.flow.Mails;
import io.rollcall.notifier.flow.MailServers;
import io.rollcall.notifier.flow.Recipients;
import io.rollcall.notifier.flow.SendMails;
import io.rollcall.notifier.flow.TellPeople;
import io.rollcall.notifier.mail.SmtpServers;
import io.rollcall.notifier.mail.SmtpSettings;
import io.rollcall.notifier.mongo.MongoInboxes;
import io.rollcall.notifier.mongo.MongoLastingStates;
import io.rollcall.notifier.mongo.MongoMails;
import io.rollcall.notifier.mongo.MongoRecipients;
import io.rollcall.notifier.web.Streams;
import io.rollcall.support.Backoff;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Joins the adapters to the flow. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ NotifierSettings.class, ConfiguredRecipients.class, SmtpSettings.class })
@Import({ InboxListeners.class, SmtpServers.class, TellPeople.class })
class NotifierConfiguration {

	/** The longest pause while the server takes no mail at all. */
	private static final Duration NO_SERVER = Duration.ofMinutes(1);

	/** The longest pause of a single mail that it does not take. */
	private static final Duration REJECTED = Duration.ofHours(1);

	@Bean
	Recipients recipients(MongoDatabase database, ConfiguredRecipients configured) {
		return new MongoRecipients(database, configured.all());
	}

	@Bean
	MongoMails mails(MongoDatabase database, NotifierSettings settings, InstantSource clock) {
		return new MongoMails(database, settings.gather(), clock);
	}

	@Bean
	Inboxes inboxes(MongoDatabase database, MongoMails mails, NotifierSettings settings, InstantSource clock) {
		return new MongoInboxes(database, mails, settings.alertsKept(), clock);
	}

	@Bean
	LastingStates lastingStates(MongoDatabase database, InstantSource clock) {
		return new MongoLastingStates(database, NotifierSettings.EVENTS_KEPT.multipliedBy(2), clock);
	}

	@Bean
	Streams streams(Inboxes inboxes, InboxListeners listeners, NotifierSettings settings) {
		return new Streams(inboxes, listeners, settings.heartbeat());
	}

	@Bean
	SendMails sendMails(Mails mails, MailServers servers, Recipients recipients, Inboxes inboxes, TellPeople tellPeople,
			InstantSource clock) {
		return new SendMails(mails, servers, recipients, inboxes, tellPeople, pauses(NO_SERVER), pauses(REJECTED),
				clock);
	}

	private static IntFunction<Duration> pauses(Duration longest) {
		Backoff backoff = new Backoff(Duration.ofSeconds(1), longest);
		return (failures) -> backoff.after(failures, ThreadLocalRandom.current().nextDouble());
	}

}
