package io.rollcall.planted.printing.web;

/** Planted. */
public final class Page {

	public void planted() {
		System.out.println();
	}

}
