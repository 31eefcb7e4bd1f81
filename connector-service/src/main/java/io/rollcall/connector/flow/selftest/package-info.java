/**
 * The self-test of a connection: a checklist over its settings, stored or not. The token
 * comes first, all else side by side with a time limit for each; what a check says are
 * codes and parameters, whose words the web adds in the asked language. It writes
 * nothing, and the one thing that it makes, a subscription, it takes back.
 */
@NullMarked
package io.rollcall.connector.flow.selftest;

import org.jspecify.annotations.NullMarked;
