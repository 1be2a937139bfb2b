package io.millrace.dataflow.learn;

import static io.millrace.dataflow.expr.Expr.col;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Recipe;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A new column of text that a program makes of others: parts of their texts, numbers and times, and constants. A null
 * source gives null, and an error source that error. Where the program does not fit a row, as for a third word of two, the
 * column is null or, if asked for, a {@code NO_MATCH} error with the texts of the sources; what cannot be read as a date or
 * number that the program needs is a {@code CAST} error. Immutable.
 */
public final class DerivedColumn implements Learnt {
    private final Dataflow dataflow;
    private final String newColumn;
    private final ExampleRows examples;
    private final Misfit misfit;
    private final Findings findings;
    private final int chosen;

    DerivedColumn(
            Dataflow dataflow, String newColumn, ExampleRows examples, Misfit misfit, Findings findings, int chosen) {
        this.dataflow = dataflow;
        this.newColumn = newColumn;
        this.examples = examples;
        this.misfit = misfit;
        this.findings = findings;
        this.chosen = chosen;
    }

    /** What a row becomes that the program does not fit. */
    enum Misfit {
        NULL,
        ERROR
    }

    /** What was found out. */
    record Findings(List<Ranked> programs, long rows, List<Suggestion> suggestions) {
        Findings {
            programs = List.copyOf(programs);
            suggestions = List.copyOf(suggestions);
        }
    }

    /**
     * A program that makes what all examples say.
     *
     * @param value the expression, of functions of the catalog
     * @param words the same in words
     * @param fitting how many rows it gives a text for
     */
    public record Ranked(Expr value, String words, long fitting) {
        public Ranked {
            Objects.requireNonNull(value, "value");
            Objects.requireNonNull(words, "words");
        }
    }

    /**
     * A row that would be a good example, because the programs make different texts of it.
     *
     * @param sources the values of its source columns
     * @param values what the programs make of it, that of the best first; without those that do not fit
     */
    public record Suggestion(Map<String, Object> sources, List<String> values) {
        public Suggestion {
            sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
            values = List.copyOf(values);
        }

        /** The row, and what may be made of it. */
        @Override
        public String toString() {
            List<String> texts = new ArrayList<>();
            values.forEach(value -> texts.add(Expr.lit(value).toString()));
            return Example.described(sources) + " -> " + String.join(" or ", texts);
        }
    }

    /** The program that makes the column: the best, unless another was chosen. */
    public Ranked program() {
        return findings.programs().get(chosen);
    }

    /**
     * The programs that make what all examples say and differ in what they make of the rows, the best first: those with few
     * and short constants, whole parts in place of characters, and few rows that they do not fit. At most 8.
     */
    public List<Ranked> programs() {
        return findings.programs();
    }

    /**
     * The same with another of {@link #programs}.
     *
     * @param number from 1
     * @throws IllegalArgumentException when there is no such program
     */
    public DerivedColumn withProgram(int number) {
        if (number < 1 || number > findings.programs().size()) {
            throw new IllegalArgumentException("there is no program " + number + " of "
                    + findings.programs().size());
        }
        return new DerivedColumn(dataflow, newColumn, examples, misfit, findings, number - 1);
    }

    /** The examples, numbered from 1 in their order. */
    public List<Example> examples() {
        return examples.examples();
    }

    /**
     * Up to 5 of the first 1,000 different rows of which the programs make different texts: an example of one of them makes
     * clear what is meant. None when all programs agree.
     */
    public List<Suggestion> suggestions() {
        return findings.suggestions();
    }

    /** How many rows have a value in every source column. */
    public long rows() {
        return findings.rows();
    }

    @Override
    public Dataflow dataflow() {
        return dataflow;
    }

    @Override
    public Recipe toRecipe() {
        Expr value = program().value();
        if (misfit == Misfit.ERROR) {
            List<Object> texts = new ArrayList<>();
            Expr complete = null;
            for (Field source : examples.sources()) {
                Expr column = col(source.name());
                texts.add(texts.isEmpty() ? "" : ", ");
                texts.add(column.cast(DataTypes.TEXT));
                complete = complete == null ? column.isNotNull() : complete.and(column.isNotNull());
            }
            Expr text = ((Expr) texts.get(1))
                    .text()
                    .concat(texts.subList(2, texts.size()).toArray());
            Expr unfit = Objects.requireNonNull(complete).and(value.isNull());
            value = Expr.when(unfit).then(Expr.error("NO_MATCH", text)).otherwise(value);
        }
        return Recipe.empty().withColumn(newColumn, value);
    }

    /** The program in words and as an expression, how many rows it fits, and rows that other programs see differently. */
    @Override
    public String toString() {
        Ranked program = program();
        StringBuilder text = new StringBuilder("derive ")
                .append(newColumn)
                .append(": ")
                .append(program.words())
                .append("\n  ")
                .append(program.value())
                .append("\n  fits ")
                .append(program.fitting())
                .append(" of ")
                .append(rows())
                .append(rows() == 1 ? " row" : " rows");
        if (findings.programs().size() > 1) {
            int others = findings.programs().size() - 1;
            text.append(", and ").append(others).append(others == 1 ? " other program does" : " other programs do");
        }
        for (Suggestion suggestion : suggestions()) {
            text.append("\n  unclear: ").append(suggestion);
        }
        return text.toString();
    }
}
