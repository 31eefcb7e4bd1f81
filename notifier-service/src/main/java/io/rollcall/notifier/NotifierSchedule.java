package io.rollcall.notifier;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.rollcall.notifier.flow.SendMails;
import io.rollcall.notifier.flow.TellPeople;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Looks for what is due, again and again: mails, and reminders of what lasts. */
@Component
@EnableScheduling
class NotifierSchedule {

	private static final Logger log = LoggerFactory.getLogger(NotifierSchedule.class);

	private final SendMails sendMails;

	private final TellPeople tellPeople;

	private final Set<String> failing = ConcurrentHashMap.newKeySet();

	NotifierSchedule(SendMails sendMails, TellPeople tellPeople) {
		this.sendMails = sendMails;
		this.tellPeople = tellPeople;
	}

	@Scheduled(fixedDelay = 500)
	void send() {
		tried("The mails that are due cannot be read", this.sendMails::sendDue);
	}

	@Scheduled(fixedDelay = 60_000)
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

}
