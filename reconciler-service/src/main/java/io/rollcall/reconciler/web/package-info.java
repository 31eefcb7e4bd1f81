/**
 * How people and programs look and act: JSON over HTTP, one controller a noun. Errors are
 * problem details (RFC 9457) that say what to do. Acts wait two seconds for their effect;
 * after that they answer 202 with where to look.
 */
@NullMarked
package io.rollcall.reconciler.web;

import org.jspecify.annotations.NullMarked;
