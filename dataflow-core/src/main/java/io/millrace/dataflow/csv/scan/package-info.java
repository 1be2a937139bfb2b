/**
 * The scanner: from bytes of UTF-8 to columns, on many threads, for dialects whose characters are single ASCII ones.
 *
 * <p>A file is read in chunks. Each finds its separators under the hypothesis that it begins outside of quotes, waits for
 * the true state at the end of the chunk before it, and looks again only where the two disagree; so the records are
 * those of a sequential read, whatever the bytes. Only then are the cells of the selected columns looked at.
 */
@NullMarked
package io.millrace.dataflow.csv.scan;

import org.jspecify.annotations.NullMarked;
