package io.rollcall.support.mongo;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A database is of another edition of Rollcall, and stops the start. */
public final class OtherEditionException extends RuntimeException {

	private final String database;

	OtherEditionException(String database, int edition) {
		super("Database %s is of edition %d of Rollcall, and this is edition %d, which reads nothing of another one"
			.formatted(database, edition, Edition.CURRENT));
		this.database = database;
	}

	/** What a person does about it. */
	String action() {
		return ("Stop all services, drop the databases of all of them (this one is %s) and delete the topics rollcall.*"
				+ " (embedded: delete the data folder), then start them: everything is read again from Microsoft Graph")
			.formatted(this.database);
	}

	/** Tells it at the start without a stack. */
	static final class Analyzer extends AbstractFailureAnalyzer<OtherEditionException> {

		@Override
		protected FailureAnalysis analyze(Throwable rootFailure, OtherEditionException cause) {
			return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
		}

	}

}
