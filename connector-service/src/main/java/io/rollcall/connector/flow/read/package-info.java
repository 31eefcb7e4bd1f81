/**
 * What is read of a tenant, and how it becomes records: live reads, FULL runs, readings
 * by id.
 */
@NullMarked
package io.rollcall.connector.flow.read;

import org.jspecify.annotations.NullMarked;
