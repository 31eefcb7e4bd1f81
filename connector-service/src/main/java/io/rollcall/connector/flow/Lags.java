package io.rollcall.connector.flow;

import reactor.core.publisher.Mono;

/** How far behind the readers of a topic are. */
public interface Lags {

	/**
	 * @param records that wait; 0 when nobody has ever read
	 * @param perSecond records that are being done in a second, 0 if not known
	 */
	record Lag(long records, double perSecond) {
	}

	/** The reconciler's lag on observations. */
	Mono<Lag> ofReconciler();

}
