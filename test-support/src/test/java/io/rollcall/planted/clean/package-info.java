@NullMarked
package io.rollcall.planted.clean;

import org.jspecify.annotations.NullMarked;
