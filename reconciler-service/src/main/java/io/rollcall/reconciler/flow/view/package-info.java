/** What people and programs may look at. */
@NullMarked
package io.rollcall.reconciler.flow.view;

import org.jspecify.annotations.NullMarked;
