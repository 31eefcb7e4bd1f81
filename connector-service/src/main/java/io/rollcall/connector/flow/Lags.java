package io.rollcall.connector.flow;

import reactor.core.publisher.Mono;

/** How far behind the readers of a topic are. */
public interface Lags {

	/**
	 * @param records that wait; all that there are when nobody has ever read
	 * @param perSecond records that are being done in a second, 0 if not known
	 */
	record Lag(long records, double perSecond) {

		/** Nobody can say: it may be any number. */
		public static final Lag UNKNOWN = new Lag(Long.MAX_VALUE, 0);

	}

	/** The reconciler's lag on observations; unknown when it cannot be read. */
	Mono<Lag> ofReconciler();

}
