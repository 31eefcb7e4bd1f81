/** MongoDB for every service: how the client writes, and where dead letters are kept. */
@NullMarked
package io.rollcall.support.mongo;

import org.jspecify.annotations.NullMarked;
