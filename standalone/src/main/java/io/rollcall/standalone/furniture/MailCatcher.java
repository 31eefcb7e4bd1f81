package io.rollcall.standalone.furniture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;

/**
 * Takes every e-mail and delivers none: an SMTP server, and a page that shows what it
 * caught since it was started.
 */
public final class MailCatcher implements AutoCloseable {

	private final GreenMail smtp;

	private final HttpServer page;

	private MailCatcher(GreenMail smtp, HttpServer page) {
		this.smtp = smtp;
		this.page = page;
	}

	/** Both on 127.0.0.1; 0 is a free port. */
	public static MailCatcher start(int smtpPort, int pagePort) {
		GreenMail smtp = new GreenMail(new ServerSetup(smtpPort, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
		smtp.start();
		try {
			HttpServer page = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), pagePort), 0);
			MailCatcher catcher = new MailCatcher(smtp, page);
			MailPages pages = new MailPages(catcher::caught);
			page.createContext("/", pages::answer);
			page.start();
			return catcher;
		}
		catch (IOException ex) {
			smtp.stop();
			throw new UncheckedIOException("The page of caught mail could not be started on port " + pagePort, ex);
		}
	}

	/** What the services are told as {@code ROLLCALL_SMTP_URL}. */
	public String smtpUrl() {
		return "smtp://127.0.0.1:" + this.smtp.getSmtp().getPort();
	}

	/** Where a person looks. */
	public URI pageUrl() {
		return URI.create("http://127.0.0.1:" + this.page.getAddress().getPort());
	}

	/** Everything that was caught, the oldest first. */
	public List<CaughtMail> caught() {
		return List.of(this.smtp.getReceivedMessages()).stream().map(CaughtMail::of).toList();
	}

	@Override
	public void close() {
		this.page.stop(0);
		this.smtp.stop();
	}

}
