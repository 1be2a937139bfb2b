package io.millrace.dataflow.csv;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.error.Suggestion;
import io.millrace.dataflow.format.TextEvidence;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.FileColumns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The names of the columns of one file, unique and in order. */
public final class CsvHeader {
    /** The position of a column that a file lacks. */
    static final int NOWHERE = -1;

    private static final int NUMBER_AT = "Column".length();
    private static final Pattern NUMBERED = Pattern.compile("Column[1-9][0-9]{0,4}");

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

    /**
     * The names of the columns of a file with a header: those that it says, or the declared ones where columns are found
     * by position.
     *
     * @throws DataflowException {@code MISSING_COLUMN} when the columns are not those declared, by position
     */
    static List<String> names(List<@Nullable String[]> header, CsvOptions options, String file) {
        List<String> names = unique(header.size() == 1 ? header.get(0) : joined(header));
        if (options.columns() == FileColumns.POSITION && options.schema().isPresent()) {
            requireSamePlaces(options.schema().get().names(), names, file);
            return options.schema().get().names();
        }
        return names;
    }

    /**
     * Refuses a file whose columns are not the expected ones, by position.
     *
     * @throws DataflowException {@code MISSING_COLUMN} when it has another number of columns, or one of the expected names
     *     elsewhere
     */
    static void requireSamePlaces(List<String> expected, List<String> names, String file) {
        if (expected.size() != names.size()) {
            throw DataflowException.of(
                    ErrorCode.MISSING_COLUMN,
                    "Cannot find columns by their position in " + file + ": it has " + names.size()
                            + " and should have " + expected.size(),
                    "Columns expected: " + String.join(", ", expected),
                    "Columns there: " + String.join(", ", names));
        }
        for (int i = 0; i < names.size(); i++) {
            int there = names.indexOf(expected.get(i));
            if (there >= 0 && there != i) {
                throw DataflowException.of(
                        ErrorCode.MISSING_COLUMN,
                        "Cannot find columns by their position in " + file + ": '" + expected.get(i)
                                + "' should be column " + (i + 1) + " and is column " + (there + 1),
                        "Columns expected: " + String.join(", ", expected),
                        "Columns there: " + String.join(", ", names),
                        "Find them by name, without csv.columns(FileColumns.POSITION)");
            }
        }
    }

    /** The names that the columns of a file without a header have, as far as they are needed to find some of them. */
    static List<String> declared(CsvOptions options) {
        return options.schema()
                .map(Schema::names)
                .orElseGet(() -> numbered(options.nullTokensByColumn().keySet().stream()
                        .filter(name -> NUMBERED.matcher(name).matches())
                        .mapToInt(name -> Integer.parseInt(name.substring(NUMBER_AT)))
                        .max()
                        .orElse(0)));
    }

    /** The texts that mean null in each column, by position; none at all when no column has any. */
    static List<Set<String>> nullTokens(List<String> names, CsvOptions options) {
        Map<String, List<String>> byColumn = options.nullTokensByColumn();
        if (byColumn.isEmpty()) {
            return List.of();
        }
        return names.stream()
                .map(name -> Set.copyOf(byColumn.getOrDefault(name, List.of())))
                .toList();
    }

    /**
     * Refuses null tokens of a column that is not there.
     *
     * @throws DataflowException {@code UNKNOWN_COLUMN}
     */
    static void requireKnown(CsvOptions options, List<String> names) {
        for (String column : options.nullTokensByColumn().keySet()) {
            if (!names.contains(column)) {
                throw DataflowException.of(
                        ErrorCode.UNKNOWN_COLUMN,
                        "Cannot take texts of column '" + column + "' for null: no column has that name",
                        Suggestion.lines(column, "Columns there", names));
            }
        }
    }

    /**
     * One record of several header records: what stands below each other is joined by spaces, blank parts are left out.
     * A name of blank parts alone is null.
     */
    static @Nullable String[] joined(List<@Nullable String[]> records) {
        int width = records.stream().mapToInt(record -> record.length).max().orElse(0);
        @Nullable String[] names = new String[width];
        for (int i = 0; i < width; i++) {
            StringJoiner name = new StringJoiner(" ");
            for (@Nullable String[] record : records) {
                String part = i < record.length ? record[i] : null;
                if (part != null && !part.isBlank()) {
                    name.add(part.strip());
                }
            }
            names[i] = name.length() == 0 ? null : name.toString();
        }
        return names;
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
        int[] positions = positionsOrNone(names, schema);
        List<String> missing = new ArrayList<>();
        for (int i = 0; i < positions.length; i++) {
            if (positions[i] == NOWHERE) {
                missing.add(schema.field(i).name());
            }
        }
        if (!missing.isEmpty()) {
            throw missing(missing, names, file);
        }
        return positions;
    }

    /** The positions in the file of the columns of {@code schema}, {@link #NOWHERE} for those that it lacks. */
    static int[] positionsOrNone(List<String> names, Schema schema) {
        Map<String, Integer> byName = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            byName.put(names.get(i), i);
        }
        int[] positions = new int[schema.size()];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = byName.getOrDefault(schema.field(i).name(), NOWHERE);
        }
        return positions;
    }

    private static DataflowException missing(List<String> missing, List<String> names, String file) {
        List<String> details = new ArrayList<>();
        String what;
        if (missing.size() == 1) {
            what = "column '" + missing.get(0) + "'";
            details.addAll(Suggestion.lines(missing.get(0), "Columns there", names));
        } else {
            what = "columns '" + String.join("', '", missing) + "'";
            for (String name : missing) {
                Suggestion.closest(name, names)
                        .ifPresent(match -> details.add("Did you mean '" + match + "' for '" + name + "'?"));
            }
            details.addAll(Suggestion.alternatives("Columns there", names));
        }
        names.stream().filter(CsvHeader::isValue).findFirst().ifPresent(value -> {
            details.add("The file may have no header, as '" + value + "' is like a value");
        });
        return DataflowException.of(ErrorCode.MISSING_COLUMN, "Cannot find " + what + " in " + file, details);
    }

    /** Whether a name is a number, a time or a truth value. */
    private static boolean isValue(String name) {
        TextEvidence evidence = new TextEvidence();
        evidence.observe(name);
        return !evidence.type().equals(DataTypes.TEXT);
    }
}
