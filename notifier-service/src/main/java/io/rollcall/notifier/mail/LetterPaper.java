package io.rollcall.notifier.mail;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import io.rollcall.notifier.rules.Mail;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/**
 * Gives a mail its looks: {@code letter.html} and {@code letter.txt} beside this class.
 */
final class LetterPaper {

	private final TemplateEngine html = engine(TemplateMode.HTML, ".html");

	private final TemplateEngine text = engine(TemplateMode.TEXT, ".txt");

	private final String link;

	LetterPaper(String link) {
		this.link = link;
	}

	String html(Mail mail) {
		return this.html.process("letter", context(mail));
	}

	String text(Mail mail) {
		return this.text.process("letter", context(mail));
	}

	private Context context(Mail mail) {
		Map<String, Object> variables = new HashMap<>();
		variables.put("language", mail.language().locale().getLanguage());
		variables.put("organization", mail.inbox().organization().value());
		variables.put("name", mail.name());
		variables.put("subject", mail.subject());
		variables.put("paragraphs", mail.paragraphs());
		variables.put("action", mail.action());
		variables.put("link", this.link);
		variables.put("colour", switch (mail.severity()) {
			case INFO -> "#2f5bd3";
			case WARNING -> "#d98e04";
			case ERROR -> "#c62f2f";
		});
		Map<String, String> figures = new LinkedHashMap<>();
		mail.figures()
			.forEach((figure) -> figures.put(figure.label(),
					String.format(mail.language().locale(), "%,d", figure.count())));
		variables.put("figures", figures);
		return new Context(mail.language().locale(), variables);
	}

	private static TemplateEngine engine(TemplateMode mode, String suffix) {
		ClassLoaderTemplateResolver resolver = new ClassLoaderTemplateResolver(LetterPaper.class.getClassLoader());
		resolver.setPrefix(LetterPaper.class.getPackageName().replace('.', '/') + "/");
		resolver.setSuffix(suffix);
		resolver.setTemplateMode(mode);
		resolver.setCharacterEncoding(StandardCharsets.UTF_8.name());
		TemplateEngine engine = new TemplateEngine();
		engine.setTemplateResolver(resolver);
		return engine;
	}

}
