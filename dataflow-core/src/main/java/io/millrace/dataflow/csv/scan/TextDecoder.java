package io.millrace.dataflow.csv.scan;

import io.millrace.dataflow.schema.DataType;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;

/** Text: bytes are copied, well-formed as they are known to be. */
final class TextDecoder extends ColumnDecoder {
    private int length;

    TextDecoder(ScanDialect dialect, DataType type, int position, ColumnScratch scratch) {
        super(dialect, type, position, scratch);
    }

    @Override
    void begin() {
        length = 0;
        scratch.ints[0] = 0;
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
    void none(int row) {
        super.none(row);
        scratch.ints[row + 1] = length;
    }

    @Override
    void value(byte[] bytes, int from, int to, int row) {
        int size = to - from;
        byte[] target = scratch.bytes;
        if (length + size + Words.SLACK > target.length) {
            target = scratch.grownBytes(length, size);
        }
        if (size <= 8) {
            Words.put(target, length, Words.at(bytes, from));
        } else if (size <= 16) {
            Words.put(target, length, Words.at(bytes, from));
            Words.put(target, length + size - 8, Words.at(bytes, to - 8));
        } else {
            System.arraycopy(bytes, from, target, length, size);
        }
        length += size;
        scratch.ints[row + 1] = length;
    }

    @Override
    void write(FieldVector vector, int rows) {
        VarCharVector texts = (VarCharVector) vector;
        texts.allocateNew(length, rows);
        writeValid(vector, rows);
        writeInts(texts.getOffsetBuffer(), scratch.ints, rows + 1);
        texts.getDataBuffer().setBytes(0, scratch.bytes, 0, length);
        texts.setLastSet(rows - 1);
    }
}
