package io.rollcall.standalone.furniture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

import com.sun.net.httpserver.HttpExchange;

/** Caught e-mails as one plain page, the newest first. */
final class MailPages {

	private static final String PAGE = """
			<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="5">
			<title>Caught e-mails</title>
			<style>
			body { font: 15px/1.5 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; }
			article { border: 1px solid #8884; border-radius: .5rem; padding: .8rem 1rem; margin: 1rem 0; }
			h2 { font-size: 1rem; margin: 0; } p { color: gray; margin: .2rem 0; } pre { white-space: pre-wrap; font: inherit; }
			:root { color-scheme: light dark; }
			</style>
			<h1>Caught e-mails</h1>
			<p>%d since the start; none was delivered.</p>
			%s
			""";

	private static final String MAIL = """
			<article><h2>%s</h2><p>to %s, from %s</p><pre>%s</pre></article>
			""";

	private final Supplier<List<CaughtMail>> caught;

	MailPages(Supplier<List<CaughtMail>> caught) {
		this.caught = caught;
	}

	void answer(HttpExchange exchange) throws IOException {
		List<CaughtMail> mails = this.caught.get();
		StringBuilder list = new StringBuilder();
		for (CaughtMail mail : mails.reversed()) {
			list.append(MAIL.formatted(safe(mail.subject()), safe(String.join(", ", mail.to())), safe(mail.from()),
					safe(mail.text())));
		}
		byte[] body = PAGE.formatted(mails.size(), list).getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
		exchange.sendResponseHeaders(200, body.length);
		exchange.getResponseBody().write(body);
		exchange.close();
	}

	private static String safe(String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
	}

}
