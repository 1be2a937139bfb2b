package io.millrace.dataflow.csv.scan;

import io.millrace.dataflow.format.Split.StartState;
import java.util.List;

/**
 * What the next chunk must know of all those before it.
 *
 * @param state that of the parser, see {@link RecordStates}
 * @param records the number of the first record that begins in the next line
 * @param line the line on which the unfinished record begins, or the next line when there is none
 * @param openLine the line on which the next byte is
 * @param quoteLine the line on which the quote opened that is open now
 * @param offset where the unfinished record begins in the file, or else the next byte
 * @param parts the bytes of the unfinished record, not to be changed; none of a foreign one
 * @param isForeign whether the unfinished record began before the split that is read, and is no record of it
 */
record ChunkEnd(
        int state,
        long records,
        long line,
        long openLine,
        long quoteLine,
        long offset,
        List<byte[]> parts,
        boolean isForeign) {
    /** The start of the records of a file. */
    static ChunkEnd start(long line, long offset) {
        return new ChunkEnd(RecordStates.RECORD_START, 1, line, line, line, offset, List.of(), false);
    }

    /** The start of a split in some state. */
    static ChunkEnd start(StartState start, long offset) {
        long line = start.firstLine();
        boolean foreign = start.state() > RecordStates.AFTER_RETURN;
        return new ChunkEnd(start.state(), start.firstRecord(), line, line, line, offset, List.of(), foreign);
    }

    /** The number of bytes of the unfinished record. */
    long length() {
        long length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        return length;
    }
}
