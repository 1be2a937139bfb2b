package io.millrace.dataflow.learn;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Engine;
import io.millrace.dataflow.error.DataflowException;
import java.util.Objects;

/** Learns the labels of a column, to be numbered from 0. Immutable. */
public final class LabelEncodeBuilder {
    private final Dataflow dataflow;
    private final String column;
    private final String newColumn;
    private final LabelEncode.Unknown unknown;
    private final int most;

    private LabelEncodeBuilder(
            Dataflow dataflow, String column, String newColumn, LabelEncode.Unknown unknown, int most) {
        this.dataflow = dataflow;
        this.column = Objects.requireNonNull(column, "column");
        this.newColumn = Objects.requireNonNull(newColumn, "newColumn");
        this.unknown = unknown;
        this.most = most;
    }

    static LabelEncodeBuilder of(Dataflow dataflow, String column, String newColumn) {
        return new LabelEncodeBuilder(dataflow, column, newColumn, LabelEncode.Unknown.NULL, Labels.MOST);
    }

    /** Makes a label that was not learnt a {@code CAST} error; null unless said. */
    public LabelEncodeBuilder unknownAsError() {
        return new LabelEncodeBuilder(dataflow, column, newColumn, LabelEncode.Unknown.ERROR, most);
    }

    /** Learns up to so many labels; 1,000 unless said. */
    public LabelEncodeBuilder limit(int labels) {
        return new LabelEncodeBuilder(dataflow, column, newColumn, unknown, Labels.checkedLimit(labels));
    }

    /**
     * Runs the dataflow. The labels are numbered in their order, from small to large.
     *
     * @throws DataflowException {@code UNKNOWN_COLUMN}; {@code TYPE_MISMATCH} for lists, structs and bytes; {@code
     *     NOTHING_TO_LEARN} when the column has no value; {@code TOO_MANY_VALUES} for more labels than the limit
     */
    public LabelEncode learn(Engine engine) {
        return new LabelEncode(
                dataflow, column, newColumn, unknown, Labels.learn(dataflow, column, "the labels", most, engine));
    }
}
