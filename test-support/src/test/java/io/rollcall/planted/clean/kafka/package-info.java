@NullMarked
package io.rollcall.planted.clean.kafka;

import org.jspecify.annotations.NullMarked;
