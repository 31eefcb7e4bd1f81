@NullMarked
package io.rollcall.planted.clean.flow;

import org.jspecify.annotations.NullMarked;
