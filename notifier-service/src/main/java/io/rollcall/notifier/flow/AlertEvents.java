package io.rollcall.notifier.flow;

import java.util.List;

/** The alerts that other applications read. */
public interface AlertEvents {

	/** Ends when all of them are acknowledged. */
	void publish(List<FiledAlert> alerts);

}
