/**
 * The coordinator's ports on MongoDB. Its documents: <pre>
 * coordinations {_id: connection, organization, partition, version, epoch, state}
 * runs          {_id: "connection:run", connection, run, at, open?: true, version, state, expireAt?}
 * progress      {_id: "connection:topic:offset", connection, organization, partition, topic, offset, type?, event?}
 * staged        {_id: "connection:id:kind:team:revision", group?, state?, expireAt?}
 * heldSets      {_id: "connection:hash", connection, at, status, state, expireAt?}
 * containers    {_id: "connection:run:code"}
 * restates      {_id: "connection:object", at}
 * rules         {_id: "connection:version", connection, version, by, at, rules}
 * connections   in the package above
 * </pre> {@code state} is the record of the flow, as the driver's codec for records
 * writes it. The {@code group} of a staged entry says what it waits for: the end of its
 * run, the guard, or the person who judges its held set; one that was rejected waits for
 * nothing, and is only known.
 */
@NullMarked
package io.rollcall.reconciler.mongo.coordinate;

import org.jspecify.annotations.NullMarked;
