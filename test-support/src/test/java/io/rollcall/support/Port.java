package io.rollcall.support;

/** Planted. */
public final class Port {

}
