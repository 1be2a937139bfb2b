/**
 * The unit of work of an experiment: a fit of one candidate on all folds but one, a pure function of its arguments.
 *
 * <p>Data, orders and results are encoded by our own codec, so that a fit runs on a thread of this process or on another
 * machine alike. This package has no threads and, but for {@code FitStop}, no clock.
 */
@NullMarked
package io.millrace.automl.fit;

import org.jspecify.annotations.NullMarked;
