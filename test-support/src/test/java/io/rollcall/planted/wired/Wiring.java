package io.rollcall.planted.wired;

/** Planted. */
public final class Wiring {

}
