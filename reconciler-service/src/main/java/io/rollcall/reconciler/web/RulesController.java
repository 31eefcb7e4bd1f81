package io.rollcall.reconciler.web;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.reconciler.flow.act.PublishedRules;
import io.rollcall.reconciler.flow.act.RulesPublishing;
import io.rollcall.reconciler.flow.act.RulesPublishing.Answer;
import io.rollcall.reconciler.flow.act.RulesStore;
import reactor.core.publisher.Mono;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** A connection's rules. */
@RestController
@RequestMapping("/api/connections/{connection}/rules")
class RulesController {

	private final RulesStore rules;

	private final RulesPublishing publishing;

	RulesController(RulesStore rules, RulesPublishing publishing) {
		this.rules = rules;
		this.publishing = publishing;
	}

	@GetMapping
	Mono<RulesView> current(@PathVariable String connection) {
		ConnectionId id = Ids.of(ConnectionId::new, connection);
		return this.rules.newest(id).map(RulesView::of).defaultIfEmpty(RulesView.standard(id));
	}

	@PutMapping
	Mono<Published> publish(@PathVariable String connection, @RequestBody String body) {
		return this.publishing.publish(Ids.of(ConnectionId::new, connection), RulesBody.read(body))
			.map(RulesController::response);
	}

	private static Published response(Answer answer) {
		return switch (answer) {
			case Answer.Published(PublishedRules published, RunId run) ->
				new Published(RulesView.of(published), run.value());
			case Answer.Outdated(int version) -> throw Problems
				.conflict("version %d was published meanwhile: read the rules, and publish again".formatted(version));
			case Answer.OfAnother(OrganizationId organization) ->
				throw Problems.invalid("the connection belongs to organization '%s'".formatted(organization));
		};
	}

	/** What was published, and the run that decides everybody again. */
	record Published(RulesView rules, String run) {
	}

}
