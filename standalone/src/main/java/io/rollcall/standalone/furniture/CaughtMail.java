package io.rollcall.standalone.furniture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import jakarta.mail.Address;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;

/** An e-mail as a person reads it. */
public record CaughtMail(List<String> to, String from, String subject, String text) {

	static CaughtMail of(MimeMessage message) {
		try {
			return new CaughtMail(addresses(message.getAllRecipients()),
					String.join(", ", addresses(message.getFrom())), Objects.toString(message.getSubject(), ""),
					text(message));
		}
		catch (MessagingException ex) {
			throw new IllegalStateException("A caught mail cannot be read", ex);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("A caught mail cannot be read", ex);
		}
	}

	private static List<String> addresses(Address[] addresses) {
		return Arrays.stream(addresses).map(Address::toString).toList();
	}

	/** The plain text: a person looks for what was said, not for how it looks. */
	private static String text(Part part) throws MessagingException, IOException {
		if (part.isMimeType("text/plain")) {
			return part.getContent().toString();
		}
		if (part.getContent() instanceof Multipart parts) {
			return texts(parts).filter((text) -> !text.isBlank()).findFirst().orElse("");
		}
		return "";
	}

	private static Stream<String> texts(Multipart parts) throws MessagingException, IOException {
		Stream.Builder<String> texts = Stream.builder();
		for (int i = 0; i < parts.getCount(); i++) {
			BodyPart part = parts.getBodyPart(i);
			texts.add(text(part));
		}
		return texts.build();
	}

}
