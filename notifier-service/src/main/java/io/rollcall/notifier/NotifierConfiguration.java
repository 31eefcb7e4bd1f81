package io.rollcall.notifier;

import java.time.InstantSource;

import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.notifier.flow.AlertEvents;
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
import io.rollcall.notifier.web.WebSettings;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

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
	MongoMails mails(MongoDatabase database, NotifierSettings settings) {
		return new MongoMails(database, settings.mail().gather(), this.clock);
	}

	@Bean
	Inboxes inboxes(MongoDatabase database, MongoMails mails, NotifierSettings settings) {
		return new MongoInboxes(database, mails, settings.alertsKept(), this.clock);
	}

	@Bean
	LastingStates lastingStates(MongoDatabase database) {
		return new MongoLastingStates(database, NotifierSettings.EVENTS_KEPT.multipliedBy(2), this.clock);
	}

	@Bean
	MailServers mailServers(SmtpSettings settings) {
		return new SmtpServers(settings);
	}

	@Bean
	InboxListeners inboxListeners() {
		return new InboxListeners();
	}

	@Bean
	TellPeople tellPeople(Recipients recipients, Inboxes inboxes, Mails mails, AlertEvents events,
			LastingStates states) {
		return new TellPeople(recipients, inboxes, mails, events, states, this.clock);
	}

	@Bean
	SendMails sendMails(Mails mails, MailServers servers, Recipients recipients, Inboxes inboxes, TellPeople tellPeople,
			NotifierSettings settings) {
		return new SendMails(mails, servers, recipients, inboxes, tellPeople, settings.mail().settings(), this.clock);
	}

}
