package io.rollcall.standalone.furniture;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Base64;

import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class FurnitureTests {

	@TempDir
	Path folder;

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void theKeyIsMadeOnceAndReadableByItsOwnerOnly() throws Exception {
		String key = EncryptionKey.in(this.folder);
		assertThat(Base64.getDecoder().decode(key)).hasSize(32);
		assertThat(EncryptionKey.in(this.folder)).isEqualTo(key);
		assertThat(Files.getPosixFilePermissions(this.folder.resolve("encryption.key")))
			.containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
	}

	@Test
	void caughtMailIsShownAsTextAndNeverAsMarkup() throws Exception {
		try (MailCatcher catcher = MailCatcher.start(0, 0)) {
			URI smtp = URI.create(catcher.smtpUrl());
			GreenMailUtil.sendTextEmail("ada@contoso.example", "rollcall@localhost", "<b>News</b>", "5 < 6 & more",
					new ServerSetup(smtp.getPort(), smtp.getHost(), ServerSetup.PROTOCOL_SMTP));
			assertThat(catcher.caught()).singleElement()
				.extracting(CaughtMail::subject, CaughtMail::text)
				.containsExactly("<b>News</b>", "5 < 6 & more");
			String page = HttpClient.newHttpClient()
				.send(HttpRequest.newBuilder(catcher.pageUrl()).build(), HttpResponse.BodyHandlers.ofString())
				.body();
			assertThat(page).contains("&lt;b&gt;News&lt;/b&gt;", "5 &lt; 6 &amp; more", "ada@contoso.example")
				.doesNotContain("<b>News");
		}
	}

}
