package org.springframework.cloud.stream.planted;

/** Planted. */
public final class Binding {

}
