/**
 * Where rows come from and how to read them: addresses, credentials, the options of a format. A source is an address
 * and never holds a secret that can be printed; {@code SourceAccess} opens it where the read happens.
 */
@NullMarked
package io.millrace.dataflow.source;

import org.jspecify.annotations.NullMarked;
