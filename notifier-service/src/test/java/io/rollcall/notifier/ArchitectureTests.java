package io.rollcall.notifier;

import io.rollcall.test.architecture.ServiceArchitecture;

class ArchitectureTests extends ServiceArchitecture {

	ArchitectureTests() {
		super("io.rollcall.notifier");
	}

}
