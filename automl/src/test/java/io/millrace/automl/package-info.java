/** Tests of the front door of AutoML. */
@org.jspecify.annotations.NullMarked
package io.millrace.automl;
