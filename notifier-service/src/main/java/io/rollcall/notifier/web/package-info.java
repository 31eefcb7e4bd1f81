/**
 * REST and server-sent events for recipients and their inboxes. What is unknown or wrong
 * is answered with problem details (RFC 9457).
 */
@NullMarked
package io.rollcall.notifier.web;

import org.jspecify.annotations.NullMarked;
