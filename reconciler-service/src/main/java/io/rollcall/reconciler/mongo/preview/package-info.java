/**
 * Drafts and previews on MongoDB: <pre>
 * drafts          {_id: connection, version, madeFrom, by?, at, rules?}
 * previews        {_id, connection, at, state, expireAt}
 * previewOutcomes {_id: "preview:account:id" or "preview:team:id", preview, name, kinds: [...], losses: [...],
 *                  emailKey?, wants?, linkKey?, keys?, nameKey?, reportedTo?, reportsTo?, staged?: id, team?: true,
 *                  before?, atOnce?, after, given?, expireAt}
 * </pre> {@code state} is the preview in the JSON of events;
 * {@code before, atOnce, after} are accounts and teams as in their collections.
 */
@NullMarked
package io.rollcall.reconciler.mongo.preview;

import org.jspecify.annotations.NullMarked;
