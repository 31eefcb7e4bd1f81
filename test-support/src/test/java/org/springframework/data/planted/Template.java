package org.springframework.data.planted;

/** Planted. */
public final class Template {

}
