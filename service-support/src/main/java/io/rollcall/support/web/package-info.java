/**
 * What people reach over HTTP in every service: its dead letters, to redrive or discard;
 * and how every controller answers what is wrong:
 * {@link io.rollcall.support.web.Problems} with words of its own, the advice for the
 * rest, and no query parameter that it does not declare.
 */
@NullMarked
package io.rollcall.support.web;

import org.jspecify.annotations.NullMarked;
