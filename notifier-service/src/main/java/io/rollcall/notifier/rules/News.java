package io.rollcall.notifier.rules;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.alert.AlertRaised.Severity;
import io.rollcall.model.run.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What an event means for people, before anyone's language.
 *
 * @param type what machines call it
 * @param text the key of its title and body in the message bundles
 * @param audience the roles that it concerns
 * @param delivery which ways it takes
 * @param connection whose failure it tells of, if it is one
 * @param problem the failure
 * @param action the key of what to do, where no problem says it
 * @param figures counts by the key of their label
 */
record News(String type, String text, Severity severity, Set<Role> audience, Set<Delivery> delivery,
		@Nullable String subject, List<Part> parts, @Nullable ConnectionId connection, @Nullable Problem problem,
		@Nullable String action, Map<String, Long> figures, Instant at) {

	static final Set<Role> EVERYONE = Set.of(Role.values());

	static final Set<Role> IN_CHARGE = Set.of(Role.OWNER, Role.ADMIN);

	/** The ways news can take. */
	enum Delivery {

		/** An alert in the inbox. */
		INBOX,
		/** An e-mail at once. */
		FAILURE_MAIL,
		/** The e-mail of a run. */
		DIGEST_MAIL

	}

	static News of(String type, Severity severity, Set<Role> audience, Instant at, Part... parts) {
		return new News(type, type, severity, audience, Set.of(Delivery.INBOX), null, List.of(parts), null, null, null,
				Map.of(), at);
	}

	/**
	 * What makes its mail one and the same. A failure is often told by two events in one
	 * breath (the run failed, the connection paused): two alerts, but one mail.
	 * @param event the event's id
	 */
	String mailedAs(String event) {
		return (this.problem != null && this.connection != null) ? this.connection + ":" + this.problem.code() + ":"
				+ this.at.truncatedTo(ChronoUnit.MINUTES).getEpochSecond() : event;
	}

	/** The same with another text than its type's. */
	News worded(String text) {
		return new News(this.type, text, this.severity, this.audience, this.delivery, this.subject, this.parts,
				this.connection, this.problem, this.action, this.figures, this.at);
	}

	News about(String subject) {
		return new News(this.type, this.text, this.severity, this.audience, this.delivery, subject, this.parts,
				this.connection, this.problem, this.action, this.figures, this.at);
	}

	News by(Delivery... delivery) {
		return new News(this.type, this.text, this.severity, this.audience, Set.of(delivery), this.subject, this.parts,
				this.connection, this.problem, this.action, this.figures, this.at);
	}

	/** A failure of a connection. */
	News because(ConnectionId connection, Problem problem) {
		return new News(this.type, this.text, this.severity, this.audience, this.delivery, this.subject, this.parts,
				connection, problem, this.action, this.figures, this.at);
	}

	/**
	 * Tells what happened by a problem, in mails of its own: it is no failure that two
	 * events tell.
	 */
	News explained(Problem problem) {
		return new News(this.type, this.text, this.severity, this.audience, this.delivery, this.subject, this.parts,
				null, problem, this.action, this.figures, this.at);
	}

	News asking(String action) {
		return new News(this.type, this.text, this.severity, this.audience, this.delivery, this.subject, this.parts,
				this.connection, this.problem, action, this.figures, this.at);
	}

	News counting(Map<String, Long> figures) {
		return new News(this.type, this.text, this.severity, this.audience, this.delivery, this.subject, this.parts,
				this.connection, this.problem, this.action, new LinkedHashMap<>(figures), this.at);
	}

}
