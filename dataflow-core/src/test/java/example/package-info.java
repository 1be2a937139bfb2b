/** The lines of the guides, as programs that compile and run. */
@NullMarked
package example;

import org.jspecify.annotations.NullMarked;
