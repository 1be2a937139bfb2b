/**
 * Steps, the nodes that connect them, and the typed plan that an engine runs.
 *
 * <p>A step is a record without inputs; a node holds the edges and a fingerprint. One binder leads from the forgiving form to the strict one.
 * Nothing in this package knows an engine.
 */
@NullMarked
package io.millrace.dataflow.plan;

import org.jspecify.annotations.NullMarked;
