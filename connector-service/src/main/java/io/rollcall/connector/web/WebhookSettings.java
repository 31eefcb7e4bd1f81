package io.rollcall.connector.web;

import java.time.Duration;

import jakarta.validation.constraints.Min;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What the webhook takes.
 *
 * @param postsInFlight how many posts are stored at the same time; more get 503 at once
 * @param deadline after which a post gets 503; Graph counts an answer as slow from 3 s on
 * @param largestBody of a post, and of any other request
 * @param mostItems notifications in one post
 */
@Validated
@ConfigurationProperties("rollcall.webhook")
public record WebhookSettings(@DefaultValue("256") @Min(1) int postsInFlight, @DefaultValue("2s") Duration deadline,
		@DefaultValue("2MB") DataSize largestBody, @DefaultValue("2000") @Min(1) int mostItems) {
}
