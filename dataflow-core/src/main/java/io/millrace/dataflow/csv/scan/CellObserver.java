package io.millrace.dataflow.csv.scan;

import io.millrace.dataflow.format.ColumnEvidence;

/** Shows the cells of the rows of a chunk to the evidence of their columns. Used by one thread. */
final class CellObserver {
    private final ScanDialect dialect;
    private final CellContent content;

    CellObserver(ScanDialect dialect) {
        this.dialect = dialect;
        this.content = new CellContent(dialect);
    }

    /** Observes the first rows, at most as many as said: the cells of each column of the file, in its order. */
    void observe(KeptRecords kept, ColumnEvidence[] columns, int most) {
        for (int position = 0; position < columns.length; position++) {
            int row = 0;
            for (KeptRecords.Part part : kept.parts()) {
                int count = Math.min(part.run().size(), most - row);
                boolean isPlain = part.isPlain() && !dialect.hasNullTokens();
                long nulls = isPlain
                        ? plain(part.run(), count, position, kept, row, columns[position])
                        : any(part, count, position, kept, row, columns[position]);
                columns[position].nulls(nulls);
                row += count;
            }
        }
    }

    /** Records that all have the cell, of text that is well-formed, where only the empty text is null. */
    private long plain(
            ChunkRecords.Run run, int count, int position, KeptRecords kept, int firstRow, ColumnEvidence column) {
        RecordIndex index = run.index();
        byte[] bytes = index.bytes;
        int[] ends = index.ends;
        int[] firstCells = index.firstCells;
        int quote = dialect.quote();
        long nulls = 0;
        for (int i = 0; i < count; i++) {
            int record = run.from() + i;
            int cell = firstCells[record] + position;
            int from = position == 0 ? index.starts[record] : ends[cell - 1] + 1;
            int to = ends[cell];
            if (from == to) {
                nulls++;
            } else if (bytes[from] == quote) {
                content.find(bytes, from, to);
                column.observe(content.bytes(), content.from(), content.to(), kept.record(firstRow + i));
            } else {
                column.observe(bytes, from, to, kept.record(firstRow + i));
            }
        }
        return nulls;
    }

    /** A cell that is missing, and one with bytes that are no text, says nothing. */
    private long any(
            KeptRecords.Part part, int count, int position, KeptRecords kept, int firstRow, ColumnEvidence column) {
        RecordIndex index = part.run().index();
        long nulls = 0;
        for (int i = 0; i < count; i++) {
            int record = part.run().from() + i;
            if (position >= index.cells(record)) {
                continue;
            }
            int from = index.from(record, position);
            int to = index.to(record, position);
            if (!part.isPlain() && WellFormed.firstOdd(index.bytes, from, to) >= 0) {
                continue;
            }
            if (content.find(index.bytes, from, to)) {
                column.observe(content.bytes(), content.from(), content.to(), kept.record(firstRow + i));
            } else {
                nulls++;
            }
        }
        return nulls;
    }
}
