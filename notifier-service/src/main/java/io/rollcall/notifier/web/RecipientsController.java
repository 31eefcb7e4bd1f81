package io.rollcall.notifier.web;

import java.util.List;

import io.rollcall.model.OrganizationId;
import io.rollcall.notifier.flow.Recipients;
import io.rollcall.notifier.rules.Recipient;
import io.rollcall.support.web.Problems;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** An organization's recipients. */
@RestController
@RequestMapping("/api/organizations/{organization}/recipients")
public class RecipientsController {

	private final Recipients recipients;

	RecipientsController(Recipients recipients) {
		this.recipients = recipients;
	}

	@GetMapping
	List<RecipientBody> list(@PathVariable String organization) {
		OrganizationId id = new OrganizationId(organization);
		List<Recipient> known = this.recipients.of(List.of(id)).get(id);
		if (known == null) {
			throw Problems
				.notFound("Organization %s has no recipients. Add some with PUT /api/organizations/%s/recipients"
					.formatted(id, id));
		}
		return bodies(known);
	}

	/** Replaces all of them. */
	@PutMapping
	List<RecipientBody> replace(@PathVariable String organization, @RequestBody List<RecipientBody> bodies) {
		OrganizationId id = new OrganizationId(organization);
		List<Recipient> read = RecipientBody.read(id, bodies);
		this.recipients.replace(id, read);
		return bodies(read);
	}

	private static List<RecipientBody> bodies(List<Recipient> recipients) {
		return recipients.stream().map(RecipientBody::of).toList();
	}

}
