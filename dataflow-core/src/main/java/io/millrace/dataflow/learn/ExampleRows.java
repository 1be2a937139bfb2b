package io.millrace.dataflow.learn;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.learn.example.Program;
import io.millrace.dataflow.learn.example.SourceCells;
import io.millrace.dataflow.learn.example.Synthesis;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema.Field;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Examples whose sources are cells of their columns, and none of which says another text of the same sources. */
final class ExampleRows {
    private static final int PROGRAMS = 32;
    /** Of more examples it is not looked which pairs do not go together. */
    private static final int MOST_COMPARED = 10;

    private final String newColumn;
    private final List<Field> sources;
    private final List<Example> examples;

    private ExampleRows(String newColumn, List<Field> sources, List<Example> examples) {
        this.newColumn = newColumn;
        this.sources = List.copyOf(sources);
        this.examples = List.copyOf(examples);
    }

    static ExampleRows of(String newColumn, List<Field> sources, List<Example> examples) {
        String what = "Cannot derive column '" + newColumn + "'";
        if (sources.isEmpty()) {
            throw DataflowException.of(
                    ErrorCode.NOTHING_TO_LEARN, what + ": it has no source column", "Name some with from(...)");
        }
        if (examples.isEmpty()) {
            throw DataflowException.of(
                    ErrorCode.NOTHING_TO_LEARN, what + ": there is no example", "Add one with example(...)");
        }
        List<String> problems = new ArrayList<>();
        List<Example> fitted = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
            Map<String, Object> cells = new LinkedHashMap<>();
            for (Field source : sources) {
                Object given = examples.get(i).sources().get(source.name());
                Object cell = given == null ? null : cell(given, source.type());
                if (given == null) {
                    problems.add("Example " + (i + 1) + " has no value for '" + source.name() + "'");
                } else if (cell == null) {
                    problems.add("Example " + (i + 1) + " has " + Expr.lit(given) + " for '" + source.name()
                            + "' of type " + source.type());
                } else {
                    cells.put(source.name(), cell);
                }
            }
            fitted.add(new Example(cells, examples.get(i).value()));
        }
        if (!problems.isEmpty()) {
            throw DataflowException.of(
                    ErrorCode.TYPE_MISMATCH, what + ": its examples are no rows of their columns", problems);
        }
        ExampleRows rows = new ExampleRows(newColumn, sources, fitted);
        rows.refuseContradictions();
        return rows;
    }

    List<Example> examples() {
        return examples;
    }

    List<Field> sources() {
        return sources;
    }

    /** The sources of every example. */
    List<List<@Nullable Object>> rows() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Example example : examples) {
            rows.add(new ArrayList<>(example.sources().values()));
        }
        return rows;
    }

    /** The programs that fit all examples, the likeliest first. */
    List<Program> programs() {
        return programs(examples, PROGRAMS);
    }

    /** Why there is no program: which examples do not go together. */
    DataflowException refusal() {
        List<String> reasons = new ArrayList<>();
        for (int i = 0; i < examples.size() && reasons.isEmpty(); i++) {
            if (programs(List.of(examples.get(i)), 1).isEmpty()) {
                reasons.add("Example " + (i + 1) + " has nothing of its sources: " + examples.get(i));
            }
        }
        boolean compared = reasons.isEmpty() && examples.size() <= MOST_COMPARED;
        for (int i = 0; compared && i < examples.size(); i++) {
            for (int j = i + 1; j < examples.size(); j++) {
                if (programs(List.of(examples.get(i), examples.get(j)), 1).isEmpty()) {
                    reasons.add("Examples " + (i + 1) + " and " + (j + 1) + " have no program in common: "
                            + examples.get(i) + "; " + examples.get(j));
                }
            }
        }
        boolean alone = compared && reasons.isEmpty();
        for (int i = 0; alone && i < examples.size(); i++) {
            List<Example> others = new ArrayList<>(examples);
            others.remove(i);
            int number = i + 1;
            Optional<Program> program = programs(others, 1).stream().findFirst();
            program.ifPresent(found -> reasons.add("Without example " + number + " there is one: " + found));
        }
        return DataflowException.of(
                ErrorCode.CONTRADICTING_EXAMPLES,
                "Cannot derive column '" + newColumn + "': no program makes " + all(examples.size()),
                reasons);
    }

    private static String all(int count) {
        return count == 1 ? "what the example says" : "what all " + count + " examples say";
    }

    private List<Program> programs(List<Example> some, int most) {
        List<SourceCells> cells = new ArrayList<>();
        for (Field source : sources) {
            cells.add(new SourceCells(
                    source.name(),
                    source.type(),
                    some.stream()
                            .map(example ->
                                    Objects.requireNonNull(example.sources().get(source.name())))
                            .toList()));
        }
        return Synthesis.programs(cells, some.stream().map(Example::value).toList(), most);
    }

    private void refuseContradictions() {
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
            for (int j = i + 1; j < examples.size(); j++) {
                Example first = examples.get(i);
                Example second = examples.get(j);
                if (first.sources().equals(second.sources()) && !first.value().equals(second.value())) {
                    problems.add("Example " + (i + 1) + " says '" + first.value() + "' and example " + (j + 1) + " '"
                            + second.value() + "' for " + Example.described(first.sources()));
                }
            }
        }
        if (!problems.isEmpty()) {
            throw DataflowException.of(
                    ErrorCode.CONTRADICTING_EXAMPLES,
                    "Cannot derive column '" + newColumn + "': examples contradict each other",
                    problems);
        }
    }

    /** A normalised value as one of a type, if that changes nothing about it. */
    private static @Nullable Object cell(Object value, DataType type) {
        if (type instanceof DataType.Float64 && value instanceof Long whole) {
            return whole.doubleValue();
        }
        if (type instanceof DataType.Decimal decimal) {
            BigDecimal number = value instanceof Long whole
                    ? BigDecimal.valueOf(whole)
                    : value instanceof BigDecimal given
                            ? given
                            : value instanceof Double real && Double.isFinite(real) ? BigDecimal.valueOf(real) : null;
            return number != null && number.stripTrailingZeros().scale() <= decimal.scale()
                    ? number.setScale(decimal.scale(), RoundingMode.UNNECESSARY)
                    : null;
        }
        boolean same = (type instanceof DataType.Text && value instanceof String)
                || (type instanceof DataType.Int64 && value instanceof Long)
                || (type instanceof DataType.Float64 && value instanceof Double)
                || (type instanceof DataType.Bool && value instanceof Boolean)
                || (type instanceof DataType.Date && value instanceof LocalDate)
                || (type instanceof DataType.Timestamp && value instanceof Instant);
        return same ? value : null;
    }
}
