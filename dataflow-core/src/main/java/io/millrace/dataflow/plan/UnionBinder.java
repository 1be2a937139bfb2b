package io.millrace.dataflow.plan;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Binds unions: every input is projected to the columns of the result, where it does not have them as they are. */
final class UnionBinder {
    private final StepInputs step;

    UnionBinder(StepInputs step) {
        this.step = step;
    }

    StepBinder.Bound bind(TableStep.Union union) {
        Schema first = step.first();
        switch (union.match()) {
            case SAME -> {
                for (int i = 1; i < step.inputs().size(); i++) {
                    requireSameColumns(first, step.inputs().get(i), i);
                }
                return matched(first.names(), TableStep.Union.Match.NAME);
            }
            case NAME -> {
                Set<String> names = new LinkedHashSet<>();
                step.inputs().forEach(input -> names.addAll(input.names()));
                return matched(List.copyOf(names), TableStep.Union.Match.NAME);
            }
            case POSITION -> {
                requireSameWidth();
                return matched(first.names(), TableStep.Union.Match.POSITION);
            }
        }
        throw new IllegalStateException("no such match: " + union.match());
    }

    /** The union of columns that are found in each input by the name or the position of those of the result. */
    private StepBinder.Bound matched(List<String> names, TableStep.Union.Match match) {
        List<DataType> types = commonTypes(names, match);
        List<List<TypedExpr>> projections = new ArrayList<>();
        for (Schema input : step.inputs()) {
            List<TypedExpr> columns = new ArrayList<>();
            for (int column = 0; column < names.size(); column++) {
                DataType type = types.get(column);
                OptionalInt found = found(input, names, column, match);
                columns.add(
                        found.isEmpty()
                                ? new TypedExpr.Constant(null, type)
                                : ExprBinder.converted(StepInputs.pass(input, found.getAsInt()), type));
            }
            projections.add(columns);
        }
        List<Field> fields = new ArrayList<>();
        for (int column = 0; column < names.size(); column++) {
            int position = column;
            boolean nullable = projections.stream()
                    .anyMatch(columns -> columns.get(position).nullable());
            fields.add(new Field(names.get(column), types.get(column), nullable));
        }
        List<StepBinder.Bound.Prepared> prepared = new ArrayList<>();
        for (int i = 0; i < projections.size(); i++) {
            Schema input = step.inputs().get(i);
            if (!projections.get(i).equals(StepInputs.passAll(input))) {
                StepBinder.Bound projection = StepInputs.project(projections.get(i), names);
                prepared.add(new StepBinder.Bound.Prepared(
                        i, (Operator.Project) projection.operator(), projection.schema()));
            }
        }
        return new StepBinder.Bound(new Operator.Union(), Schema.of(fields), prepared);
    }

    private static OptionalInt found(Schema input, List<String> names, int column, TableStep.Union.Match match) {
        return match == TableStep.Union.Match.POSITION ? OptionalInt.of(column) : input.position(names.get(column));
    }

    private List<DataType> commonTypes(List<String> names, TableStep.Union.Match match) {
        List<String> problems = new ArrayList<>();
        List<DataType> types = new ArrayList<>();
        for (int column = 0; column < names.size(); column++) {
            List<@Nullable DataType> own = new ArrayList<>();
            List<String> seen = new ArrayList<>();
            for (int i = 0; i < step.inputs().size(); i++) {
                Schema input = step.inputs().get(i);
                OptionalInt position = found(input, names, column, match);
                if (position.isPresent()) {
                    DataType type = input.field(position.getAsInt()).type();
                    own.add(type);
                    seen.add(type + " in input " + (i + 1));
                }
            }
            String problem = "Column '" + names.get(column) + "' is " + String.join(", ", seen);
            Signature.common(own).ifPresentOrElse(types::add, () -> problems.add(problem));
        }
        if (!problems.isEmpty()) {
            problems.add("Cast the columns to one type before the union");
            throw DataflowException.of(
                    ErrorCode.TYPE_MISMATCH,
                    "Cannot give one type to columns of all inputs in " + step.text(),
                    problems);
        }
        return types;
    }

    private void requireSameWidth() {
        List<String> problems = new ArrayList<>();
        for (int i = 1; i < step.inputs().size(); i++) {
            if (step.inputs().get(i).size() != step.first().size()) {
                problems.add("Input " + (i + 1) + " has " + step.inputs().get(i).size() + " columns, the first "
                        + step.first().size());
            }
        }
        if (!problems.isEmpty()) {
            throw DataflowException.of(
                    ErrorCode.TYPE_MISMATCH, "Cannot match columns by their positions in " + step.text(), problems);
        }
    }

    private void requireSameColumns(Schema first, Schema other, int index) {
        List<String> problems = new ArrayList<>();
        for (Field field : first.fields()) {
            other.find(field.name())
                    .ifPresentOrElse(
                            match -> {
                                if (!match.type().equals(field.type())) {
                                    problems.add("Column '" + field.name() + "' is " + field.type()
                                            + " in the first and " + match.type() + " in the other");
                                }
                            },
                            () -> problems.add("Column '" + field.name() + "' is only in the first"));
        }
        for (Field field : other.fields()) {
            if (!first.has(field.name())) {
                problems.add("Column '" + field.name() + "' is only in the other");
            }
        }
        if (!problems.isEmpty()) {
            throw DataflowException.of(
                    ErrorCode.TYPE_MISMATCH,
                    "Cannot put the rows of input " + (index + 1) + " after those of the first in " + step.text(),
                    problems);
        }
    }
}
