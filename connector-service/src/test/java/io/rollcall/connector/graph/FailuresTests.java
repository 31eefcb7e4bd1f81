package io.rollcall.connector.graph;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.SequenceInputStream;
import java.net.SocketException;
import java.time.InstantSource;
import java.util.List;

import io.rollcall.connector.flow.Answer;
import io.rollcall.connector.flow.Tenants.Page;
import io.rollcall.connector.graph.Failures.Asked;
import io.rollcall.connector.graph.GraphHttp.ErrorBody;
import io.rollcall.connector.rules.Failure;
import io.rollcall.connector.rules.Resource;
import io.rollcall.model.run.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What Graph's refusals mean. */
class FailuresTests {

	private final Failures failures = new Failures(InstantSource.system());

	@ParameterizedTest
	@CsvSource({ "410,error-410-syncstatenotfound,LINK,LinkExpired", "410,,LINK,LinkExpired",
			"400,error-400-deltalink-too-old,LINK,LinkExpired",
			"400,error-400-deltalink-too-old,FIRST_PAGE,AttributeRefused",
			"400,error-400-deltalink-too-old,OTHER,Transient", "404,error-410-syncstatenotfound,LINK,LinkExpired",
			"400,,LINK,LinkDead", "404,,LINK,LinkDead", "405,,LINK,LinkDead", "501,,FIRST_PAGE,AttributeRefused",
			"429,error-429-directory,LINK,Throttled", "401,,LINK,Denied", "403,,LINK,Denied", "403,,OTHER,Denied",
			"404,,OTHER,NotFound", "404,,FIRST_PAGE,NotFound", "409,,OTHER,Conflict", "500,,LINK,Transient",
			"502,,LINK,Transient", "503,,LINK,Transient", "504,,LINK,Transient" })
	void areTranslatedByStatusFirstAndCodeSecond(int status, String sample, Asked asked, String failure)
			throws IOException {
		ErrorBody body = new ErrorBody(null, null);
		if (sample != null) {
			try (InputStream json = FailuresTests.class.getResourceAsStream("/graph-samples/" + sample + ".json")) {
				body = ErrorBody.read(json);
			}
		}
		assertThat(this.failures.ofStatus(status, null, body.code(), body.message(), asked).getClass().getSimpleName())
			.isEqualTo(failure);
	}

	@ParameterizedTest
	@CsvSource({ "400,false", "401,true", "403,true", "404,false", "409,false", "429,true", "500,false", "501,false",
			"502,false", "503,true", "504,false" })
	void stopAllOnlyWhenAllOfGraphWouldAnswerSo(int status, boolean all) {
		assertThat(this.failures.ofStatus(status, null, null, null, Asked.LINK).stopsAll()).isEqualTo(all);
	}

	@Test
	void passWhenTheNetworkFails() {
		assertThat(this.failures.of(new RuntimeException(new InterruptedIOException("timeout"))))
			.isInstanceOfSatisfying(Failure.Transient.class, (passing) -> assertThat(passing.stopsAll()).isTrue());
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "{\"value\":[{\"id\":\"a\"}" })
	void passWhenTheNetworkFailsInTheMiddleOfABody(String begun) {
		InputStream cut = new SequenceInputStream(new ByteArrayInputStream(begun.getBytes()), new InputStream() {
			@Override
			public int read() throws IOException {
				throw new SocketException("Connection reset");
			}
		});
		Answer<Page> answer = this.failures
			.translated(() -> new Answer.Got<>(new PageParser(Resource.USERS, List.of()).page(cut)));
		assertThat(answer).isInstanceOfSatisfying(Answer.Failed.class,
				(failed) -> assertThat(failed.failure()).isInstanceOfSatisfying(Failure.Transient.class,
						(passing) -> assertThat(passing.code()).isEqualTo(Problem.Code.GRAPH_UNREACHABLE)));
	}

	@Test
	void sayTheFirstWordsOfAProxysPage() throws IOException {
		ErrorBody body = ErrorBody.read(new java.io.ByteArrayInputStream("<html>Bad gateway</html>".getBytes()));
		assertThat(this.failures.ofStatus(502, null, body.code(), body.message(), Asked.OTHER).message())
			.isEqualTo("Graph answered 502: <html>Bad gateway</html>");
	}

}
