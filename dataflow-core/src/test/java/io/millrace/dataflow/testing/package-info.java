/**
 * What tests of every module share: the contract that every engine keeps, rows that can be read, assertions on whole
 * tables, and real servers started for a test. Published in the test-jar.
 */
@NullMarked
package io.millrace.dataflow.testing;

import org.jspecify.annotations.NullMarked;
