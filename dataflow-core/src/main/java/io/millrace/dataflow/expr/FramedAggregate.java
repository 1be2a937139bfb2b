package io.millrace.dataflow.expr;

import java.util.Objects;

/** An aggregate of the rows of a frame around each row. Of a frame without rows it is that of no value. */
public record FramedAggregate(Aggregate aggregate, Frame frame) implements WindowColumn {
    public FramedAggregate {
        Objects.requireNonNull(aggregate, "aggregate");
        Objects.requireNonNull(frame, "frame");
    }

    @Override
    public String name() {
        return aggregate.name();
    }

    @Override
    public FramedAggregate as(String newName) {
        return new FramedAggregate(aggregate.as(newName), frame);
    }

    @Override
    public String toString() {
        return aggregate.call() + " over " + frame + " as " + ExprText.column(name());
    }
}
