package io.millrace.dataflow.testing;

import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.WindowFunction;
import io.millrace.dataflow.plan.Function;
import io.millrace.dataflow.plan.Step;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names what a test of the contract checks, so that another test finds what none does. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Checks {
    /** The functions that the test applies. */
    Function[] functions() default {};

    /** The steps that the test takes. */
    Class<? extends Step>[] steps() default {};

    /** The aggregates that the test computes. */
    Aggregate.Kind[] aggregates() default {};

    /** The window functions that the test computes. */
    WindowFunction.Kind[] windows() default {};
}
