package io.rollcall.notifier.mail;

import java.util.HashMap;
import java.util.Map;

import io.rollcall.notifier.rules.Mail;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** Gives a mail its looks: {@code mail.html} and {@code mail.txt} beside this class. */
final class MailTemplate {

	private final TemplateEngine engine = new TemplateEngine();

	private final String link;

	MailTemplate(String link) {
		this.link = link;
		// Of what kind a template is says the end of its name.
		ClassLoaderTemplateResolver resolver = new ClassLoaderTemplateResolver(MailTemplate.class.getClassLoader());
		resolver.setPrefix(MailTemplate.class.getPackageName().replace('.', '/') + "/");
		resolver.setCharacterEncoding("UTF-8");
		this.engine.setTemplateResolver(resolver);
	}

	String html(Mail mail) {
		return this.engine.process("mail.html", context(mail));
	}

	String text(Mail mail) {
		return this.engine.process("mail.txt", context(mail));
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

}
