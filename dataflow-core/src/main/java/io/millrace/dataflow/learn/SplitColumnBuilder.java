package io.millrace.dataflow.learn;

import static io.millrace.dataflow.expr.Expr.col;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Engine;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.learn.example.Layout;
import io.millrace.dataflow.learn.example.LayoutSearch;
import io.millrace.dataflow.learn.example.LayoutSearch.Parted;
import io.millrace.dataflow.schema.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Learns how the texts of a column fall into parts: by separators, by kinds of characters or by widths, from examples or, of
 * one separator, without. Immutable.
 */
public final class SplitColumnBuilder {
    private static final int SAMPLE = 1_000;
    private static final int MISFITS = 3;

    private final Dataflow dataflow;
    private final String column;
    private final List<String> names;
    private final List<Parted> examples;

    private SplitColumnBuilder(Dataflow dataflow, String column, List<String> names, List<Parted> examples) {
        this.dataflow = dataflow;
        this.column = Objects.requireNonNull(column, "column");
        this.names = names;
        this.examples = examples;
    }

    static SplitColumnBuilder of(Dataflow dataflow, String column) {
        return new SplitColumnBuilder(dataflow, column, List.of(), List.of());
    }

    /**
     * Adds an example: a text, and the parts that it has to fall into, in their order.
     *
     * @throws IllegalArgumentException for another number of parts than the examples before have
     */
    public SplitColumnBuilder example(String text, String first, String... others) {
        List<String> parts = new ArrayList<>(List.of(first));
        parts.addAll(Arrays.asList(others));
        if (!examples.isEmpty() && examples.get(0).parts().size() != parts.size()) {
            throw new IllegalArgumentException("an example has " + parts.size() + " parts, and those before have "
                    + examples.get(0).parts().size());
        }
        List<Parted> more = new ArrayList<>(examples);
        more.add(new Parted(text, parts));
        return new SplitColumnBuilder(dataflow, column, names, List.copyOf(more));
    }

    /** The examples in words, numbered from 1 in their order. */
    public List<String> examples() {
        return examples.stream().map(SplitColumnBuilder::described).toList();
    }

    /**
     * Takes away an example.
     *
     * @param number from 1; the numbers of those after it fall by one
     * @throws IllegalArgumentException when there is no such example
     */
    public SplitColumnBuilder withoutExample(int number) {
        if (number < 1 || number > examples.size()) {
            throw new IllegalArgumentException("there is no example " + number + " of " + examples.size());
        }
        List<Parted> rest = new ArrayList<>(examples);
        rest.remove(number - 1);
        return new SplitColumnBuilder(dataflow, column, names, List.copyOf(rest));
    }

