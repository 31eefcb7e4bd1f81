@NullMarked
package io.rollcall.planted.clean.mongo;

import org.jspecify.annotations.NullMarked;
