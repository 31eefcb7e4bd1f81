/**
 * What users of the whole feel: {@code FirstSync} of a tenant and {@code Stages} of it,
 * {@code ChangeLatency} from the directory to the inbox, {@code WebhookLoad}, and
 * {@code NaiveScript}, which is what one would write without all this.
 */
@NullMarked
package io.rollcall.benchmarks.scenario;

import org.jspecify.annotations.NullMarked;
