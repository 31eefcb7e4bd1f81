package io.rollcall.reconciler.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

import io.rollcall.model.directory.ObjectKind;
import io.rollcall.reconciler.rules.mapping.Catalogue;
import io.rollcall.reconciler.rules.mapping.Catalogue.Tracked;
import io.rollcall.reconciler.rules.mapping.Catalogue.Type;
import io.rollcall.support.web.Problems;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/**
 * The attributes that Graph can give, from tables in the resources that name their
 * sources; read when they are asked for first.
 */
@Component
final class Catalogues {

	private static final String TABLES = "/io/rollcall/reconciler/graph/";

	private final Supplier<Map<ObjectKind, Catalogue>> all = SingletonSupplier.of(Catalogues::read);

	/** The catalogue of one kind of object. */
	Catalogue of(ObjectKind kind) {
		Catalogue catalogue = Objects.requireNonNull(this.all.get()).get(kind);
		if (catalogue == null) {
			throw Problems.invalid("kind must be USER, GROUP or ADMINISTRATIVE_UNIT, is %s".formatted(kind));
		}
		return catalogue;
	}

	private static Map<ObjectKind, Catalogue> read() {
		Table users = table("user-attributes.json");
		Table groups = table("group-attributes.json");
		return Map.of(ObjectKind.USER, catalogue(users.attributes()), ObjectKind.GROUP, catalogue(groups.attributes()),
				ObjectKind.ADMINISTRATIVE_UNIT,
				catalogue(Objects.requireNonNull(groups.administrativeUnitAttributes())));
	}

	private static Table table(String name) {
		try (InputStream json = Catalogues.class.getResourceAsStream(TABLES + name)) {
			return JsonMapper.shared().readValue(json, Table.class);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Catalogue catalogue(List<Row> rows) {
		return new Catalogue(rows.stream().map(Row::attribute).toList());
	}

	/** What is used of a file. */
	record Table(List<Row> attributes, @Nullable List<Row> administrativeUnitAttributes) {
	}

	/**
	 * What is used of an attribute.
	 *
	 * @param inDelta {@code true}, {@code false} or {@code unknown}
	 */
	record Row(String name, String type, boolean list, String inDelta, String category, String offer,
			@Nullable Integer maxLength, @Nullable String extraPermission, @Nullable String note,
			Map<String, String> labels) {

		private Catalogue.Attribute attribute() {
			return new Catalogue.Attribute(this.name, typeOf(), this.list, tracked(), this.category, offered(),
					this.maxLength, this.extraPermission, this.note, this.labels);
		}

		private Type typeOf() {
			return switch (this.type) {
				case "string" -> Type.STRING;
				case "boolean" -> Type.BOOLEAN;
				case "dateTime" -> Type.DATE_TIME;
				case "int" -> Type.INT;
				case "stringList" -> Type.STRING_LIST;
				case "object" -> Type.OBJECT;
				case "objectList" -> Type.OBJECT_LIST;
				default -> throw new IllegalStateException("no type of an attribute: " + this.type);
			};
		}

		private Tracked tracked() {
			return switch (this.inDelta) {
				case "true" -> Tracked.YES;
				case "false" -> Tracked.NO;
				default -> Tracked.UNKNOWN;
			};
		}

		private Catalogue.Offer offered() {
			return switch (this.offer) {
				case "yes" -> Catalogue.Offer.YES;
				case "advanced" -> Catalogue.Offer.ADVANCED;
				default -> Catalogue.Offer.NO;
			};
		}

	}

}
