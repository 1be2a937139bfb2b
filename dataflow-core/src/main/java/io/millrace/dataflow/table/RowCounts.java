package io.millrace.dataflow.table;

import java.util.List;
import java.util.Objects;

/**
 * How many rows each operator of a run gave, in the order of the plan that ran. Of a run that ended before all rows were
 * wanted, behind a limit or closed early, the rows of the batches that were taken. Immutable.
 *
 * @param operators the operators; none when the engine does not count
 * @param report the account of the reads behind them
 */
public record RowCounts(List<Counted> operators, ReadReport report) {
    public RowCounts {
        operators = List.copyOf(operators);
        Objects.requireNonNull(report, "report");
    }

    /** Nothing is known. */
    public static RowCounts none() {
        return new RowCounts(List.of(), ReadReport.empty());
    }

    /** One line for each operator: its number, what it does, its inputs and its rows; then one for the account of what was read from files. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Counted counted : operators) {
            text.append(counted.operator())
                    .append("  = ")
                    .append(counted.rows())
                    .append(counted.rows() == 1 ? " row\n" : " rows\n");
        }
        if (report.read() > 0) {
            text.append(report.words()).append('\n');
        }
        return text.toString();
    }

    /** An operator as {@code Dataflow.explainRules} shows it, and the rows that it gave. */
    public record Counted(String operator, long rows) {}
}
