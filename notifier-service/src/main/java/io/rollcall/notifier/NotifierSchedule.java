package io.rollcall.notifier;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.rollcall.notifier.flow.SendMails;
import io.rollcall.notifier.flow.TellPeople;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** Looks for what is due, again and again: mails, and reminders of what lasts. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class NotifierSchedule {

	private static final String SCHEDULER = "notifierScheduler";

	private static final Logger log = LoggerFactory.getLogger(NotifierSchedule.class);

	private final SendMails sendMails;

	private final TellPeople tellPeople;

	private final Set<String> failing = ConcurrentHashMap.newKeySet();

	NotifierSchedule(SendMails sendMails, TellPeople tellPeople) {
		this.sendMails = sendMails;
		this.tellPeople = tellPeople;
	}

	@Scheduled(fixedDelayString = "${rollcall.notifier.mail.interval:500ms}", scheduler = SCHEDULER)
	void send() {
		tried("The mails that are due cannot be read", this.sendMails::sendDue);
	}

	@Scheduled(fixedDelayString = "${rollcall.notifier.reminders.interval:1m}", scheduler = SCHEDULER)
	void remind() {
		tried("The states that last cannot be read", this.tellPeople::remind);
	}

	/** Said once until it works again: the next look is half a second away. */
	private void tried(String failed, Runnable work) {
		try {
			work.run();
			this.failing.remove(failed);
		}
		catch (RuntimeException ex) {
			if (this.failing.add(failed)) {
				log.warn("{}, trying again: {}", failed, ex.toString());
			}
		}
	}

	/** Its own, because a slow mail server would hold up whoever shares it. */
	@Configuration(proxyBeanMethods = false)
	static class Threads {

		@Bean(name = SCHEDULER, defaultCandidate = false)
		ThreadPoolTaskScheduler notifierScheduler() {
			ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
			scheduler.setPoolSize(2);
			scheduler.setThreadNamePrefix("notifier-");
			scheduler.setDaemon(true);
			return scheduler;
		}

	}

}
