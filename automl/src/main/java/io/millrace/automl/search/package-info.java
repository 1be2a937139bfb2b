/**
 * Proposes the next candidate from the outcomes so far.
 *
 * <p>A searcher is pure: it has no clock, no threads and no memory but what it is given.
 */
@NullMarked
package io.millrace.automl.search;

import org.jspecify.annotations.NullMarked;
