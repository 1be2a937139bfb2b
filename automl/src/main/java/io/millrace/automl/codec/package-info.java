/**
 * The bytes of fits, models and journals.
 *
 * <p>A format is written and read by code in this package alone: no Java serialization, and no class is named in a file.
 */
@NullMarked
package io.millrace.automl.codec;

import org.jspecify.annotations.NullMarked;
