package io.millrace.dataflow.expr;

import java.util.List;

/** Brings user functions along with a jar: an implementation named in {@code META-INF/services} is found by itself. */
public interface UserFunctionProvider {
    /** The functions, which are registered by their names. */
    List<UserFunction> functions();
}
