package io.rollcall.embedded;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A JVM of its own that owns a mongod until it is killed. */
final class KilledOwner {

	private KilledOwner() {
	}

	public static void main(String[] args) throws InterruptedException {
		EmbeddedMongo mongo = EmbeddedMongo.startIn(Path.of(args[0]));
		System.out.println("runs " + mongo.uri());
		new CountDownLatch(1).await();
	}

}
