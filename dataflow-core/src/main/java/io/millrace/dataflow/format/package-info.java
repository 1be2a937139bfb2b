/** What every file format does: find columns, split files into parts that are read apart, write rows. Formats are found by name. */
@NullMarked
package io.millrace.dataflow.format;

import org.jspecify.annotations.NullMarked;
