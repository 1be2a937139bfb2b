/**
 * What a plan means, said a second time and as plainly as possible: rows are lists of Java objects, operators are loops, and
 * nothing of the engines is used. Engines are compared with it.
 */
@NullMarked
package io.millrace.dataflow.testing.reference;

import org.jspecify.annotations.NullMarked;
