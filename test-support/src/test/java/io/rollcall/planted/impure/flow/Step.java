package io.rollcall.planted.impure.flow;

/** Planted. */
public final class Step {

}
