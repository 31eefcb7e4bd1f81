/**
 * The ports on MongoDB: one collection a noun, codecs written by hand, raw bulk writes
 * conditional on {@code version}. The documents ({@code ?} = absent when there is none):
 * <pre>
 * facts    {_id: "connection:object", organization, connection, object, kind, turns, version,
 *           self?: {s, i, selection, departure?, attributes: {...}}, manager?: {s, i, object?},
 *           lastSeen: {s, i}, hasAttributes, ignored, commands: [id]}
 *          {_id: "connection:object:container", organization, connection, object, kind,
 *           c, k, p, s, i, at?} for each edge: the container and its kind, whether it is present
 * accounts {_id: "organization:account", organization, account, status, version, rulesVersion,
 *           fields: {...}, emailKey?, link?: {connection, object, status}, updatedAt,
 *           memberships: [{team, teamName, role, origin}], held?: {reason, detail, wants?},
 *           staged?: {leaver?: {reason, run?, at, version}, removals: [{team, run?, at, version}]},
 *           commands: [id], pending: [...]}
 * teams    {_id: "organization:team", organization, team, name, status, live, turns, version,
 *           updatedAt, group?: {connection, object}, staged?: {run?, at, version}, pending: [...]}
 * </pre>
 */
@NullMarked
package io.rollcall.reconciler.mongo;

import org.jspecify.annotations.NullMarked;
