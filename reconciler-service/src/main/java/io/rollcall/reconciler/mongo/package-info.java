/**
 * The ports on MongoDB: one collection a noun, lean codecs, raw bulk writes conditional
 * on {@code revision}; reads from the primary. Field names are in {@code Fields}. The
 * documents ({@code ?} = absent when there is none; a stamp is {@code {s, i}}, compared
 * as a whole): <pre>
 * facts    {_id: "connection:object", organization, connection, kind,
 *           whole?: {stamp, attributes: {...}, departure?}, in: ["G…", "A…", "M…"], listed?: stamp,
 *           newer?: [{in, stamp, removed?: date}], membersListed?: stamp, ignored?: true,
 *           answer?: {account, revision, removed, at}, match?: {how, account?},
 *           command?: origin, says?: {cause: origin, run?, changed?, wanted?, source?}, revision}
 * accounts {_id: "organization:account", organization, status, fields: {...}, emailKey?, keys?: [key],
 *           connection?, object?, linkKey?: "connection:object", memberships?: [{team, name, role, byHand?}],
 *           manager?: "connection:object",
 *           staged?: {leaving?: {reason, revision, state, at?}, removals?: [{team, revision}],
 *                     address?: {email, key, revision, released?}},
 *           held?: reason, wants?, rules, version, revision, command?: origin, writtenAt, pending?}
 * teams    {_id: "organization:team", organization, name, nameKey?, status, connection?, source?: "G…" or "M…",
 *           staged?: {reason, revision}, rules, version, revision, command?: origin, writtenAt, pending?}
 * owners   {_id: "organization", accounts: [id], revision}
 * pending  {cause: origin, run?, at, change?: bytes, emails?: [key], managers?: [object]}
 * origin   {t: topic id, p, o}
 * reason   {code, parameters?: {...}}
 * </pre>
 *
 * {@code linkKey} is there only where the account's id is not the one that is derived
 * from its object: an account that was made for its object is found by its id.
 */
@NullMarked
package io.rollcall.reconciler.mongo;

import org.jspecify.annotations.NullMarked;
