package io.millrace.benchmarks;

import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;

import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.table.ArrowTypes;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.CellErrors;
import io.millrace.dataflow.table.Cells;
import io.millrace.dataflow.table.ReadReport;
import io.millrace.dataflow.table.Table;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * Rows made of their numbers, so that every system makes the same ones for itself: a column has a seed, the number of
 * its different values, and what it makes of one.
 */
record MadeTable(String name, List<Column> columns, int rows) implements Serializable {
    private static final int BATCH_ROWS = 16_384;

    /** What a column holds. */
    enum Kind {
        /** Numbers from 1 on. */
        WHOLE,
        /** {@code id} and a number of a fixed width. */
        CODE,
        /** Numbers from 0 to 100 with six decimals. */
        REAL
    }

    /** A column; {@code width} is that of a code. */
    record Column(String name, Kind kind, long different, int width, long seed) implements Serializable {
        long whole(long row) {
            long mixed = (row + 1) * 0x9E3779B97F4A7C15L + seed * 0xD1B54A32D192ED03L;
            mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
            mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
            return Long.remainderUnsigned(mixed ^ (mixed >>> 31), different) + 1;
        }

        double real(long row) {
            return whole(row) * 100.0 / different;
        }

        String code(long row) {
            return new String(codeBytes(row), StandardCharsets.US_ASCII);
        }

        byte[] codeBytes(long row) {
            byte[] bytes = new byte[2 + width];
            bytes[0] = 'i';
            bytes[1] = 'd';
            long rest = whole(row);
            for (int i = bytes.length - 1; i > 1; i--) {
                bytes[i] = (byte) ('0' + rest % 10);
                rest /= 10;
            }
            return bytes;
        }

        Object value(long row) {
            return kind == Kind.WHOLE ? whole(row) : kind == Kind.REAL ? (Object) real(row) : code(row);
        }
    }

    static Column whole(String name, long different, long seed) {
        return new Column(name, Kind.WHOLE, different, 0, seed);
    }

    static Column code(String name, long different, int width, long seed) {
        return new Column(name, Kind.CODE, different, width, seed);
    }

    static Column real(String name, long seed) {
        return new Column(name, Kind.REAL, 100_000_000, 0, seed);
    }

    /** The rows as batches in memory. */
    Table table() {
        List<Field> fields = new ArrayList<>();
        for (Column column : columns) {
            DataType type = column.kind == Kind.WHOLE ? INT64 : column.kind == Kind.REAL ? FLOAT64 : TEXT;
            fields.add(Field.optional(column.name, type));
        }
        Schema schema = Schema.of(fields);
        BufferAllocator allocator = new RootAllocator();
        List<Batch> batches = new ArrayList<>();
        for (int from = 0; from < rows; from += BATCH_ROWS) {
            int size = Math.min(BATCH_ROWS, rows - from);
            List<Cells> cells = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                DataType type = fields.get(i).type();
                FieldVector vector = ArrowTypes.vector("", type, allocator);
                vector.setInitialCapacity(size);
                vector.allocateNew();
                fill(columns.get(i), from, size, vector);
                vector.setValueCount(size);
                cells.add(Cells.of(type, vector, CellErrors.none()));
            }
            batches.add(Batch.of(schema, cells, size, null));
        }
        return Table.of(schema, batches, ReadReport.empty(), allocator::close);
    }

    private static void fill(Column column, int from, int size, FieldVector target) {
        for (int row = 0; row < size; row++) {
            if (target instanceof BigIntVector wholes) {
                wholes.setSafe(row, column.whole(from + row));
            } else if (target instanceof Float8Vector reals) {
                reals.setSafe(row, column.real(from + row));
            } else {
                ((VarCharVector) target).setSafe(row, column.codeBytes(from + row));
            }
        }
    }

    /** Makes a table of this name in memory of DuckDB. */
    void load(Connection connection) throws SQLException {
        StringBuilder sql = new StringBuilder("CREATE TABLE " + name + " (");
        for (Column column : columns) {
            sql.append(sql.charAt(sql.length() - 1) == '(' ? "" : ", ").append(column.name);
            sql.append(column.kind == Kind.WHOLE ? " BIGINT" : column.kind == Kind.REAL ? " DOUBLE" : " VARCHAR");
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql.append(")").toString());
        }
        try (DuckDBAppender appender =
                connection.unwrap(DuckDBConnection.class).createAppender(DuckDBConnection.DEFAULT_SCHEMA, name)) {
            for (int row = 0; row < rows; row++) {
                appender.beginRow();
                for (Column column : columns) {
                    if (column.kind == Kind.WHOLE) {
                        appender.append(column.whole(row));
                    } else if (column.kind == Kind.REAL) {
                        appender.append(column.real(row));
                    } else {
                        appender.append(column.code(row));
                    }
                }
                appender.endRow();
            }
        }
    }
}
