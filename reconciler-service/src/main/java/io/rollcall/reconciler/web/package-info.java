/**
 * REST, for people and programs. Bodies are types of their own, so that what callers see
 * changes only when somebody means it. Reasons and problems are codes with parameters:
 * whoever talks to people has the words.
 */
@NullMarked
package io.rollcall.reconciler.web;

import org.jspecify.annotations.NullMarked;
