package io.millrace.dataflow.csv;

import static io.millrace.dataflow.schema.DataTypes.TEXT;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.format.TextEvidence;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.FileColumns;
import io.millrace.dataflow.source.Source;
import io.millrace.dataflow.source.SourceAccess;
import io.millrace.dataflow.source.SourceFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges the types of the columns of CSV files in one pass and constant memory: every value of every record narrows the
 * types its column can have, to bool, int64, float64, date or timestamp; what fits none is text, and so is a column of
 * nulls.
 *
 * <p>Whole numbers beside fractions are float64, dates beside timestamps are timestamps. Text that a number would not
 * give back stays text: leading zeros, a leading plus, and whole numbers too large for the type. Days and times are
 * those of ISO 8601; any other order of day and month is ambiguous and stays text. A decimal is never inferred.
 */
public final class CsvInference {
    private CsvInference() {}

    /**
     * The columns of the files of a source, in the order of the first file. Declared options come first: a schema is
     * given back as it is, without a read, and with {@code allText} only headers are read.
     *
     * @throws DataflowException {@code EMPTY_SOURCE}; {@code MISSING_COLUMN} when the files do not have the same
     *     columns; {@code MALFORMED_ROW} and {@code INVALID_ENCODING} as when reading; what the source throws
     */
    public static Schema infer(Source source, CsvOptions options, SourceAccess access, Cancellation cancellation) {
        TextDialect.require(options);
        if (options.rowSchema().isPresent()) {
            return options.rowSchema().get();
        }
        long rest = options.isAllText() ? 0 : options.inferFrom().orElse(Long.MAX_VALUE);
        Columns columns = null;
        for (SourceFile file : access.list(source, cancellation)) {
            try (RecordBlocks blocks = RecordBlocks.open(
                    access.read(file, 0, file.length(), cancellation),
                    file.display(),
                    options,
                    cancellation,
                    names -> new BlockDecoder(
                            RecordColumns.of(names, Schema.of(), options, file.display()),
                            List.of(file.display()),
                            0,
                            "infer"))) {
                if (columns == null) {
                    columns = new Columns(file.display(), blocks.names(), options.columns());
                }
                rest = columns.observe(file.display(), blocks, rest);
            }
        }
        if (columns == null) {
            throw DataflowException.of(ErrorCode.SOURCE_NOT_FOUND, "Cannot find a file at " + source.display());
        }
        Schema schema = columns.schema(source);
        CsvHeader.requireKnown(options, schema.names());
        return options.rowSchema(schema);
    }

    /** What is known of the columns, in the order in which they first appear. */
    private static final class Columns {
        private final String firstFile;
        private final List<String> firstNames;
        private final FileColumns policy;
        private final Map<String, TextEvidence> evidence = new LinkedHashMap<>();
        private final Set<String> common;

        Columns(String firstFile, List<String> names, FileColumns policy) {
            this.firstFile = firstFile;
            this.firstNames = names;
            this.policy = policy;
            this.common = new HashSet<>(names);
            names.forEach(name -> evidence.put(name, new TextEvidence()));
        }

        Schema schema(Source source) {
            List<Field> fields = new ArrayList<>();
            evidence.forEach((name, column) -> {
                if (policy != FileColumns.INTERSECTION || common.contains(name)) {
                    fields.add(Field.optional(name, column.type()));
                }
            });
            if (fields.isEmpty()) {
                throw DataflowException.of(
                        ErrorCode.MISSING_COLUMN,
                        "Cannot find a column that all files of " + source.display() + " have",
                        "Columns of " + firstFile + ": " + String.join(", ", firstNames));
            }
            return Schema.of(fields);
        }

        /** Observes at most {@code rest} records of a file; gives how many more there may be. */
        long observe(String file, RecordBlocks blocks, long rest) {
            List<TextEvidence> ofFile = inOrderOf(blocks.names(), file);
            long left = rest;
            while (left > 0) {
                RecordBlock block = blocks.next();
                if (block == null) {
                    break;
                }
                int count = (int) Math.min(left, block.size());
                for (int i = 0; i < ofFile.size(); i++) {
                    observe(ofFile.get(i), i, block, count);
                }
                left -= count;
            }
            return left;
        }

        private static void observe(TextEvidence column, int position, RecordBlock block, int count) {
            List<@Nullable String[]> rows = block.rows();
            for (int row = 0; row < count && !column.isSettled(); row++) {
                @Nullable String[] cells = rows.get(row);
                String cell = position < cells.length ? cells[position] : null;
                if (cell != null && !(block.mayBeMalformed() && DecodedText.isMalformed(cell))) {
                    column.observe(cell);
                }
            }
        }

        private List<TextEvidence> inOrderOf(List<String> names, String file) {
            if (policy == FileColumns.POSITION) {
                CsvHeader.requireSamePlaces(firstNames, names, file);
                return List.copyOf(evidence.values());
            }
            if (policy == FileColumns.STRICT && !firstNames.equals(names)) {
                // Either call throws when a column of one file is missing in the other.
                CsvHeader.positions(names, allText(firstNames), file);
                CsvHeader.positions(firstNames, allText(names), firstFile);
            }
            common.retainAll(Set.copyOf(names));
            return names.stream()
                    .map(name -> evidence.computeIfAbsent(name, added -> new TextEvidence()))
                    .toList();
        }

        private static Schema allText(List<String> names) {
            return Schema.of(
                    names.stream().map(name -> Field.optional(name, TEXT)).toList());
        }
    }
}
