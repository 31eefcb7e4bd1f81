package io.rollcall.reconciler;

import io.rollcall.test.architecture.ServiceArchitecture;

class ArchitectureTests extends ServiceArchitecture {

	ArchitectureTests() {
		super("io.rollcall.reconciler");
	}

}
