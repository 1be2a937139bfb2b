/** Programs as a user writes them. */
@NullMarked
package example;

import org.jspecify.annotations.NullMarked;
