package io.millrace.dataflow.format;

import java.util.Objects;

/**
 * A stretch of one file, and the state the parser is in where it starts.
 *
 * @param ordinal the position of the file in its scan, from 0
 * @param offset where it starts, in bytes from the start of the file
 * @param length its length in bytes
 * @param start the state at its start
 */
public record Split(int ordinal, long offset, long length, StartState start) {
    public Split {
        Objects.requireNonNull(start, "start");
        if (ordinal < 0 || offset < 0 || length < 0) {
            throw new IllegalArgumentException("not a stretch of a file: " + ordinal + ", " + offset + ", " + length);
        }
    }

    /**
     * The state of the parser at some byte of a file.
     *
     * @param state its number, which means something to the format alone; 0 where a record starts
     * @param firstRecord the number of the first record that starts at or after the byte, the first after the header
     *     being 1; 0 when it is not known before the splits before it are summarised
     * @param firstLine the line that the byte is on, the first of the file being 1; 0 when it is not known
     */
    public record StartState(int state, long firstRecord, long firstLine) {
        /** The state at the start of a file. */
        public static final StartState OF_FILE = new StartState(0, 1, 1);

        /** A state that is not known before the splits before it are summarised. */
        public static final StartState UNKNOWN = new StartState(0, 0, 0);
    }

    /** The same stretch with another start. */
    public Split startingAt(StartState state) {
        return new Split(ordinal, offset, length, state);
    }
}
