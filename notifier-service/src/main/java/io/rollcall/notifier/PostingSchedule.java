package io.rollcall.notifier;

import io.rollcall.notifier.flow.Posting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** Looks for mails to send, again and again. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class PostingSchedule {

	private static final String SCHEDULER = "postingScheduler";

	private static final Logger log = LoggerFactory.getLogger(PostingSchedule.class);

	private final Posting posting;

	PostingSchedule(Posting posting) {
		this.posting = posting;
	}

	@Scheduled(fixedDelayString = "${rollcall.notifier.posting.interval:500ms}", scheduler = SCHEDULER)
	Mono<Void> send() {
		return this.posting.sendDue().onErrorResume((failure) -> {
			log.warn("The outbox cannot be read, trying again: {}", failure.toString());
			return Mono.empty();
		});
	}

	/** Its own, because a slow mail server would hold up whoever shares it. */
	@Configuration(proxyBeanMethods = false)
	static class Threads {

		@Bean(name = SCHEDULER, defaultCandidate = false)
		TaskScheduler postingScheduler() {
			ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
			scheduler.setThreadNamePrefix("posting-");
			scheduler.setDaemon(true);
			return scheduler;
		}

	}

}
