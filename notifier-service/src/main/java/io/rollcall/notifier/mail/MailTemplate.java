package io.rollcall.notifier.mail;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import io.rollcall.notifier.rules.Mail;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** Gives a mail its looks: {@code mail.html} and {@code mail.txt} beside this class. */
final class MailTemplate {

	private final TemplateEngine html = engine(TemplateMode.HTML, ".html");

	private final TemplateEngine text = engine(TemplateMode.TEXT, ".txt");

	private final String link;

	MailTemplate(String link) {
		this.link = link;
	}

	String html(Mail mail) {
		return this.html.process("mail", context(mail));
	}

	String text(Mail mail) {
		return this.text.process("mail", context(mail));
	}

	private Context context(Mail mail) {
		Map<String, Object> variables = new HashMap<>();
		variables.put("language", mail.to().language().locale().getLanguage());
		variables.put("organization", mail.to().inbox().organization().value());
		variables.put("name", mail.to().name());
		variables.put("subject", mail.subject());
		variables.put("sections", mail.sections());
		variables.put("link", this.link);
		variables.put("colour", switch (mail.severity()) {
			case INFO -> "#2f5bd3";
			case WARNING -> "#d98e04";
			case ERROR -> "#c62f2f";
		});
		return new Context(mail.to().language().locale(), variables);
	}

	private static TemplateEngine engine(TemplateMode mode, String suffix) {
		ClassLoaderTemplateResolver resolver = new ClassLoaderTemplateResolver(MailTemplate.class.getClassLoader());
		resolver.setPrefix(MailTemplate.class.getPackageName().replace('.', '/') + "/");
		resolver.setSuffix(suffix);
		resolver.setTemplateMode(mode);
		resolver.setCharacterEncoding(StandardCharsets.UTF_8.name());
		TemplateEngine engine = new TemplateEngine();
		engine.setTemplateResolver(resolver);
		return engine;
	}

}
