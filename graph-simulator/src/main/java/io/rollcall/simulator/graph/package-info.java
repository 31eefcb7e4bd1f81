/**
 * Microsoft Graph as a client sees it.
 * <p>
 * {@link io.rollcall.simulator.graph.GraphHandler} turns an HTTP exchange into a
 * {@code GraphRequest} (token checked, path and query taken apart, faults considered),
 * {@code GraphRoutes} finds who answers: {@code DeltaReads}, {@code ObjectReads},
 * {@code MemberReads}, {@code DeletedItems}, {@code SubscriptionCalls}. They write
 * {@link io.rollcall.simulator.json.JsonBytes} through {@code ObjectWriter}; nothing here
 * holds state.
 */
@NullMarked
package io.rollcall.simulator.graph;

import org.jspecify.annotations.NullMarked;
