package io.rollcall.notifier.web;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How streams are served.
 *
 * @param heartbeat how often a silent stream says that it is alive, so that proxies keep
 * it open
 */
@ConfigurationProperties("rollcall.notifier.stream")
public record WebSettings(@DefaultValue("15s") Duration heartbeat) {
}
