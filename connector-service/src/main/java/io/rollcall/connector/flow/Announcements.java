package io.rollcall.connector.flow;

import io.rollcall.model.progress.Progress;
import io.rollcall.model.run.RunEvent;

/**
 * What people and the coordinator are told; each ends when Kafka has it. One that is told
 * again has the same id.
 */
public interface Announcements {

	void publish(String id, RunEvent event);

	void publish(String id, Progress event);

}
