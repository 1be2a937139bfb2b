package io.millrace.dataflow.learn;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Engine;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** Learns how a new column of texts is made of other columns, by examples of what it has to be. Immutable. */
public final class DerivedColumnBuilder {
    private final Dataflow dataflow;
    private final String newColumn;
    private final List<String> sources;
    private final List<Example> examples;
    private final DerivedColumn.Misfit misfit;

    private DerivedColumnBuilder(
            Dataflow dataflow,
            String newColumn,
            List<String> sources,
            List<Example> examples,
            DerivedColumn.Misfit misfit) {
        this.dataflow = dataflow;
        this.newColumn = Objects.requireNonNull(newColumn, "newColumn");
        this.sources = sources;
        this.examples = examples;
        this.misfit = misfit;
    }

    static DerivedColumnBuilder of(Dataflow dataflow, String newColumn) {
        return new DerivedColumnBuilder(dataflow, newColumn, List.of(), List.of(), DerivedColumn.Misfit.NULL);
    }

    /**
     * The columns that the new one is made of, in place of those said before.
     *
     * @throws IllegalArgumentException for a column that is named twice
     */
    public DerivedColumnBuilder from(String first, String... others) {
        List<String> columns = new ArrayList<>(List.of(first));
        columns.addAll(Arrays.asList(others));
        if (new LinkedHashSet<>(columns).size() < columns.size()) {
            throw new IllegalArgumentException("a source column is named twice: " + columns);
        }
        return new DerivedColumnBuilder(dataflow, newColumn, List.copyOf(columns), examples, misfit);
    }

    /**
     * Adds an example, with a value for each source column. Values of other columns are passed over, so that a whole row
     * can be given.
     *
     * @throws IllegalArgumentException for an empty text, or a value that no cell can have
     * @throws NullPointerException for a value that is null
     */
    public DerivedColumnBuilder example(Map<String, ?> row, String value) {
        Map<String, Object> given = new LinkedHashMap<>();
        for (String name : sources.isEmpty() ? new TreeSet<>(row.keySet()) : sources) {
            if (row.containsKey(name)) {
                given.put(name, Objects.requireNonNull(row.get(name), name));
            }
        }
        return with(new Example(given, value));
    }

    /**
     * Adds an example of the one source column.
     *
     * @throws IllegalArgumentException when there is not one source column yet, or as for the other examples
     */
    public DerivedColumnBuilder example(Object source, String value) {
        if (sources.size() != 1) {
            throw new IllegalArgumentException(
                    "an example of one value needs one source column, not " + sources.size() + ": say from(...) first");
        }
        return with(new Example(Map.of(sources.get(0), source), value));
    }

    /** The examples, numbered from 1 in their order. */
    public List<Example> examples() {
        return examples;
    }

    /**
     * Takes away an example.
     *
     * @param number from 1; the numbers of those after it fall by one
     * @throws IllegalArgumentException when there is no such example
     */
    public DerivedColumnBuilder withoutExample(int number) {
        if (number < 1 || number > examples.size()) {
            throw new IllegalArgumentException("there is no example " + number + " of " + examples.size());
        }
        List<Example> rest = new ArrayList<>(examples);
        rest.remove(number - 1);
        return new DerivedColumnBuilder(dataflow, newColumn, sources, List.copyOf(rest), misfit);
    }

    /** Makes a row that the program does not fit a {@code NO_MATCH} error with its source texts; null unless said. */
    public DerivedColumnBuilder misfitsAsErrors() {
        return new DerivedColumnBuilder(dataflow, newColumn, sources, examples, DerivedColumn.Misfit.ERROR);
    }

    /**
     * Looks for programs that fit all examples, and runs the dataflow twice to see what they make of its rows: of the first
     * 1,000 different sources to choose among them, of all rows to count.
     *
     * @throws DataflowException {@code UNKNOWN_COLUMN}; {@code TYPE_MISMATCH} for lists, structs and bytes, and values of
     *     examples that are not of their columns; {@code NOTHING_TO_LEARN} without sources or examples; {@code
     *     CONTRADICTING_EXAMPLES} when there is no program, with the examples that do not go together
     */
    public DerivedColumn learn(Engine engine) {
        Schema schema = dataflow.schema(engine);
        List<Field> fields = new ArrayList<>();
        for (String source : sources) {
            fields.add(Query.plain(schema, source, "derive a column of"));
        }
        ExampleRows rows = ExampleRows.of(newColumn, fields, examples);
        return new DerivedColumn(
                dataflow, newColumn, rows, misfit, new ProgramRanking(dataflow, rows, engine).learnt(), 0);
    }

    private DerivedColumnBuilder with(Example example) {
        List<Example> more = new ArrayList<>(examples);
        more.add(example);
        return new DerivedColumnBuilder(dataflow, newColumn, sources, List.copyOf(more), misfit);
    }
}
