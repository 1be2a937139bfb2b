package io.millrace.dataflow.plan;

import io.millrace.dataflow.schema.Schema;

/**
 * Rows that live in an engine, such as a table of its session: only that engine can run a plan of them, and no document
 * can hold them. Immutable.
 */
public interface HostedRows {
    /** The name of the engine. */
    String engine();

    /** What tells these rows from all others, in the fingerprint of a dataflow. */
    String id();

    /** The columns. */
    Schema schema();
}
