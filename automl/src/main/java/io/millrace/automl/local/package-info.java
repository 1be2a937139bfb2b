/**
 * Runs the trials of an experiment on the threads of this process.
 */
@NullMarked
package io.millrace.automl.local;

import org.jspecify.annotations.NullMarked;
