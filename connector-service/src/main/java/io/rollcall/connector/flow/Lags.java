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

		/** The same with more records behind it. */
		public Lag plus(long more) {
			return (this.records > Long.MAX_VALUE - more) ? UNKNOWN : new Lag(this.records + more, this.perSecond);
		}

	}

	/**
	 * The reconciler's lag on observations; unknown when it cannot be read. It is not
	 * read each time: what was {@link #published} meanwhile is added.
	 */
	Mono<Lag> ofReconciler();

	/** So many observations were published. */
	void published(int records);

}
