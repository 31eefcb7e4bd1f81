package io.rollcall.model.directory;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.rollcall.model.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * The smallest thing that is read, and that has a stamp of its own: the record's sequence
 * and the cell's index. A newer stamp wins, cell by cell.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "cell")
@JsonSubTypes({ @JsonSubTypes.Type(value = Cell.ObjectRead.class, name = "object"),
		@JsonSubTypes.Type(value = Cell.EdgesRead.class, name = "edges"),
		@JsonSubTypes.Type(value = Cell.EdgeRead.class, name = "edge"),
		@JsonSubTypes.Type(value = Cell.ManagerRead.class, name = "manager"),
		@JsonSubTypes.Type(value = Cell.ObjectGone.class, name = "gone"),
		@JsonSubTypes.Type(value = Cell.MembersListed.class, name = "listed") })
public sealed interface Cell {

	/** The cell's place among all that its request gave. */
	int index();

	/** Whom it is about; all cells of an object go to one partition. */
	ObjectId object();

	ObjectKind kind();

	/**
	 * An object's own page: all attributes of the record's selection that have a value.
	 *
	 * @param edges all that it is in, where the reading knows it: users of FULL runs and
	 * readings by id; null leaves edges as they are
	 */
	record ObjectRead(int index, ObjectId object, ObjectKind kind, Attributes attributes,
			@Nullable Edges edges) implements Cell {
	}

	/**
	 * All that an object is in, without a page of its own: it is not seen by this, and it
	 * is not revived.
	 */
	record EdgesRead(int index, ObjectId object, ObjectKind kind, Edges edges) implements Cell {
	}

	/**
	 * One membership, under the member's key.
	 *
	 * @param in what the container is: a group or a unit
	 */
	record EdgeRead(int index, ObjectId object, ObjectKind kind, ContainerKind in, ObjectId container,
			boolean present) implements Cell {
	}

	/** A user's manager, or none: it ends every other manager edge of the user. */
	record ManagerRead(int index, ObjectId object, @Nullable ObjectId manager) implements Cell {

		@Override
		public ObjectKind kind() {
			return ObjectKind.USER;
		}

	}

	/** An object that Graph reports as gone. */
	record ObjectGone(int index, ObjectId object, ObjectKind kind, Removal reason) implements Cell {
	}

	/**
	 * A container's members were listed whole, by id. The record's sequence was taken
	 * before the first page was asked for: edges to the container that are older do not
	 * count any more.
	 */
	record MembersListed(int index, ObjectId object, ObjectKind kind) implements Cell {
	}

	/**
	 * Never travels: a cell that could not be read, in a record of which the others could
	 * be.
	 *
	 * @param kind {@link ObjectKind#OTHER} where it could not be read either
	 * @param reason what is wrong, for the person who redrives it
	 */
	record Unreadable(int index, ObjectId object, ObjectKind kind, String reason) implements Cell {
	}

}
