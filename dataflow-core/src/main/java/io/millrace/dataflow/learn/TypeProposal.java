package io.millrace.dataflow.learn;

import io.millrace.dataflow.expr.Expr;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * What the texts of a column are, and how that is known.
 *
 * @param conversion how they become values; empty for a column that stays text, and for one whose dates are ambiguous
 * @param order how dates may be read, where that is not clear
 * @param fitting how many values the conversion reads; empty where it was chosen and not counted
 * @param misfits up to 3 values that it does not read, in the order of the rows
 * @param reason why the column stays text, or what decides; may be empty
 */
public record TypeProposal(
        String column,
        Optional<Conversion> conversion,
        Optional<DateOrder> order,
        Cells cells,
        OptionalLong fitting,
        List<String> misfits,
        String reason) {
    public TypeProposal {
        Objects.requireNonNull(column, "column");
        misfits = List.copyOf(misfits);
    }

    /** The two ways to read dates such as {@code 3/4/2024}, and how many values each reads. */
    public record DateOrder(Conversion dayFirst, long fittingDayFirst, Conversion monthFirst, long fittingMonthFirst) {}

    /** How many cells of a column hold values, nulls and error values. */
    public record Cells(long values, long nulls, long errors) {}

    /** Whether it is not clear if the day or the month comes first, so that the column is not converted. */
    public boolean isAmbiguous() {
        return conversion.isEmpty() && order.isPresent();
    }

    TypeProposal with(Conversion chosen, OptionalLong counted) {
        return new TypeProposal(column, Optional.of(chosen), order, cells, counted, List.of(), "chosen");
    }

    TypeProposal asText() {
        return new TypeProposal(
                column, Optional.empty(), Optional.empty(), cells, OptionalLong.empty(), List.of(), "chosen");
    }

    /** One line: the column, what it becomes, how many values fit and why. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(Expr.col(column).toString()).append(": ");
        if (isAmbiguous()) {
            text.append("ambiguous, ")
                    .append(order.get().dayFirst())
                    .append(" or ")
                    .append(order.get().monthFirst());
        } else {
            text.append(conversion.map(Conversion::toString).orElse("text"));
        }
        fitting.ifPresent(
                count -> text.append(", fits ").append(count).append(" of ").append(values(cells.values())));
        if (cells.nulls() > 0) {
            text.append(", ").append(cells.nulls()).append(cells.nulls() == 1 ? " null" : " nulls");
        }
        if (cells.errors() > 0) {
            text.append(", ").append(cells.errors()).append(cells.errors() == 1 ? " error" : " errors");
        }
        if (!misfits.isEmpty()) {
            text.append(", not ")
                    .append(misfits.stream()
                            .map(misfit -> Expr.lit(misfit).toString())
                            .collect(Collectors.joining(", ")));
        }
        return text.append(reason.isEmpty() ? "" : "; " + reason).toString();
    }

    static String values(long count) {
        return count == 1 ? "1 value" : count + " values";
    }
}
