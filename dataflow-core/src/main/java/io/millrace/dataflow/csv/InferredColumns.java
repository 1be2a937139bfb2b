package io.millrace.dataflow.csv;

import static io.millrace.dataflow.schema.DataTypes.TEXT;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.format.ColumnEvidence;
import io.millrace.dataflow.format.InferenceReport;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.FileColumns;
import io.millrace.dataflow.source.Source;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is known of the columns of some files, in the order in which they first appear. */
final class InferredColumns {
    private final FileColumns policy;
    private final Map<String, ColumnEvidence> evidence = new LinkedHashMap<>();
    private final Set<String> common = new HashSet<>();
    /** Of each file, the evidence of its columns in their order. */
    private final List<List<ColumnEvidence>> byFile = new ArrayList<>();

    private String firstFile = "";
    private List<String> firstNames = List.of();

    InferredColumns(FileColumns policy) {
        this.policy = policy;
    }

    /**
     * Adds the columns of the next file.
     *
     * @throws DataflowException {@code MISSING_COLUMN} when they do not go with those of the first
     */
    void add(String file, List<String> names) {
        if (byFile.isEmpty()) {
            firstFile = file;
            firstNames = names;
            common.addAll(names);
        } else if (policy == FileColumns.POSITION) {
            CsvHeader.requireSamePlaces(firstNames, names, file);
            byFile.add(byFile.get(0));
            return;
        } else if (policy == FileColumns.STRICT && !firstNames.equals(names)) {
            // Either call throws when a column of one file is missing in the other.
            CsvHeader.positions(names, allText(firstNames), file);
            CsvHeader.positions(firstNames, allText(names), firstFile);
        }
        common.retainAll(Set.copyOf(names));
        int ordinal = byFile.size();
        byFile.add(names.stream()
                .map(name -> evidence.computeIfAbsent(name, added -> new ColumnEvidence(file, ordinal)))
                .toList());
    }

    /** Joins what some records of a file say, which follow those joined before. */
    void join(int ordinal, ColumnEvidence[] shares) {
        List<ColumnEvidence> columns = byFile.get(ordinal);
        for (int i = 0; i < shares.length; i++) {
            columns.get(i).join(shares[i]);
        }
    }

    /**
     * The columns that are read, and behind them those that the options add.
     *
     * @throws DataflowException {@code MISSING_COLUMN} when the files have none in common; {@code UNKNOWN_COLUMN} for one
     *     that the options name
     */
    InferenceReport report(Source source, CsvOptions options) {
        List<InferenceReport.Column> columns = new ArrayList<>();
        evidence.forEach((name, column) -> {
            if (policy != FileColumns.INTERSECTION || common.contains(name)) {
                columns.add(column.column(name));
            }
        });
        if (columns.isEmpty()) {
            throw DataflowException.of(
                    ErrorCode.MISSING_COLUMN,
                    "Cannot find a column that all files of " + source.display() + " have",
                    "Columns of " + firstFile + ": " + String.join(", ", firstNames));
        }
        InferenceReport ofFiles = new InferenceReport(columns);
        Schema schema = ofFiles.schema();
        CsvHeader.requireKnown(options, schema.names());
        return ofFiles.withAdded(options.rowSchema(schema));
    }

    private static Schema allText(List<String> names) {
        return Schema.of(names.stream().map(name -> Field.optional(name, TEXT)).toList());
    }
}
