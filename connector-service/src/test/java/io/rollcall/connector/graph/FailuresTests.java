package io.rollcall.connector.graph;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.InstantSource;

import io.rollcall.connector.rules.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What Graph's refusals mean. */
class FailuresTests {

	private final Failures failures = new Failures(InstantSource.system());

	@ParameterizedTest
	@CsvSource({ "410,error-410-syncstatenotfound,true,DeltaLinkExpired", "410,,true,DeltaLinkExpired",
			"400,error-400-deltalink-too-old,true,DeltaLinkExpired", "400,error-400-deltalink-too-old,false,Transient",
			"404,error-410-syncstatenotfound,true,DeltaLinkExpired", "429,error-429-directory,true,Throttled",
			"401,,true,Denied", "403,,false,Denied", "404,,false,NotFound", "409,,false,Conflict",
			"500,,true,Transient", "502,,true,Transient", "503,,true,Transient", "504,,true,Transient" })
	void areTranslatedByStatusFirstAndCodeSecond(int status, String sample, boolean withToken, String failure)
			throws IOException {
		ErrorBody body = new ErrorBody(null, null);
		if (sample != null) {
			try (InputStream json = FailuresTests.class.getResourceAsStream("/graph-samples/" + sample + ".json")) {
				body = ErrorBody.read(json);
			}
		}
		assertThat(
				this.failures.ofStatus(status, null, body.code(), body.message(), withToken).getClass().getSimpleName())
			.isEqualTo(failure);
	}

	@Test
	void passWhenTheNetworkFails() {
		assertThat(this.failures.of(new RuntimeException(new InterruptedIOException("timeout"))))
			.isInstanceOf(Failure.Transient.class);
	}

	@Test
	void sayTheFirstWordsOfAProxysPage() throws IOException {
		ErrorBody body = ErrorBody.read(new java.io.ByteArrayInputStream("<html>Bad gateway</html>".getBytes()));
		assertThat(this.failures.ofStatus(502, null, body.code(), body.message(), false).message())
			.isEqualTo("Graph answered 502: <html>Bad gateway</html>");
	}

}
