package io.rollcall.support;

import java.util.List;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.slf4j.LoggerFactory;

/** What is logged while a test runs: logs of tests go to a file. */
public final class Logged implements AutoCloseable {

	private final Logger logger = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

	private final ListAppender<ILoggingEvent> events = new ListAppender<>();

	public Logged() {
		this.events.start();
		this.logger.addAppender(this.events);
	}

	/** A line each: level, logger and message, without the stack. */
	public List<String> lines() {
		return List.copyOf(this.events.list)
			.stream()
			.map((event) -> event.getLevel() + " " + event.getLoggerName() + " " + event.getFormattedMessage())
			.toList();
	}

	@Override
	public void close() {
		this.logger.detachAppender(this.events);
	}

}
