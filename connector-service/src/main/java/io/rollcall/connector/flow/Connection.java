package io.rollcall.connector.flow;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.rollcall.connector.rules.Feature;
import io.rollcall.connector.rules.Resource;
import io.rollcall.connector.rules.Selection;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.SourceId;
import io.rollcall.model.run.ConnectionStatus;
import org.jspecify.annotations.Nullable;

/**
 * An organization's link to one Entra tenant.
 *
 * @param credential null while there is none, and where it cannot be decrypted
 * @param cloud which of Microsoft's clouds the tenant is in
 * @param schedule null for manual runs only
 * @param features what was chosen; null for the usual ones
 * @param needs what the rules need to be read
 * @param statusAt since when it has its status
 */
public record Connection(ConnectionId id, OrganizationId organization, String name, String cloud, String tenant,
		String clientId, @Nullable Credential credential, @Nullable Schedule schedule, @Nullable Set<Feature> features,
		Needs needs, ConnectionStatus status, Instant statusAt, Instant createdAt, Instant updatedAt) {

	/** The attributes that the rules of a version need. */
	public record Needs(int rules, List<String> users, List<String> groups) {

		public static final Needs NONE = new Needs(0, List.of(), List.of());

	}

	/** What it shares subscriptions and Graph's request budget with. */
	public SourceId source() {
		return new SourceId(this.cloud + "/" + this.tenant + "/" + this.clientId);
	}

	/** What was chosen. */
	public boolean has(Feature feature) {
		return (this.features != null) ? feature == Feature.PEOPLE || this.features.contains(feature)
				: Feature.USUAL.contains(feature);
	}

	/** All that were chosen, in their order. */
	public Set<Feature> chosen() {
		Set<Feature> chosen = EnumSet.noneOf(Feature.class);
		Stream.of(Feature.values()).filter(this::has).forEach(chosen::add);
		return chosen;
	}

	/** Without a feature, and what hangs on it. */
	public Connection without(Feature feature, Instant now) {
		Set<Feature> left = chosen();
		left.remove(feature);
		if (feature == Feature.GROUPS) {
			left.remove(Feature.GROUP_HINTS);
		}
		return new Connection(this.id, this.organization, this.name, this.cloud, this.tenant, this.clientId,
				this.credential, this.schedule, left, this.needs, this.status, this.statusAt, this.createdAt, now);
	}

	/** Whether objects of a resource are read; one that is switched off has none. */
	public boolean reads(Resource resource) {
		return has(Feature.of(resource));
	}

	/** Whether Graph is asked to tell of changes. */
	public boolean hasHints(Resource resource) {
		return resource.hasHints() && reads(resource) && (resource != Resource.GROUPS || has(Feature.GROUP_HINTS));
	}

	public boolean isRead() {
		return this.status == ConnectionStatus.READY || this.status == ConnectionStatus.ACTIVE;
	}

	public boolean isComplete() {
		return this.credential != null && !this.tenant.isBlank() && !this.clientId.isBlank();
	}

	/**
	 * All that is to be read of Graph: nothing of what is switched off, so that it lacks
	 * everything when it is switched on.
	 */
	public Selection selection() {
		Selection all = Selection.DEFAULT.and(this.needs.users(), this.needs.groups());
		return new Selection(all.users(), reads(Resource.GROUPS) ? all.groups() : List.of(),
				reads(Resource.UNITS) ? all.units() : List.of());
	}

	public Connection with(ConnectionStatus newStatus, Instant now) {
		return new Connection(this.id, this.organization, this.name, this.cloud, this.tenant, this.clientId,
				this.credential, this.schedule, this.features, this.needs, newStatus, now, this.createdAt, now);
	}

	public Connection with(Needs newNeeds) {
		return new Connection(this.id, this.organization, this.name, this.cloud, this.tenant, this.clientId,
				this.credential, this.schedule, this.features, newNeeds, this.status, this.statusAt, this.createdAt,
				this.updatedAt);
	}

	/** Another credential, from now on. */
	public Connection with(Credential shown, Instant now) {
		return new Connection(this.id, this.organization, this.name, this.cloud, this.tenant, this.clientId, shown,
				this.schedule, this.features, this.needs, this.status, this.statusAt, this.createdAt, now);
	}

	public Connection withCredential(@Nullable Credential shown) {
		return new Connection(this.id, this.organization, this.name, this.cloud, this.tenant, this.clientId, shown,
				this.schedule, this.features, this.needs, this.status, this.statusAt, this.createdAt, this.updatedAt);
	}

}
