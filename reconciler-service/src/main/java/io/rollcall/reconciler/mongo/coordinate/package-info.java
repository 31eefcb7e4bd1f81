/**
 * The coordinator's ports on MongoDB. Its documents: <pre>
 * coordinations {_id: connection, connection, organization, partition, state}
 * progress      {_id: "connection:topic:offset", connection, organization, partition, topic, offset, type?, event?}
 * runs          {_id: "connection:run", connection, at, open?: true, state, expireAt?}
 * staged        {_id: "connection:id:kind:team:revision", group?, state?, expireAt?}
 * heldSets      {_id: "connection:hash", connection, at, state, expireAt?}
 * toDecide      {_id: "connection:queue:item"}
 * nestings      in the package above
 * rules         {_id: "connection:version", connection, version, by, at, rules}
 * connections   in the package above
 * </pre> {@code state} is what the flow keeps, in the JSON of events. The {@code group}
 * of a staged entry says what it waits for: the end of its run, the guard, or the person
 * who judges its held set; one that was rejected waits for nothing, and is only known.
 */
@NullMarked
package io.rollcall.reconciler.mongo.coordinate;

import org.jspecify.annotations.NullMarked;
