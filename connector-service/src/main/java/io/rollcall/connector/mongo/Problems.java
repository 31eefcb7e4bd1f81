package io.rollcall.connector.mongo;

import io.rollcall.model.run.Problem;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** How a problem is written. */
final class Problems {

	private Problems() {
	}

	static @Nullable Document write(@Nullable Problem problem) {
		return (problem != null) ? new Document("code", problem.code().name()).append("message", problem.message())
			.append("action", problem.action())
			.append("needsPerson", problem.needsPerson()) : null;
	}

	static @Nullable Problem read(@Nullable Document document) {
		return (document != null) ? new Problem(Problem.Code.valueOf(document.getString("code")),
				document.getString("message"), document.getString("action"), document.getBoolean("needsPerson")) : null;
	}

}
