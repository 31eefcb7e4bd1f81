package io.rollcall.reconciler.mongo;

import java.time.InstantSource;
import java.util.Collection;
import java.util.List;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.WriteModel;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.TeamId;
import io.rollcall.reconciler.flow.Outrun;
import io.rollcall.reconciler.flow.Stored;
import io.rollcall.reconciler.flow.Teams;
import io.rollcall.reconciler.flow.Write;
import io.rollcall.reconciler.rules.Team;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/** Teams in MongoDB. */
@Component
final class MongoTeams implements Teams {

	private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

	private final MongoCollection<TeamDocument> teams;

	private final InstantSource clock;

	MongoTeams(MongoDatabase database, InstantSource clock) {
		this.teams = Collections.teams(database);
		this.clock = clock;
	}

	@Override
	public Mono<List<Stored<Team>>> byIds(OrganizationId organization, Collection<TeamId> ids) {
		if (ids.isEmpty()) {
			return Mono.just(List.of());
		}
		return Flux.from(this.teams.find(Filters.in("_id", ids.stream().map((id) -> organization + ":" + id).toList())))
			.map((document) -> new Stored<>(document.team(), document.pending()))
			.collectList();
	}

	@Override
	public Mono<Void> write(List<Write<Team>> teams) {
		if (teams.isEmpty()) {
			return Mono.empty();
		}
		List<WriteModel<TeamDocument>> writes = teams.stream().map(this::write).toList();
		return Mono.from(this.teams.bulkWrite(writes, UNORDERED))
			.doOnNext((result) -> BulkResults.expect(result, writes.size(), "teams"))
			.onErrorMap(MongoBulkWriteException.class,
					(failure) -> failure.getWriteErrors()
						.stream()
						.anyMatch((error) -> error.getCode() == BulkResults.DUPLICATE_KEY)
								? new Outrun("teams were written by somebody else meanwhile") : failure)
			.then();
	}

	private WriteModel<TeamDocument> write(Write<Team> write) {
		TeamDocument document = new TeamDocument(write.next().document(), write.next().pending(), this.clock.instant());
		return (write.replaces() == 0) ? new InsertOneModel<>(document)
				: new ReplaceOneModel<>(BulkResults.unchanged(document.id(), write.replaces()), document);
	}

}
