package io.rollcall.notifier.mail;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import io.rollcall.model.OrganizationId;
import io.rollcall.model.alert.AlertRaised.Severity;
import io.rollcall.notifier.flow.MailServers.Delivery;
import io.rollcall.notifier.rules.Channel;
import io.rollcall.notifier.rules.InboxId;
import io.rollcall.notifier.rules.Language;
import io.rollcall.notifier.rules.Mail;
import io.rollcall.notifier.rules.Recipient;
import io.rollcall.notifier.rules.Role;
import io.rollcall.notifier.rules.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SmtpServersTests {

	private static final Mail MAIL = new Mail("acme:olga:0-7",
			new Recipient(new InboxId(new OrganizationId("acme"), "olga"), "Olga <script>", "olga@acme.test",
					Role.OWNER, Language.DE, Set.of(Channel.values()), null),
			Severity.ERROR, "Größere Störung: <b>Graph</b>", List
				.of(new Text("Störung", List.of("Erste Zeile & mehr", "Zweite Zeile"), "Tun Sie das.", List.of()),
						new Text("1.234 Änderungen", List.of(), null,
								List.of(new Text.Figure("Konten", "1.234", "Ada, Bo und 1.232 weitere")))),
			Instant.EPOCH);

	@ParameterizedTest
	@CsvSource({ "RCPT TO,550 5.1.1 no such user,NoSuchMailbox", "RCPT TO,550 5.1.10 null MX,NoSuchMailbox",
			"END,550 5.1.1 no such user,NoSuchMailbox", "RCPT TO,550 5.7.1 Unable to relay,Rejected",
			"RCPT TO,550 go away,Rejected", "RCPT TO,553 5.1.8 bad sender,Rejected",
			"RCPT TO,552 5.2.2 mailbox full,Rejected", "RCPT TO,451 4.7.1 greylisted,Rejected",
			"RCPT TO,450 4.1.1 not now,Rejected", "RCPT TO,452 4.2.2 mailbox full,Rejected",
			"MAIL FROM,550 5.7.1 you may not,Unreachable", "MAIL FROM,451 later,Rejected",
			"END,554 5.7.1 spam,Rejected", "END,452 no space,Rejected", "CONNECT,421 closing,Unreachable",
			"CONNECT,554 go away,Unreachable", "RCPT TO,421 closing,Rejected" })
	void saysWhatBecameOfAMail(String command, String answer, String expected) {
		try (ScriptedSmtp smtp = new ScriptedSmtp().answering(command, answer)) {
			Delivery delivery = deliver(smtp.settings());
			assertThat(delivery.getClass().getSimpleName()).as("%s", delivery).isEqualTo(expected);
			assertThat(delivery.toString()).contains(answer.substring(4));
		}
	}

	@Test
	void saysNoAddressInAReason() {
		try (ScriptedSmtp smtp = new ScriptedSmtp().answering("RCPT TO", "550 5.7.1 <olga@acme.test>: relay denied")) {
			assertThat(deliver(smtp.settings()).toString()).contains("relay denied").doesNotContain("olga@");
		}
	}

	@Test
	void countsAMailAsTakenWhenOnlyTheGoodbyeFails() {
		try (ScriptedSmtp smtp = new ScriptedSmtp().hangingUpAfterTaking()) {
			for (int i = 0; i < 20; i++) {
				assertThat(deliver(smtp.settings())).isInstanceOf(Delivery.Taken.class);
			}
			assertThat(smtp.taken()).hasSize(20);
		}
	}

	@Test
	void saysWhatToCheckWhenTheServerIsAway() {
		ScriptedSmtp smtp = new ScriptedSmtp();
		SmtpSettings settings = smtp.settings();
		smtp.close();
		assertThat(deliver(settings)).isInstanceOfSatisfying(Delivery.Unreachable.class,
				(away) -> assertThat(away.action()).contains("ROLLCALL_SMTP_URL"));
	}

	@Test
	void saysWhatToCheckWhenTheLoginIsWrong() {
		try (ScriptedSmtp smtp = new ScriptedSmtp().answering("EHLO", "250-scripted\r\n250 AUTH PLAIN")
			.answering("AUTH", "535 5.7.8 wrong")) {
			SmtpSettings settings = new SmtpSettings(URI.create("smtp://us%40er:se%3Acret@127.0.0.1:" + smtp.port()),
					"rollcall@example.com", "http://localhost", Duration.ofSeconds(5));
			assertThat(deliver(settings)).isInstanceOfSatisfying(Delivery.Unreachable.class,
					(away) -> assertThat(away.action()).contains("user and password"));
		}
	}

	@Test
	void sendsTheSameMessageIdEachTimeAndWritesForPeopleAndForPlainReaders() {
		try (ScriptedSmtp smtp = new ScriptedSmtp()) {
			deliver(smtp.settings());
			deliver(smtp.settings());
			List<String> ids = smtp.taken()
				.stream()
				.map((mail) -> mail.lines().filter((line) -> line.startsWith("Message-ID")).findFirst().orElseThrow())
				.toList();
			assertThat(ids.getFirst()).isEqualTo(ids.getLast()).endsWith("@example.com>");
			assertThat(smtp.taken().getFirst()).contains("multipart/alternative", "Auto-Submitted: auto-generated");
		}
		String html = new MailTemplate("http://localhost:8080").html(MAIL);
		assertThat(html)
			.contains("Größere Störung: &lt;b&gt;Graph&lt;/b&gt;", "Erste Zeile &amp; mehr",
					"Guten Tag, Olga &lt;script&gt;", "1.234", "Ada, Bo und", "Was zu tun ist", "Tun Sie das.",
					"lang=\"de\"")
			.doesNotContain(" th:text", " th:each", " th:if", "th:block");
		assertThat(new MailTemplate("http://localhost:8080").text(MAIL)).isEqualTo(
				"""
						Guten Tag, Olga <script>,

						* Störung
						Erste Zeile & mehr
						Zweite Zeile
						Was zu tun ist: Tun Sie das.

						* 1.234 Änderungen
						  Konten: 1.234 (Ada, Bo und 1.232 weitere)

						Rollcall öffnen: http://localhost:8080

						--
						Rollcall sendet Ihnen dies, weil Sie Empfänger der Organisation acme sind. Die Verwaltung kann ändern, was Sie bekommen.
						""");
	}

	@Test
	void explainsAnUnusableUrlWithoutRepeatingThePassword() {
		for (String url : List.of("http://h:25", "smtp:h", "smtp://user:secret@h:25?tls=yes")) {
			assertThatThrownBy(() -> new SmtpServers(
					new SmtpSettings(URI.create(url), "a@b.c", "http://localhost", Duration.ofSeconds(1))))
				.hasMessageContaining("ROLLCALL_SMTP_URL must look like")
				.hasMessageNotContaining("secret");
		}
	}

	private static Delivery deliver(SmtpSettings settings) {
		return new SmtpServers(settings).deliver(MAIL);
	}

}
