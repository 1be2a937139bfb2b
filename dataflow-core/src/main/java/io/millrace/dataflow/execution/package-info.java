/** What every piece of running work is given: a token that asks it to stop and a share of memory. */
@NullMarked
package io.millrace.dataflow.execution;

import org.jspecify.annotations.NullMarked;
