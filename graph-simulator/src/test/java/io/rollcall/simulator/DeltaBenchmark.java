package io.rollcall.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads a large tenant over real HTTP, page after page as a client must, and prints how
 * fast and in how much memory. Arguments: users (1,000,000), rounds (2). Start it with
 * {@code -Xmx1g}: client and server share that heap.
 */
final class DeltaBenchmark {

	private static final String ATTRIBUTES = "accountEnabled,displayName,givenName,surname,mail,userPrincipalName,userType,"
			+ "jobTitle,department,companyName,officeLocation,mobilePhone,preferredLanguage,employeeId,manager";

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final String token;

	private long bytes;

	private DeltaBenchmark(String token) {
		this.token = token;
	}

	public static void main(String[] args) throws Exception {
		int users = (args.length > 0) ? Integer.parseInt(args[0]) : 1_000_000;
		int rounds = (args.length > 1) ? Integer.parseInt(args[1]) : 2;
		long began = System.nanoTime();
		Simulator tenant = Simulator.tenant("{\"users\":%d,\"seed\":1}".formatted(users));
		System.out.printf("tenant of %,d users and %,d memberships seeded in %.1f s (with the start)%n", users,
				tenant.control("GET", "/stats", null).json().path("memberships").asLong(), seconds(began));
		System.out.printf("heap in use after GC: %d MiB of %d%n", heap(), Runtime.getRuntime().maxMemory() >> 20);
		DeltaBenchmark benchmark = new DeltaBenchmark(tenant.bearer());
		for (int round = 0; round < rounds; round++) {
			for (String path : List.of("/users/delta?%24select=" + ATTRIBUTES, "/users/delta",
					"/groups/delta?%24select=displayName,members")) {
				benchmark.read(path, users);
			}
		}
		System.out.printf("heap in use after GC: %d MiB%n", heap());
		System.exit(0);
	}

	private void read(String path, int users) throws IOException, InterruptedException {
		this.bytes = 0;
		long began = System.nanoTime();
		long cpu = cpu();
		int pages = 0;
		String link = Simulator.url() + "/v1.0" + path;
		while (link != null) {
			link = page(link);
			pages++;
		}
		double took = seconds(began);
		System.out.printf("%-40.40s %,7d pages, %,6d MB, %6.1f s: %,9.0f users/s, %5.1f us CPU a user (both sides)%n",
				path, pages, this.bytes / 1_000_000, took, users / took, (cpu() - cpu) / 1000.0 / users);
	}

	/** The link stands in the first bytes; the rest is only received. */
	private String page(String url) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create(url.replace("$", "%24")))
			.header("Authorization", "Bearer " + this.token)
			.build();
		try (InputStream body = this.client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body()) {
			String head = new String(body.readNBytes(900), StandardCharsets.UTF_8);
			this.bytes += head.length();
			byte[] rest = new byte[65_536];
			for (int read = body.read(rest); read >= 0; read = body.read(rest)) {
				this.bytes += read;
			}
			int at = head.indexOf("\"@odata.nextLink\":\"");
			return (at < 0) ? null : head.substring(at + 19, head.indexOf('"', at + 19));
		}
	}

	private static long heap() {
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
	}

	private static long cpu() {
		return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
			.getProcessCpuTime();
	}

	private static double seconds(long since) {
		return (System.nanoTime() - since) / 1e9;
	}

}
