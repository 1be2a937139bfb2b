/**
 * The front door of AutoML: {@code Experiment}, and {@code TrialRunner}, which every place that runs trials implements.
 */
@NullMarked
package io.millrace.automl;

import org.jspecify.annotations.NullMarked;
