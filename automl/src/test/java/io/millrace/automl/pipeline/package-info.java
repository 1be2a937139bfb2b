/** Tests of pipelines, and small pipelines to try. */
@NullMarked
package io.millrace.automl.pipeline;

import org.jspecify.annotations.NullMarked;
