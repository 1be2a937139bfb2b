package io.millrace.dataflow.plan;

/** One operation of a dataflow as the user said it: its parameters, and nothing about its inputs. Immutable. */
public sealed interface Step permits SourceStep, ColumnStep, RowStep, TableStep {
    /** Calls the method of {@code visitor} for this step. */
    <R> R accept(Visitor<R> visitor);

    /** One method per step, so that a forgotten one does not compile. */
    interface Visitor<R>
            extends SourceStep.Visitor<R>, ColumnStep.Visitor<R>, RowStep.Visitor<R>, TableStep.Visitor<R> {}
}
