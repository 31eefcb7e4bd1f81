/**
 * What people reach over HTTP in every service: its dead letters, to redrive or discard.
 */
@NullMarked
package io.rollcall.support.web;

import org.jspecify.annotations.NullMarked;
