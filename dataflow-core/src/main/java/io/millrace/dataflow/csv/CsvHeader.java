package io.millrace.dataflow.csv;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.error.Suggestion;
import io.millrace.dataflow.schema.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names of the columns of one file, unique and in order. */
public final class CsvHeader {
    private CsvHeader() {}

    /**
     * Names as a header record spells them. A second {@code NO} is {@code NO_1}, a third {@code NO_2}, passing over
     * names that the header has itself. The third column is {@code Column3} where it has no name.
     */
    public static List<String> unique(@Nullable String[] header) {
        Set<String> written = new HashSet<>();
        for (String name : header) {
            if (name != null) {
                written.add(name);
            }
        }
        Set<String> taken = new HashSet<>();
        Map<String, Integer> suffixes = new HashMap<>();
        List<String> names = new ArrayList<>(header.length);
        for (int i = 0; i < header.length; i++) {
            String name = header[i];
            boolean missing = name == null || name.isBlank();
            String wanted = missing ? "Column" + (i + 1) : name;
            String unique = wanted;
            while (taken.contains(unique) || (written.contains(unique) && (missing || !unique.equals(wanted)))) {
                unique = wanted + "_" + suffixes.merge(wanted, 1, Integer::sum);
            }
            taken.add(unique);
            names.add(unique);
        }
        return List.copyOf(names);
    }

    /** {@code Column1}, {@code Column2} and so on. */
    public static List<String> numbered(int count) {
        List<String> names = new ArrayList<>(count);
        for (int i = 1; i <= count; i++) {
            names.add("Column" + i);
        }
        return List.copyOf(names);
    }

    /**
     * The positions in the file of the columns of {@code schema}.
     *
     * @throws DataflowException {@code MISSING_COLUMN}, naming every column that the file lacks
     */
    public static int[] positions(List<String> names, Schema schema, String file) {
        Map<String, Integer> byName = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            byName.put(names.get(i), i);
        }
        List<String> missing = new ArrayList<>();
        int[] positions = new int[schema.size()];
        for (int i = 0; i < positions.length; i++) {
            Integer position = byName.get(schema.field(i).name());
            if (position == null) {
                missing.add(schema.field(i).name());
            } else {
                positions[i] = position;
            }
        }
        if (!missing.isEmpty()) {
            throw missing(missing, names, file);
        }
        return positions;
    }

    private static DataflowException missing(List<String> missing, List<String> names, String file) {
        if (missing.size() == 1) {
            return DataflowException.of(
                    ErrorCode.MISSING_COLUMN,
                    "Cannot find column '" + missing.get(0) + "' in " + file,
                    Suggestion.lines(missing.get(0), "Columns there", names));
        }
        List<String> details = new ArrayList<>();
        for (String name : missing) {
            Suggestion.closest(name, names)
                    .ifPresent(match -> details.add("Did you mean '" + match + "' for '" + name + "'?"));
        }
        List<String> lines = Suggestion.lines("", "Columns there", names);
        details.add(lines.get(lines.size() - 1));
        return DataflowException.of(
                ErrorCode.MISSING_COLUMN,
                "Cannot find columns '" + String.join("', '", missing) + "' in " + file,
                details);
    }
}
