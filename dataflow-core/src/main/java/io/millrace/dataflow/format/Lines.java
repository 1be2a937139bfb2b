package io.millrace.dataflow.format;

import io.millrace.dataflow.table.Rejection;
import java.nio.charset.Charset;

/**
 * Some consecutive lines of one file as bytes, without their ends: a line feed, with a carriage return before it or not.
 * Immutable.
 */
public final class Lines {
    private final byte[] bytes;
    private final int[] starts;
    private final int[] ends;
    private final Charset charset;
    private final long first;
    private final long offset;

    /** Lines over arrays that the reader no longer changes, of which the first byte is that at {@code offset} of the file, -1 when not known. */
    Lines(byte[] bytes, int[] starts, int[] ends, Charset charset, long first, long offset) {
        this.bytes = bytes;
        this.starts = starts;
        this.ends = ends;
        this.charset = charset;
        this.first = first;
        this.offset = offset;
    }

    /** The number of lines. */
    public int count() {
        return starts.length;
    }

    /** The number of the first line in its file, from 1. */
    public long first() {
        return first;
    }

    /** What holds the lines, not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** How the bytes become text. */
    public Charset charset() {
        return charset;
    }

    /** Where a line begins among the bytes. */
    public int start(int line) {
        return starts[line];
    }

    /** The number of bytes of a line. */
    public int length(int line) {
        return ends[line] - starts[line];
    }

    /** Where a line stands, if it is a record of that number in a file of that name. */
    public Rejection.Place place(int line, String file, long record) {
        return offset < 0
                ? Rejection.Place.of(file, record, first + line)
                : new Rejection.Place(file, record, first + line, offset + starts[line], offset + ends[line]);
    }

    /** Whether a line holds nothing but white space. */
    public boolean isBlank(int line) {
        for (int i = starts[line]; i < ends[line]; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
                return false;
            }
        }
        return true;
    }
}
