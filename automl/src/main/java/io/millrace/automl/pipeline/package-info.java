/**
 * A fitted pipeline: it scores a row or a dataflow, and is saved in one file.
 *
 * <p>A pipeline is loaded and scored without Spark and without native libraries, bit for bit as at training.
 */
@NullMarked
package io.millrace.automl.pipeline;

import org.jspecify.annotations.NullMarked;
