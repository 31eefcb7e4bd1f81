package io.rollcall.reconciler.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rollcall.reconciler.rules.scope.Condition;

import org.springframework.boot.jackson.JacksonMixin;

/** A condition is shown with the parts that it has. */
@JacksonMixin(Condition.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
abstract class ConditionMixin {

}
