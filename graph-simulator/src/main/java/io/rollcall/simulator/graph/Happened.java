package io.rollcall.simulator.graph;

import java.util.LinkedHashMap;
import java.util.Map;

import io.rollcall.simulator.tenant.ChangeLog;
import io.rollcall.simulator.tenant.What;

/**
 * What happened to one object between two places in the log.
 *
 * @param attributes which attributes changed, as bits
 * @param appeared whether it was created or restored: it is then told whole
 * @param restored whether it was restored
 * @param managerChanged whether its manager changed
 * @param formerManager who led it before, if nobody does now
 * @param edges members in the order they were first touched, and whether each is in now
 */
record Happened(long attributes, boolean appeared, boolean restored, boolean managerChanged, int formerManager,
		Map<Integer, Boolean> edges) {

	/** From the entry backwards to the sequence, which is included. */
	static Happened since(ChangeLog log, int entry, int from) {
		long attributes = 0;
		boolean created = false;
		boolean restored = false;
		boolean manager = false;
		int former = ChangeLog.NONE;
		Map<Integer, Boolean> newestFirst = new LinkedHashMap<>();
		for (int at = entry; at >= from && at != ChangeLog.NONE; at = log.previous(at)) {
			What what = log.what(at);
			switch (what) {
				case CREATED -> created = true;
				case RESTORED -> restored = true;
				case ATTRIBUTES -> attributes |= log.attributes(at);
				case MANAGER -> {
					manager = true;
					former = (log.member(at) != ChangeLog.NONE) ? log.member(at) : former;
				}
				case MEMBER_ADDED -> newestFirst.putIfAbsent(log.member(at), true);
				case MEMBER_REMOVED -> newestFirst.putIfAbsent(log.member(at), false);
				case DELETED, PURGED -> {
				}
			}
		}
		return new Happened(attributes, created || restored, restored, manager || created || restored, former,
				newestFirst);
	}

}
