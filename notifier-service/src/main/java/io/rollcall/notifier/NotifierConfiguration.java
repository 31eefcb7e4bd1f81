package io.rollcall.notifier;

import java.time.InstantSource;

import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.notifier.flow.Arrivals;
import io.rollcall.notifier.flow.Following;
import io.rollcall.notifier.flow.Inboxes;
import io.rollcall.notifier.flow.MailServers;
import io.rollcall.notifier.flow.Mails;
import io.rollcall.notifier.flow.Posting;
import io.rollcall.notifier.flow.Publications;
import io.rollcall.notifier.flow.Recipients;
import io.rollcall.notifier.flow.Telling;
import io.rollcall.notifier.mail.SmtpServers;
import io.rollcall.notifier.mail.SmtpSettings;
import io.rollcall.notifier.mongo.MongoInboxes;
import io.rollcall.notifier.mongo.MongoMails;
import io.rollcall.notifier.mongo.MongoRecipients;
import io.rollcall.notifier.web.WebSettings;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;

/** Joins the adapters to the flow. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ NotifierSettings.class, ConfiguredRecipients.class, SmtpSettings.class,
		WebSettings.class })
class NotifierConfiguration {

	private final InstantSource clock = InstantSource.system();

	@Bean
	Recipients recipients(MongoDatabase database, ConfiguredRecipients configured) {
		return new MongoRecipients(database, configured.all());
	}

	@Bean
	Inboxes inboxes(MongoDatabase database, NotifierSettings settings) {
		return new MongoInboxes(database, settings.alertsKept(), this.clock);
	}

	@Bean
	Mails mails(MongoDatabase database, NotifierSettings settings) {
		return new MongoMails(database, settings.mailsKept(), this.clock);
	}

	@Bean
	MailServers mailServers(SmtpSettings settings) {
		return new SmtpServers(settings);
	}

	@Bean
	Telling telling(Recipients recipients, Inboxes inboxes, Mails mails, Publications publications) {
		return new Telling(recipients, inboxes, mails, publications);
	}

	@Bean
	Posting posting(Mails mails, MailServers servers, Recipients recipients, Telling telling,
			NotifierSettings settings) {
		return new Posting(mails, servers, recipients, telling, settings.posting().settings(), this.clock);
	}

	@Bean
	Arrivals arrivals() {
		return new Arrivals();
	}

	@Bean
	Following following(Inboxes inboxes, Arrivals arrivals, WebSettings settings) {
		return new Following(inboxes, arrivals, settings.poll());
	}

	/** Open streams would hold up a graceful stop for as long as it waits. */
	@Bean
	StreamEnd streamEnd(Following following) {
		return new StreamEnd(following);
	}

	record StreamEnd(Following following) {

		@EventListener
		void onClosed(ContextClosedEvent event) {
			this.following.end();
		}

	}

}
