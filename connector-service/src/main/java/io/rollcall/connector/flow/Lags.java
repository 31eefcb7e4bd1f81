package io.rollcall.connector.flow;

import reactor.core.publisher.Mono;

/** How far behind the readers of a topic are. */
public interface Lags {

	/**
	 * @param records that wait; all that there are when nobody has ever read
	 * @param perSecond records that are being done in a second, 0 if not known
	 * @param hints whether hints of any connection have come in the last seconds, so that
	 * somebody waits for what they lead to
	 */
	record Lag(long records, double perSecond, boolean hints) {

		/** Nobody can say: it may be any number. */
		public static final Lag UNKNOWN = new Lag(Long.MAX_VALUE, 0, true);

		/** The same with more records behind it. */
		public Lag plus(long more) {
			return (this.records > Long.MAX_VALUE - more) ? UNKNOWN
					: new Lag(this.records + more, this.perSecond, this.hints);
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
