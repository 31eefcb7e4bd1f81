package io.rollcall.standalone;

import java.io.PrintStream;

import io.rollcall.model.change.Tally;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.ReadCounts;
import io.rollcall.standalone.furniture.Furniture;
import io.rollcall.standalone.furniture.SimulatedTenant;
import io.rollcall.standalone.services.FirstConnection;
import io.rollcall.standalone.services.ServicePorts;

/** Tells the person at the terminal what happens and where everything is. */
final class Narrator {

	private final PrintStream out;

	private final long begun = System.nanoTime();

	Narrator(PrintStream out) {
		this.out = out;
	}

	void begins(StandaloneSettings settings, boolean again) {
		say(again ? "Rollcall resumes from %s".formatted(settings.data().toAbsolutePath())
				: "Rollcall begins, with everything it keeps in %s".formatted(settings.data().toAbsolutePath()));
	}

	void hasFurniture(Furniture furniture) {
		say("Kafka, MongoDB, a mail catcher and a simulated Entra tenant are there; the services start");
	}

	void isReady(ServicePorts ports, Furniture furniture, StandaloneSettings settings) {
		String organization = FirstConnection.ORGANIZATION;
		String inbox = "%s/api/organizations/%s/recipients/%s/alerts".formatted(ports.notifierUrl(), organization,
				FirstConnection.OWNER);
		say("Rollcall is ready");
		this.out.println("""

				  Console            %s
				  Accounts           %s/api/organizations/%s/accounts
				  Teams              %s/api/organizations/%s/teams
				  Inbox              %s
				  Inbox, live        curl -N %s/stream
				  Caught e-mails     %s
				  Connections        %s/api/connections

				  Simulated tenant   %s, %,d people, %s
				    let it happen    curl -d 'hire Ada Lovelace' %s/control/tenants/%s/acts
				  Kafka              %s
				    the change log   kcat -b %s -t rollcall.directory.changes.v1 -C -f '%%h %%k %%s\\n'
				  MongoDB            mongosh '%s'
				  Log, data          %s

				  Ctrl-C stops it; the next start resumes. Delete the data folder to begin anew.
				""".formatted(ports.consoleUrl(), ports.reconcilerUrl(), organization, ports.reconcilerUrl(),
				organization, inbox, inbox, furniture.mail().pageUrl(), ports.connectorUrl(), SimulatedTenant.DOMAIN,
				settings.people(), life(settings), furniture.tenant().url(), SimulatedTenant.DOMAIN,
				furniture.kafka().bootstrapServers(), furniture.kafka().bootstrapServers(), furniture.mongo().uri(),
				settings.data().resolve("rollcall.log").toAbsolutePath()));
	}

	void reads(ReadCounts read, Tally applied) {
		say("First sync: read %,d users, %,d groups, %,d memberships; %,d accounts".formatted(read.users(),
				read.groups(), read.memberships(), applied.count(Tally.Kind.ACCOUNT_CREATED)));
	}

	void isSynced(Tally applied) {
		say("First sync is complete: %,d accounts, %,d teams, %,d team members, %,d held for a person. From now on it is live"
			.formatted(applied.count(Tally.Kind.ACCOUNT_CREATED), applied.count(Tally.Kind.TEAM_CREATED),
					applied.count(Tally.Kind.MEMBER_JOINED), applied.count(Tally.Kind.ACCOUNT_HELD)));
	}

	/** The words for people are in the inbox. */
	void failed(Problem problem) {
		say("First sync: %s %s%s".formatted(problem.code(), problem.parameters(),
				problem.needsPerson() ? "; this stays until somebody acts" : "; it is tried again"));
	}

	void stops() {
		say("Stopping: first the services, then what stands around them");
	}

	void stopped() {
		say("Stopped");
	}

	private static String life(StandaloneSettings settings) {
		return (settings.changesPerSecond() > 0) ? "about %s changes a second".formatted(settings.changesPerSecond())
				: "quiet";
	}

	private void say(String what) {
		this.out.printf("[%5.1f s] %s%n", (System.nanoTime() - this.begun) / 1e9, what);
		this.out.flush();
	}

}
