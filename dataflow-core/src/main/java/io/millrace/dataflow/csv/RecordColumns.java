package io.millrace.dataflow.csv;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.FileColumns;
import java.util.List;
import java.util.Optional;

/** Which cells of the records of one file the columns of a scan are. Immutable. */
final class RecordColumns {
    private final Schema schema;
    private final int[] positions;
    private final int width;
    private final int overflow;
    private final boolean padsShortRows;
    private final boolean isQuotedEmptyNull;

    private RecordColumns(Schema schema, int[] positions, int width, CsvOptions options) {
        this.schema = schema;
        this.positions = positions;
        this.width = width;
        this.overflow = options.overflowColumn()
                .map(name -> schema.position(name).orElse(-1))
                .orElse(-1);
        this.padsShortRows = options.padsShortRows();
        this.isQuotedEmptyNull = options.isQuotedEmptyNull();
    }

    /**
     * The columns of a schema in a file that has these columns, found by name.
     *
     * @throws DataflowException {@code MISSING_COLUMN}, naming every column that the file lacks and must have
     */
    static RecordColumns of(List<String> names, Schema schema, CsvOptions options, String file) {
        Optional<String> overflow = options.overflowColumn().filter(name -> schema.has(name));
        if (options.columns() == FileColumns.UNION) {
            return new RecordColumns(schema, CsvHeader.positionsOrNone(names, schema), names.size(), options);
        }
        if (overflow.isPresent()) {
            // Must not be looked for in the file.
            CsvHeader.positions(names, without(schema, overflow.get()), file);
            return new RecordColumns(schema, CsvHeader.positionsOrNone(names, schema), names.size(), options);
        }
        return new RecordColumns(schema, CsvHeader.positions(names, schema, file), names.size(), options);
    }

    private static Schema without(Schema schema, String name) {
        return Schema.of(schema.fields().stream()
                .filter(field -> !field.name().equals(name))
                .toList());
    }

    /** The columns, in order. */
    Schema schema() {
        return schema;
    }

    /** The position in the file of a column that is not the overflow; {@link CsvHeader#NOWHERE} where the file lacks it. */
    int position(int column) {
        return positions[column];
    }

    /** Whether a column is the list of cells beyond the header. */
    boolean isOverflow(int column) {
        return column == overflow;
    }

    /** The number of columns of the file. */
    int width() {
        return width;
    }

    /** Whether the cells that a short record lacks are null in place of errors. */
    boolean padsShortRows() {
        return padsShortRows;
    }

    /** Whether quoted empty cells are null in columns of text as well. */
    boolean isQuotedEmptyNull() {
        return isQuotedEmptyNull;
    }
}
