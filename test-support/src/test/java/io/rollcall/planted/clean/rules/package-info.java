@NullMarked
package io.rollcall.planted.clean.rules;

import org.jspecify.annotations.NullMarked;
