/** Random tables, expressions and plans over everything that the catalog and the steps allow, all by a seed. */
@NullMarked
package io.millrace.dataflow.testing.random;

import org.jspecify.annotations.NullMarked;
