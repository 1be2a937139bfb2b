package io.millrace.dataflow.learn;

import io.millrace.dataflow.Dataflow;
import java.util.Objects;

/**
 * What can be learnt from the rows of a dataflow: {@code Learn.from(people).impute("age", MEDIAN).learn(engine)}. Each
 * method starts a builder, whose options come next; {@code learn(engine)} runs the dataflow and gives a value that shows
 * what was learnt, can be edited, and becomes steps. Null cells and error values teach nothing, and stay as they are
 * unless it is said otherwise.
 */
public final class Learn {
    private final Dataflow dataflow;

    private Learn(Dataflow dataflow) {
        this.dataflow = dataflow;
    }

    /** What can be learnt from {@code dataflow}. Nothing is read yet. */
    public static Learn from(Dataflow dataflow) {
        return new Learn(Objects.requireNonNull(dataflow, "dataflow"));
    }

    /** Columns that two dataflows could be joined by, with what speaks for each. Nothing is read yet. */
    public static JoiningBuilder joining(Dataflow left, Dataflow right) {
        return JoiningBuilder.of(left, right);
    }

    /** A statistic of a column, of all rows or of each group, to stand in place of its nulls. */
    public ImputeBuilder impute(String column, Statistic statistic) {
        return ImputeBuilder.of(dataflow, column, statistic);
    }

    /** A column of 1 and 0 for each value of a column. */
    public OneHotBuilder oneHot(String column) {
        return OneHotBuilder.of(dataflow, column);
    }

    /** A number from 0 for each value of a column, in a new column. */
    public LabelEncodeBuilder labelEncode(String column, String newColumn) {
        return LabelEncodeBuilder.of(dataflow, column, newColumn);
    }

    /** The range of a column, to be stretched to another one in place. */
    public MinMaxScaleBuilder minMaxScale(String column) {
        return MinMaxScaleBuilder.of(dataflow, column);
    }

    /** The mean and standard deviation of a column, to make them 0 and 1 in place. */
    public StandardScaleBuilder standardScale(String column) {
        return new StandardScaleBuilder(dataflow, column);
    }

    /** The quantiles of a column, to give its values a uniform or normal distribution in a new column. */
    public QuantileTransformBuilder quantileTransform(String column, String newColumn) {
        return QuantileTransformBuilder.of(dataflow, column, newColumn);
    }

    /** The edges of bins that have the same width or hold about as many values, whose numbers are a new column. */
    public BinsBuilder bins(String column, String newColumn) {
        return new BinsBuilder(dataflow, column, newColumn);
    }

    /** A new column of texts, made of others as examples show it. */
    public DerivedColumnBuilder column(String newColumn) {
        return DerivedColumnBuilder.of(dataflow, newColumn);
    }

    /** The texts of a column that are spellings of the same, to become one of them. */
    public SpellingsBuilder spellings(String column) {
        return SpellingsBuilder.of(dataflow, column);
    }

    /** What columns of text are: numbers, truth values, dates and times. */
    public ColumnTypesBuilder columnTypes() {
        return ColumnTypesBuilder.of(dataflow);
    }

    /** The parts that the texts of a column fall into, as examples show it or by one separator. */
    public SplitColumnBuilder split(String column) {
        return SplitColumnBuilder.of(dataflow, column);
    }
}