    /**
     * Names the new columns; unless said they are called as the column with {@code _1}, {@code _2}… behind it.
     *
     * @throws IllegalArgumentException for a name that comes twice
     */
    public SplitColumnBuilder into(String first, String... others) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(Arrays.asList(others));
        if (new HashSet<>(all).size() < all.size()) {
            throw new IllegalArgumentException("two parts have one name: " + all);
        }
        return new SplitColumnBuilder(dataflow, column, List.copyOf(all), examples);
    }

    /**
     * Looks for layouts that part all examples, and counts the rows that each fits; the one that fits most is taken, of
     * equal ones the strictest. Without examples, the one separator is taken that parts most of the first 1,000 different
     * texts into equally many parts.
     *
     * @throws DataflowException {@code UNKNOWN_COLUMN}; {@code TYPE_MISMATCH} for a column that is no text; {@code
     *     NOTHING_TO_LEARN} when there is neither an example nor a separator; {@code CONTRADICTING_EXAMPLES} when there is no
     *     layout, with the examples that do not go together; {@code INVALID_ARGUMENT} for another number of names than parts
     */
    public SplitColumn learn(Engine engine) {
        Schema schema = dataflow.schema(engine);
        Query.text(schema, column, "split");
        List<Layout> layouts = examples.isEmpty() ? ofSample(engine) : ofExamples();
        int parts = layouts.get(0).parts();
        if (!names.isEmpty() && names.size() != parts) {
            layouts = layouts.stream()
                    .filter(layout -> layout.parts() == names.size())
                    .toList();
        }
        if (layouts.isEmpty()) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    "Cannot split column '" + column + "': it falls into " + parts + " parts, and there are "
                            + names.size() + (names.size() == 1 ? " name" : " names"));
        }
        Aggregate[] fitting = new Aggregate[layouts.size()];
        for (int i = 0; i < fitting.length; i++) {
            Expr part = layouts.get(i).part(col(column), 1);
            fitting[i] = Aggregate.count().where(part.isNotNull()).as("fitting " + i);
        }
        Aggregate values = Aggregate.count().where(col(column).isNotNull()).as("values");
        List<@Nullable Object> counts = Query.rows(dataflow.groupBy().aggregate(values, fitting), engine)
                .get(0);
        int best = 0;
        for (int i = 1; i < fitting.length; i++) {
            best = count(counts, i + 1) > count(counts, best + 1) ? i : best;
        }
        Layout layout = layouts.get(best);
        List<String> misfits = Query.rows(
                        dataflow.select(column)
                                .filter(col(column).isNotNull())
                                .filter(layout.part(col(column), 1).isNull())
                                .distinct()
                                .limit(MISFITS),
                        engine)
                .stream()
                .map(row -> String.valueOf(row.get(0)))
                .toList();
        List<String> columns = new ArrayList<>(names);
        for (int i = columns.size(); i < layout.parts(); i++) {
            columns.add(Query.free(column + "_" + (i + 1), schema.names()));
        }
        SplitColumn.Counts counted = new SplitColumn.Counts(count(counts, 0), count(counts, best + 1), misfits);
        return new SplitColumn(dataflow, column, columns, layout, counted);
    }

    private List<Layout> ofSample(Engine engine) {
        List<String> texts = Query.rows(
                        Query.values(dataflow, column).distinct().limit(SAMPLE), engine)
                .stream()
                .map(row -> String.valueOf(row.get(0)))
                .toList();
        List<Layout> layouts = LayoutSearch.layoutsOf(texts);
        if (layouts.isEmpty()) {
            throw DataflowException.of(
                    ErrorCode.NOTHING_TO_LEARN,
                    "Cannot split column '" + column + "': its values have no separator",
                    "Show what is wanted with example(...)");
        }
        return layouts;
    }

    private List<Layout> ofExamples() {
        List<Layout> layouts = LayoutSearch.layouts(examples);
        if (!layouts.isEmpty()) {
            return layouts;
        }
        List<String> reasons = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
            if (LayoutSearch.layouts(List.of(examples.get(i))).isEmpty()) {
                reasons.add("Example " + (i + 1) + " does not fall into its parts: " + described(examples.get(i)));
            }
        }
        for (int i = 0; reasons.isEmpty() && i < examples.size(); i++) {
            for (int j = i + 1; j < examples.size(); j++) {
                if (LayoutSearch.layouts(List.of(examples.get(i), examples.get(j)))
                        .isEmpty()) {
                    reasons.add("Examples " + (i + 1) + " and " + (j + 1) + " have no layout in common: "
                            + described(examples.get(i)) + "; " + described(examples.get(j)));
                }
            }
        }
        throw DataflowException.of(
                ErrorCode.CONTRADICTING_EXAMPLES,
                "Cannot split column '" + column + "': no separators or widths part "
                        + (examples.size() == 1 ? "the example" : "all " + examples.size() + " examples"),
                reasons);
    }

    private static String described(Parted example) {
        return Expr.lit(example.text()) + " -> "
                + example.parts().stream()
                        .map(part -> Expr.lit(part).toString())
                        .collect(Collectors.joining(", "));
    }

    private static long count(List<@Nullable Object> counts, int index) {
        return (Long) Objects.requireNonNull(counts.get(index));
    }
}
