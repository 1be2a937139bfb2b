/**
 * What tests of every module share: real servers started for a test. Published in the test-jar.
 */
@NullMarked
package io.millrace.dataflow.testing;

import org.jspecify.annotations.NullMarked;
