package io.rollcall.support.planted;

/** Planted. */
public final class Support {

}
