/**
 * The {@code millrace} command: it parses arguments, calls the libraries and prints.
 *
 * <p>Nothing is decided here that a program could not ask of the libraries. The engine on Spark is found on the class path, if it is there.
 */
@NullMarked
package io.millrace.cli;

import org.jspecify.annotations.NullMarked;
