package io.millrace.dataflow.learn;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Engine;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.kernel.CellValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Learns the labels of a column, each to become a column of 1 and 0. Immutable. */
public final class OneHotBuilder {
    private final Dataflow dataflow;
    private final String column;
    private final String prefix;
    private final int most;

    private OneHotBuilder(Dataflow dataflow, String column, String prefix, int most) {
        this.dataflow = dataflow;
        this.column = Objects.requireNonNull(column, "column");
        this.prefix = Objects.requireNonNull(prefix, "prefix");
        this.most = most;
    }

    static OneHotBuilder of(Dataflow dataflow, String column) {
        return new OneHotBuilder(dataflow, column, column + "_", Labels.MOST);
    }

    /** Names the new columns by this and their label; the name of the column and {@code _} unless said. */
    public OneHotBuilder prefix(String text) {
        return new OneHotBuilder(dataflow, column, text, most);
    }

    /** Learns up to so many labels; 1,000 unless said. */
    public OneHotBuilder limit(int labels) {
        return new OneHotBuilder(dataflow, column, prefix, Labels.checkedLimit(labels));
    }

    /**
     * Runs the dataflow. The labels are in order, from small to large; a name that is taken gets {@code _2}.
     *
     * @throws DataflowException {@code UNKNOWN_COLUMN}; {@code TYPE_MISMATCH} for lists, structs and bytes; {@code
     *     NOTHING_TO_LEARN} when the column has no value; {@code TOO_MANY_VALUES} for more labels than the limit
     */
    public OneHot learn(Engine engine) {
        List<Object> labels = Labels.learn(dataflow, column, "the labels", most, engine);
        List<String> taken = new ArrayList<>(dataflow.schema(engine).names());
        List<OneHot.Label> named = new ArrayList<>();
        for (Object label : labels) {
            String name = Query.free(prefix + CellValues.text(label), taken);
            taken.add(name);
            named.add(new OneHot.Label(label, name));
        }
        return new OneHot(dataflow, column, named);
    }
}
