package io.millrace.dataflow.csv;

import static io.millrace.dataflow.schema.DataTypes.TEXT;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.format.TextEvidence;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.Source;
import io.millrace.dataflow.source.SourceAccess;
import io.millrace.dataflow.source.SourceFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        if (options.schema().isPresent()) {
            return options.schema().get();
        }
        long rest = options.isAllText() ? 0 : options.inferFrom().orElse(Long.MAX_VALUE);
        Columns columns = null;
        for (SourceFile file : access.list(source, cancellation)) {
            try (RecordBlocks blocks = RecordBlocks.open(
                    access.read(file, 0, file.length(), cancellation),
                    file.display(),
                    options,
                    cancellation,
                    names -> new BlockDecoder(Schema.of(), new int[0], List.of(file.display()), 0, "infer"))) {
                if (columns == null) {
                    columns = new Columns(file.display(), blocks.names());
                }
                rest = columns.observe(file.display(), blocks, rest);
            }
        }
        if (columns == null) {
            throw DataflowException.of(ErrorCode.SOURCE_NOT_FOUND, "Cannot find a file at " + source.display());
        }
        return columns.schema();
    }

    /** What is known of the columns, named as in the first file. */
    private static final class Columns {
        private final String firstFile;
        private final List<String> names;
        private final TextEvidence[] evidence;

        Columns(String firstFile, List<String> names) {
            this.firstFile = firstFile;
            this.names = names;
            this.evidence = new TextEvidence[names.size()];
            for (int i = 0; i < evidence.length; i++) {
                evidence[i] = new TextEvidence();
            }
        }

        Schema schema() {
            List<Field> fields = new ArrayList<>();
            for (int i = 0; i < evidence.length; i++) {
                fields.add(Field.optional(names.get(i), evidence[i].type()));
            }
            return Schema.of(fields);
        }

        /** Observes at most {@code rest} records of a file; gives how many more there may be. */
        long observe(String file, RecordBlocks blocks, long rest) {
            TextEvidence[] ofFile = inOrderOf(blocks.names(), file);
            long left = rest;
            while (left > 0) {
                RecordBlock block = blocks.next();
                if (block == null) {
                    break;
                }
                int count = (int) Math.min(left, block.size());
                for (int i = 0; i < ofFile.length; i++) {
                    observe(ofFile[i], i, block, count);
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

        private TextEvidence[] inOrderOf(List<String> namesThere, String file) {
            if (names.equals(namesThere)) {
                return evidence;
            }
            // Either call throws when a column of one file is missing in the other.
            CsvHeader.positions(namesThere, allText(names), file);
            CsvHeader.positions(names, allText(namesThere), firstFile);
            Map<String, TextEvidence> byName = new HashMap<>();
            for (int i = 0; i < evidence.length; i++) {
                byName.put(names.get(i), evidence[i]);
            }
            return namesThere.stream().map(byName::get).toArray(TextEvidence[]::new);
        }

        private static Schema allText(List<String> names) {
            return Schema.of(
                    names.stream().map(name -> Field.optional(name, TEXT)).toList());
        }
    }
}
