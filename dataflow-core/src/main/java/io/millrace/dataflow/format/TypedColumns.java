package io.millrace.dataflow.format;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.error.Suggestion;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The columns of files that know their types. */
public final class TypedColumns {
    private TypedColumns() {}

    /**
     * {@code first}, the columns of the first file, when those of another are the same, in whatever order.
     *
     * @throws DataflowException {@code MISSING_COLUMN} or {@code TYPE_MISMATCH}
     */
    public static Schema requireSame(Schema first, Schema other, String file) {
        positions(first, other, file);
        if (other.size() > first.size()) {
            List<String> more = new ArrayList<>(other.names());
            more.removeAll(first.names());
            throw DataflowException.of(
                    ErrorCode.MISSING_COLUMN,
                    "Cannot read " + file + ": the first file does not have its columns '" + String.join("', '", more)
                            + "'",
                    "Read the files apart and unite them");
        }
        return first;
    }

    /**
     * The positions in a file of the columns to read.
     *
     * @throws DataflowException {@code MISSING_COLUMN}; {@code TYPE_MISMATCH} when a column has another type there
     */
    public static int[] positions(Schema wanted, Schema there, String file) {
        Map<String, Integer> byName = new HashMap<>();
        for (int i = 0; i < there.size(); i++) {
            byName.put(there.field(i).name(), i);
        }
        int[] positions = new int[wanted.size()];
        List<String> missing = new ArrayList<>();
        List<String> details = new ArrayList<>();
        for (int i = 0; i < positions.length; i++) {
            String name = wanted.field(i).name();
            positions[i] = byName.getOrDefault(name, -1);
            if (positions[i] < 0) {
                missing.add(name);
            } else {
                DataType type = there.field(positions[i]).type();
                if (!type.equals(wanted.field(i).type())) {
                    details.add("'" + name + "' is " + type + " there and "
                            + wanted.field(i).type() + " in the dataflow");
                }
            }
        }
        if (!missing.isEmpty()) {
            throw DataflowException.of(
                    ErrorCode.MISSING_COLUMN,
                    "Cannot find " + (missing.size() == 1 ? "column '" : "columns '") + String.join("', '", missing)
                            + "' in " + file,
                    Suggestion.lines(missing.get(0), "Columns there", there.names()));
        }
        if (!details.isEmpty()) {
            throw DataflowException.of(
                    ErrorCode.TYPE_MISMATCH, "Cannot read " + file + ": its columns have other types", details);
        }
        return positions;
    }
}
