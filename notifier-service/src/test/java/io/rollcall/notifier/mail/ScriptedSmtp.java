package io.rollcall.notifier.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An SMTP server that does what it is told, for answers that a well-behaved server does
 * not give on demand.
 */
public final class ScriptedSmtp implements AutoCloseable {

	private final Map<String, String> answers = new ConcurrentHashMap<>();

	private final List<String> taken = new CopyOnWriteArrayList<>();

	private final ServerSocket server;

	private volatile boolean hangUpAfterTaking;

	public ScriptedSmtp() {
		this(0);
	}

	/** A server on a port. */
	public ScriptedSmtp(int port) {
		try {
			this.server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Thread.ofVirtual().start(this::accept);
	}

	/** What it answers to a command that begins like this. */
	public ScriptedSmtp answering(String command, String answer) {
		this.answers.put(command, answer);
		return this;
	}

	/** Resets the connection as soon as it has said 250 to a mail. */
	public ScriptedSmtp hangingUpAfterTaking() {
		this.hangUpAfterTaking = true;
		return this;
	}

	/** The mails that it said 250 to. */
	public List<String> taken() {
		return this.taken;
	}

	public int port() {
		return this.server.getLocalPort();
	}

	public SmtpSettings settings() {
		return new SmtpSettings(java.net.URI.create("smtp://127.0.0.1:" + port()), "Rollcall <rollcall@example.com>",
				"http://localhost:8080", java.time.Duration.ofSeconds(5));
	}

	private void accept() {
		while (!this.server.isClosed()) {
			try {
				Socket socket = this.server.accept();
				Thread.ofVirtual().start(() -> talk(socket));
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private void talk(Socket socket) {
		try (socket;
				BufferedReader in = new BufferedReader(
						new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
				PrintWriter out = new PrintWriter(socket.getOutputStream(), false, StandardCharsets.UTF_8)) {
			say(out, answer("CONNECT", "220 scripted"));
			for (String line = in.readLine(); line != null; line = in.readLine()) {
				if (line.startsWith("DATA")) {
					say(out, "354 go on");
					StringBuilder mail = new StringBuilder();
					for (String text = in.readLine(); !".".equals(text); text = in.readLine()) {
						mail.append(text).append('\n');
					}
					String answer = answer("END", "250 taken");
					if (answer.startsWith("250")) {
						this.taken.add(mail.toString());
					}
					if (this.hangUpAfterTaking) {
						socket.setSoLinger(true, 0);
						out.print(answer + "\r\n");
						out.flush();
						return;
					}
					say(out, answer);
				}
				else if (line.startsWith("QUIT")) {
					say(out, "221 bye");
					return;
				}
				else {
					say(out, answer(line, "250 ok"));
				}
			}
		}
		catch (IOException ex) {
			// The client went away.
		}
	}

	private String answer(String command, String otherwise) {
		return this.answers.entrySet()
			.stream()
			.filter((entry) -> command.startsWith(entry.getKey()))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse(otherwise);
	}

	private static void say(PrintWriter out, String line) {
		out.print(line + "\r\n");
		out.flush();
	}

	@Override
	public void close() {
		try {
			this.server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
