package io.millrace.dataflow.profile;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.error.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * What a table holds. Made in one pass; figures that are estimates say so.
 *
 * @param rowCount the rows
 * @param rejected records of files that did not become rows
 * @param columns in the order of the schema
 * @param duplicateRows rows that are equal to an earlier one in every column
 * @param correlations of each two numeric columns, in the order of the schema; those without two rows, or with a
 *     constant, are left out
 * @param correlationsLeftOut numeric columns beyond the first {@value #MOST_CORRELATED}, which are in no correlation
 * @param alerts about the rows; those about a column are in its profile
 */
public record Profile(
        long rowCount,
        long rejected,
        List<ColumnProfile> columns,
        Count duplicateRows,
        List<Correlation> correlations,
        int correlationsLeftOut,
        List<Alert> alerts) {
    /** The most numeric columns among which correlations are computed: their pairs grow with the square. */
    public static final int MOST_CORRELATED = 20;

    public Profile {
        columns = List.copyOf(columns);
        correlations = List.copyOf(correlations);
        alerts = List.copyOf(alerts);
    }

    /**
     * The profile of a column.
     *
     * @throws DataflowException {@code UNKNOWN_COLUMN}
     */
    public ColumnProfile column(String name) {
        List<String> names = new ArrayList<>();
        for (ColumnProfile column : columns) {
            if (column.name().equals(name)) {
                return column;
            }
            names.add(column.name());
        }
        throw DataflowException.of(
                ErrorCode.UNKNOWN_COLUMN,
                "Cannot find column '" + name + "' in the profile",
                Suggestion.lines(name, "Columns here", names));
    }

    /** All of it as a JSON document, indented. Its form is described in the guide of profiles. */
    public String toJson() {
        return ProfileJson.write(this);
    }

    /** A table with a line for each column, then what deserves a look. At most {@code width} columns wide. */
    public List<String> lines(OptionalInt width) {
        return ProfileText.lines(this, width.orElse(ProfileText.WIDTH));
    }

    /** A table of at most 100 columns with a line for each column of the data, then what deserves a look. */
    @Override
    public String toString() {
        return String.join("\n", lines(OptionalInt.empty())) + "\n";
    }
}
