package io.rollcall.planted.upwards.mongo;

/** Planted. */
public final class Table {

}
