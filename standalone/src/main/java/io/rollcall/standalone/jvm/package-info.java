/** What several applications in one JVM need that each in its own would not. */
@NullMarked
package io.rollcall.standalone.jvm;

import org.jspecify.annotations.NullMarked;
