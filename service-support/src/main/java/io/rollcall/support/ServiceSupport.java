package io.rollcall.support;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.rollcall.support.kafka.KafkaSupportConfiguration;
import io.rollcall.support.mongo.MongoSupportConfiguration;
import io.rollcall.support.web.WebSupportConfiguration;

import org.springframework.context.annotation.Import;

/**
 * Gives a service its Kafka and MongoDB: publisher, topics, dead letters (with their
 * REST), readiness.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Import({ KafkaSupportConfiguration.class, MongoSupportConfiguration.class, WebSupportConfiguration.class })
public @interface ServiceSupport {

}
