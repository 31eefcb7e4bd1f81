/**
 * The ports of runs on MongoDB. The documents: <pre>
 * runs        {_id: "connection:run", organization, connection, run, mode, trigger, startedAt: {s, i}, firstSeen,
 *              read: {...}, marks: {PHASE: {partitions: [], seen: []}},
 *              applied: {"partition": {created, ...}},
 *              counted: {"partition": {upTo, changes}}, work: {revision, phase, chunk, ...}, expireAt}
 * stagedPages {_id: "connection:run:chunk:kind:hash", connection, status, items: [text], expireAt?}
 * guard       {_id: organization, version, entries: [{connection, run, kind, count, total, heldBy?, at}]}
 * heldSets    {_id: "connection:hash", organization, connection, run, kind, hash, count, total, limit, pages: [],
 *              status, at, by?, released}
 * evaluations {_id: "connection:id", organization, connection, id, groups: [], reason, run?, marked, chunk, cursor?,
 *              touched: [], published, ended, at}
 * rules       {_id: "connection:version", organization, connection, version, by, at, ...}
 * </pre>
 */
@NullMarked
package io.rollcall.reconciler.mongo.run;

import org.jspecify.annotations.NullMarked;
