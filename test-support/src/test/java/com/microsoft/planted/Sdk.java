package com.microsoft.planted;

/** Planted. */
public final class Sdk {

}
