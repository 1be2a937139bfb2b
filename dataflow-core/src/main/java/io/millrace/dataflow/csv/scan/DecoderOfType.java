package io.millrace.dataflow.csv.scan;

import io.millrace.dataflow.kernel.CellBytes;
import io.millrace.dataflow.schema.DataType;
import java.util.Arrays;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.FieldVector;

/** The decoder of each type. Their loops differ in one call, and are apart so that each is compiled with its own. */
record DecoderOfType(ScanDialect dialect, int position, ColumnScratch scratch)
        implements DataType.Visitor<ColumnDecoder> {
    @Override
    public ColumnDecoder visit(DataType.Bool type) {
        return new Bools(this, type);
    }

    @Override
    public ColumnDecoder visit(DataType.Int64 type) {
        return new Int64s(this, type);
    }

    @Override
    public ColumnDecoder visit(DataType.Float64 type) {
        return new Float64s(this, type);
    }

    @Override
    public ColumnDecoder visit(DataType.Decimal type) {
        return new Others(this, type);
    }

    @Override
    public ColumnDecoder visit(DataType.Text type) {
        return new TextDecoder(dialect, type, position, scratch);
    }

    @Override
    public ColumnDecoder visit(DataType.Date type) {
        return new Dates(this, type);
    }

    @Override
    public ColumnDecoder visit(DataType.Timestamp type) {
        return new Timestamps(this, type);
    }

    @Override
    public ColumnDecoder visit(DataType.Binary type) {
        return new Others(this, type);
    }

    @Override
    public ColumnDecoder visit(DataType.ListOf type) {
        return new Others(this, type);
    }

    @Override
    public ColumnDecoder visit(DataType.Struct type) {
        return new Others(this, type);
    }

    /** Values of eight bytes, made in {@link ColumnScratch#longs}. */
    private abstract static class EightBytes extends ColumnDecoder {
        EightBytes(DecoderOfType of, DataType type) {
            super(of.dialect, type, of.position, of.scratch);
        }

        @Override
        final void write(FieldVector vector, int rows) {
            ((BaseFixedWidthVector) vector).allocateNew(rows);
            writeValid(vector, rows);
            writeLongs(vector.getDataBuffer(), scratch.longs, rows);
        }
    }

    private static final class Int64s extends EightBytes {
        Int64s(DecoderOfType of, DataType type) {
            super(of, type);
        }

        @Override
        void plain(RecordIndex index, int from, int to, int firstRow) {
            byte[] bytes = index.bytes;
            int[] ends = index.ends;
            int row = firstRow;
            for (int r = from; r < to; r++, row++) {
                int cell = index.firstCells[r] + position;
                int end = ends[cell];
                int start = position == 0 ? index.starts[r] : ends[cell - 1] + 1;
                if (start == end) {
                    none(row);
                } else if (bytes[start] == quote) {
                    quoted(bytes, start, end, row);
                } else {
                    value(bytes, start, end, row);
                }
            }
        }

        @Override
        void value(byte[] bytes, int from, int to, int row) {
            long value = CellBytes.int64(bytes, from, to);
            scratch.longs[row] = value;
            if (value == CellBytes.UNDECIDED) {
                later(bytes, from, to, row);
            }
        }
    }

    private static final class Float64s extends EightBytes {
        Float64s(DecoderOfType of, DataType type) {
            super(of, type);
        }

        @Override
        void plain(RecordIndex index, int from, int to, int firstRow) {
            byte[] bytes = index.bytes;
            int[] ends = index.ends;
            int row = firstRow;
            for (int r = from; r < to; r++, row++) {
                int cell = index.firstCells[r] + position;
                int end = ends[cell];
                int start = position == 0 ? index.starts[r] : ends[cell - 1] + 1;
                if (start == end) {
                    none(row);
                } else if (bytes[start] == quote) {
                    quoted(bytes, start, end, row);
                } else {
                    value(bytes, start, end, row);
                }
            }
        }

        @Override
        void value(byte[] bytes, int from, int to, int row) {
            long bits = CellBytes.float64Bits(bytes, from, to);
            scratch.longs[row] = bits;
            if (bits == CellBytes.UNDECIDED_FLOAT64) {
                later(bytes, from, to, row);
            }
        }
    }

    private static final class Timestamps extends EightBytes {
        Timestamps(DecoderOfType of, DataType type) {
            super(of, type);
        }

        @Override
        void plain(RecordIndex index, int from, int to, int firstRow) {
            byte[] bytes = index.bytes;
            int[] ends = index.ends;
            int row = firstRow;
            for (int r = from; r < to; r++, row++) {
                int cell = index.firstCells[r] + position;
                int end = ends[cell];
                int start = position == 0 ? index.starts[r] : ends[cell - 1] + 1;
                if (start == end) {
                    none(row);
                } else if (bytes[start] == quote) {
                    quoted(bytes, start, end, row);
                } else {
                    value(bytes, start, end, row);
                }
            }
        }

        @Override
        void value(byte[] bytes, int from, int to, int row) {
            long micros = CellBytes.timestamp(bytes, from, to);
            scratch.longs[row] = micros;
            if (micros == CellBytes.UNDECIDED) {
                later(bytes, from, to, row);
            }
        }
    }

    /** Cells of types whose loop is not worth a copy of its own. */
    private abstract static class Each extends ColumnDecoder {
        Each(DecoderOfType of, DataType type) {
            super(of.dialect, type, of.position, of.scratch);
        }

        @Override
        final void plain(RecordIndex index, int from, int to, int firstRow) {
            int row = firstRow;
            for (int r = from; r < to; r++, row++) {
                int start = index.from(r, position);
                int end = index.to(r, position);
                if (start == end) {
                    none(row);
                } else if (index.bytes[start] == quote) {
                    quoted(index.bytes, start, end, row);
                } else {
                    value(index.bytes, start, end, row);
                }
            }
        }
    }

    private static final class Dates extends Each {
        Dates(DecoderOfType of, DataType type) {
            super(of, type);
        }

        @Override
        void value(byte[] bytes, int from, int to, int row) {
            int day = CellBytes.date(bytes, from, to);
            scratch.ints[row] = day;
            if (day == CellBytes.UNDECIDED_DATE) {
                later(bytes, from, to, row);
            }
        }

        @Override
        void write(FieldVector vector, int rows) {
            ((BaseFixedWidthVector) vector).allocateNew(rows);
            writeValid(vector, rows);
            writeInts(vector.getDataBuffer(), scratch.ints, rows);
        }
    }

    /** Bits, made in {@link ColumnScratch#longs}. */
    private static final class Bools extends Each {
        Bools(DecoderOfType of, DataType type) {
            super(of, type);
        }

        @Override
        void begin() {
            Arrays.fill(scratch.longs, 0, scratch.valid.length, 0L);
        }

        @Override
        void value(byte[] bytes, int from, int to, int row) {
            int value = CellBytes.bool(bytes, from, to);
            if (value == CellBytes.UNDECIDED_BOOL) {
                later(bytes, from, to, row);
            } else {
                scratch.longs[row >> 6] |= (long) value << row;
            }
        }

        @Override
        void write(FieldVector vector, int rows) {
            ((BaseFixedWidthVector) vector).allocateNew(rows);
            writeValid(vector, rows);
            writeBits(vector.getDataBuffer(), scratch.longs, rows);
        }
    }

    /** Types of which every value is made of its text. */
    private static final class Others extends Each {
        Others(DecoderOfType of, DataType type) {
            super(of, type);
        }

        @Override
        void value(byte[] bytes, int from, int to, int row) {
            later(bytes, from, to, row);
        }

        @Override
        void write(FieldVector vector, int rows) {
            vector.setInitialCapacity(rows);
            vector.allocateNew();
        }
    }
}
