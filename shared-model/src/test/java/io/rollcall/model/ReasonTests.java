package io.rollcall.model;

import java.util.LinkedHashMap;
import java.util.Map;

import io.rollcall.model.run.Problem;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReasonTests {

	@Test
	void keepsItsParametersInTheirOrderWhateverBecomesOfTheMap() {
		Map<String, String> parameters = new LinkedHashMap<>();
		parameters.put("name", "Adele Varga");
		parameters.put("holder", "a-1");
		parameters.put("email", "adelev@contoso.com");
		Reason reason = new Reason(Reason.Code.EMAIL_TAKEN, parameters);
		Problem problem = new Problem(Problem.Code.INTERNAL, parameters, false);
		parameters.clear();
		assertThat(reason.parameters().keySet()).containsExactly("name", "holder", "email");
		assertThat(problem.parameters().keySet()).containsExactly("name", "holder", "email");
	}

	@Test
	void isTheSameAsAnotherOfTheSameCodeAndParameters() {
		assertThat(Reason.of(Reason.Code.EMAIL_INVALID, "email", "x"))
			.isEqualTo(new Reason(Reason.Code.EMAIL_INVALID, Map.of("email", "x")))
			.isNotEqualTo(Reason.of(Reason.Code.EMAIL_INVALID));
	}

}
