/**
 * Timings: JMH benchmarks of single parts, and runs side by side with other systems.
 */
@NullMarked
package io.millrace.benchmarks;

import org.jspecify.annotations.NullMarked;
