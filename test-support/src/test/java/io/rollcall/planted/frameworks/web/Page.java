package io.rollcall.planted.frameworks.web;

import org.springframework.cloud.stream.planted.Binding;
import org.springframework.data.planted.Template;

/** Planted. */
public final class Page {

	public Object data() {
		return new Template();
	}

	public Object stream() {
		return new Binding();
	}

}
