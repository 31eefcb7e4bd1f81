package io.rollcall.test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.awaitility.Awaitility;

/** Topics and consumer groups that other tests left. */
final class Topics {

	private Topics() {
	}

	/** Everything but what Kafka itself needs. */
	static void deleteAll(String brokers) {
		try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
			List<String> groups = admin.listGroups().all().get().stream().map(GroupListing::groupId).toList();
			admin.deleteConsumerGroups(groups).all().get();
			admin.deleteTopics(names(admin)).all().get();
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> names(admin).isEmpty());
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("Topics or groups of another test could not be deleted; is a service of it "
					+ "still running? " + ex.getCause(), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted while topics were deleted", ex);
		}
	}

	private static Set<String> names(Admin admin) throws ExecutionException, InterruptedException {
		return admin.listTopics().names().get();
	}

}
