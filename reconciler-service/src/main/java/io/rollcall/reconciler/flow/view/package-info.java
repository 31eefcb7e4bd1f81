/** What people and programs may look at: ports that read, and the views they give. */
@NullMarked
package io.rollcall.reconciler.flow.view;

import org.jspecify.annotations.NullMarked;
