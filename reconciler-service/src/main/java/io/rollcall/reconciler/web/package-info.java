/**
 * REST, for people and programs. What the events say to others, or the flow keeps for
 * people, is shown as it is; other bodies are types of their own, so that what callers
 * see changes only when somebody means it. Reasons and problems are codes with
 * parameters: whoever talks to people has the words.
 */
@NullMarked
package io.rollcall.reconciler.web;

import org.jspecify.annotations.NullMarked;
