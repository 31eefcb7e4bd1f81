package io.rollcall.connector.flow.read;

import java.util.EnumMap;
import java.util.Map;

import io.rollcall.connector.flow.Answer;
import io.rollcall.connector.flow.Ports;
import io.rollcall.connector.flow.Tenants.Page;
import io.rollcall.connector.flow.Tenants;
import io.rollcall.connector.rules.Failure;
import io.rollcall.connector.rules.Resource;
import io.rollcall.connector.rules.SyncState;
import io.rollcall.connector.rules.SyncState.Chain;
import io.rollcall.connector.rules.SyncState.Run;
import io.rollcall.model.Sequence;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the stored delta chains, a page at a time: request, publish, acknowledged, link
 * saved. A crash repeats a page and never skips one.
 */
public final class LiveRead {

	private static final Logger log = LoggerFactory.getLogger(LiveRead.class);

	private final Tenants tenants;

	private final Publication publication;

	private final Map<Resource, Repetition> repetitions = new EnumMap<>(Resource.class);

	public LiveRead(Ports ports) {
		this.tenants = ports.tenants();
		this.publication = new Publication(ports.publications());
	}

	/**
	 * Reads a page.
	 * @param ofRun whether it belongs to the DELTA run under way
	 * @param full the FULL run under way, which learns of the edges
	 * @return what failed, or null
	 */
	public @Nullable Failure page(OwnedConnection owned, Resource resource, boolean ofRun, @Nullable FullRun full) {
		SyncState state = owned.state();
		Chain chain = state.chain(resource);
		if (!chain.isReading()) {
			chain = chain.asked(state.hinted(resource).count(), owned.now());
			this.repetitions.remove(resource);
		}
		String link = chain.isReading() ? chain.link() : chain.deltaLink();
		Sequence sequence = owned.nextSequence();
		return switch (this.tenants.page(owned.connection(), resource, link, chain.attributes())) {
			case Answer.Failed<Page>(Failure failure) -> failure;
			case Answer.Got<Page>(Page page) -> {
				take(owned, resource, chain, page, sequence, ofRun);
				if (full != null) {
					full.edges().take(page.cells());
				}
				// Not before: a page that could not be published is asked for again.
				yield this.repetitions.computeIfAbsent(resource, (_) -> new Repetition()).noticedIn(page, link)
						? new Failure.LinkExpired("The pages of " + resource + " repeat without end") : null;
			}
		};
	}

	private void take(OwnedConnection owned, Resource resource, Chain chain, Page page, Sequence sequence,
			boolean ofRun) {
		Run run = ofRun ? owned.position().run() : null;
		String topic = Publication.topicAfter(chain.pages());
		Run sent = this.publication.publish(owned.connection(), sequence, chain.attributes(), page.cells(), topic, run);
		logSetAside(owned, page);
		Chain after = chain.after(page.nextLink(), page.deltaLink());
		owned.save((position) -> {
			var read = position.with(resource, after).read(owned.now());
			if (sent == null) {
				return read;
			}
			Run counted = sent.counted(Publication.count(page.cells(), 1));
			return read.withRun(after.isReading() ? counted : counted.without(resource));
		});
	}

	static void logSetAside(OwnedConnection owned, Page page) {
		if (page.setAside() > 0) {
			log.warn("Connection {}: {} objects or edges on a page have no usable id and are set aside",
					owned.connection().id(), page.setAside());
		}
	}

}
