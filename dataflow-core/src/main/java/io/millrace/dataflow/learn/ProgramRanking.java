package io.millrace.dataflow.learn;

import static io.millrace.dataflow.expr.Expr.col;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Engine;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.learn.example.Program;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Chooses among the programs that fit the examples by what they make of the rows. */
final class ProgramRanking {
    private static final int SAMPLE = 1_000;
    private static final int KEPT = 8;
    private static final int SUGGESTIONS = 5;
    /** What it costs a program to fit no row. */
    private static final int MISFIT = 10;
    /** Programs that cost so much more than the best are not what was meant. */
    private static final int SERIOUS = 5;

    private final Dataflow dataflow;
    private final ExampleRows examples;
    private final Engine engine;

    ProgramRanking(Dataflow dataflow, ExampleRows examples, Engine engine) {
        this.dataflow = dataflow;
        this.examples = examples;
        this.engine = engine;
    }

    /** What the engine makes of the rows of a sample by a program. */
    private record Tried(Program program, int cost, List<@Nullable Object> results) {}

    /** The programs with their counts, and the rows that would tell them apart. */
    DerivedColumn.Findings learnt() {
        List<Program> fitting = reproducing(examples.programs());
        if (fitting.isEmpty()) {
            throw examples.refusal();
        }
        List<List<@Nullable Object>> sample = Query.rows(sources().distinct().limit(SAMPLE), engine);
        List<Tried> tried = tried(fitting, sample);
        List<Tried> different = new ArrayList<>();
        Set<List<@Nullable Object>> seen = new HashSet<>();
        for (Tried each : tried) {
            boolean serious = each.cost() <= tried.get(0).cost() + SERIOUS;
            if (serious && different.size() < KEPT && seen.add(each.results())) {
                different.add(each);
            }
        }
        List<Long> counts = counts(different.stream().map(Tried::program).toList());
        List<DerivedColumn.Ranked> programs = new ArrayList<>();
        for (int i = 0; i < different.size(); i++) {
            Program program = different.get(i).program();
            programs.add(new DerivedColumn.Ranked(program.value(), program.toString(), counts.get(i + 1)));
        }
        return new DerivedColumn.Findings(programs, counts.get(0), suggestions(sample, different));
    }

    /** The rows that have a value in every source, and these alone. */
    private Dataflow sources() {
        String[] names = names();
        Dataflow rows = dataflow.select(names);
        for (String name : names) {
            rows = rows.filter(col(name).isNotNull());
        }
        return rows;
    }

    private String[] names() {
        return examples.sources().stream().map(Field::name).toArray(String[]::new);
    }

    /** The programs by which the engine makes what the examples say. */
    private List<Program> reproducing(List<Program> programs) {
        List<Program> right = new ArrayList<>();
        List<List<@Nullable Object>> results = results(programs, examples.rows());
        for (int i = 0; i < programs.size(); i++) {
            boolean all = true;
            for (int row = 0; row < results.size(); row++) {
                all &= examples.examples()
                        .get(row)
                        .value()
                        .equals(results.get(row).get(i));
            }
            if (all) {
                right.add(programs.get(i));
            }
        }
        return right;
    }

    /** The programs, the best first: by cost, and by the share of rows that they do not fit. */
    private List<Tried> tried(List<Program> programs, List<List<@Nullable Object>> sample) {
        List<List<@Nullable Object>> results = results(programs, sample);
        List<Tried> tried = new ArrayList<>();
        for (int i = 0; i < programs.size(); i++) {
            List<@Nullable Object> own = new ArrayList<>();
            int misfits = 0;
            for (List<@Nullable Object> row : results) {
                own.add(row.get(i));
                misfits += row.get(i) == null ? 1 : 0;
            }
            int penalty = sample.isEmpty() ? 0 : (MISFIT * misfits + sample.size() - 1) / sample.size();
            tried.add(new Tried(programs.get(i), programs.get(i).cost() + penalty, own));
        }
        tried.sort(Comparator.comparingInt(Tried::cost)); // stable: equal ones stay in the order of the search
        return tried;
    }

    /** What programs make of rows; null for a null or an error. */
    private List<List<@Nullable Object>> results(List<Program> programs, List<List<@Nullable Object>> rows) {
        if (programs.isEmpty() || rows.isEmpty()) {
            return List.of();
        }
        Dataflow made = Dataflow.rows(Schema.of(examples.sources()), rows);
        List<String> added = new ArrayList<>();
        for (Program program : programs) {
            String name = Query.free("program " + added.size(), List.of(names()));
            made = made.withColumn(name, program.value());
            added.add(name);
        }
        return Query.rows(made.select(added.toArray(String[]::new)), engine);
    }

    /** How many rows have a value in every source, and for how many of them each program gives one. */
    private List<Long> counts(List<Program> programs) {
        Aggregate[] fitting = new Aggregate[programs.size()];
        for (int i = 0; i < fitting.length; i++) {
            Expr value = programs.get(i).value();
            fitting[i] = Aggregate.count().where(value.isNotNull()).as("fitting " + i);
        }
        List<Long> counts = new ArrayList<>();
        Dataflow query = sources().groupBy().aggregate(Aggregate.count().as("rows"), fitting);
        for (Object count : Query.rows(query, engine).get(0)) {
            counts.add((Long) Objects.requireNonNull(count));
        }
        return counts;
    }

    /** Rows of which the programs make most different things, in their order. */
    private List<DerivedColumn.Suggestion> suggestions(List<List<@Nullable Object>> sample, List<Tried> programs) {
        List<DerivedColumn.Suggestion> found = new ArrayList<>();
        for (int row = 0; row < sample.size(); row++) {
            Set<@Nullable String> texts = new LinkedHashSet<>();
            for (Tried each : programs) {
                texts.add((String) each.results().get(row));
            }
            texts.remove(null);
            if (texts.size() > 1) {
                Map<String, Object> cells = new LinkedHashMap<>();
                for (int i = 0; i < names().length; i++) {
                    cells.put(names()[i], Objects.requireNonNull(sample.get(row).get(i)));
                }
                found.add(new DerivedColumn.Suggestion(cells, List.copyOf(texts)));
            }
        }
        found.sort(Comparator.comparingInt(
                (DerivedColumn.Suggestion row) -> -row.values().size()));
        return List.copyOf(found.subList(0, Math.min(SUGGESTIONS, found.size())));
    }
}
