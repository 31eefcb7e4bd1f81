/** What people and programs may look at, and ask for. */
@NullMarked
package io.rollcall.reconciler.flow.view;

import org.jspecify.annotations.NullMarked;
