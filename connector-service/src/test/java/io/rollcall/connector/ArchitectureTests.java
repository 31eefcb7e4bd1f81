package io.rollcall.connector;

import io.rollcall.test.architecture.ServiceArchitecture;

class ArchitectureTests extends ServiceArchitecture {

	ArchitectureTests() {
		super("io.rollcall.connector");
	}

}
