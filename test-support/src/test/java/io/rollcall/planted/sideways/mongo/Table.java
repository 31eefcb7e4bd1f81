package io.rollcall.planted.sideways.mongo;

/** Planted. */
public final class Table {

}
