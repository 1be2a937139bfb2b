@NullMarked
package io.millrace.dataflow.spark.csv;

import org.jspecify.annotations.NullMarked;
