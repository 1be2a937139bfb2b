package io.millrace.dataflow.csv;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.format.TextEvidence;
import io.millrace.dataflow.schema.DataTypes;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The records of a file that holds one table below the other, up to where the first one ends:
 *
 * <ul>
 *   <li>before a record that repeats the header, or as much of it as the shorter of both has, from two cells on;
 *   <li>after a blank line, before a record of another width that the record after it has as well, if there is one;
 *   <li>before a record of another width that holds nothing but names, when the records after it have that width as well.
 * </ul>
 *
 * <p>Reads few records ahead. One record of another width between others ends nothing: it is a ragged one.
 */
final class FirstTable {
    /** How many records after names have their width. */
    private static final int ALIKE = 3;

    private final Tokenizer tokenizer;
    private final @Nullable String @Nullable [] header;
    private final int width;
    private final Deque<TextRecord> ahead = new ArrayDeque<>();
    private boolean afterBlank;
    private boolean ended;

    /**
     * What follows the first table.
     *
     * @param first its first record
     * @param records how many records it has
     * @param failure what ended its records early
     */
    record Rest(TextRecord first, long records, @Nullable DataflowException failure) {}

    /**
     * The records after the header.
     *
     * @param header the first record of the header, or null where there is none
     * @param width the number of columns
     */
    FirstTable(Tokenizer tokenizer, @Nullable String @Nullable [] header, int width) {
        this.tokenizer = tokenizer;
        this.header = header;
        this.width = width;
    }

    /** The next record or blank line of the first table, or null after the last. */
    @Nullable
    TextRecord next() {
        TextRecord record = ended ? null : take();
        if (record == null) {
            return null;
        }
        if (record.isBlank()) {
            afterBlank = true;
        } else if (beginsAnother(record)) {
            ended = true;
            ahead.addFirst(record);
            return null;
        } else {
            afterBlank = false;
        }
        return record;
    }

    /** Reads what follows the first table to its end; null when nothing does. */
    @Nullable
    Rest rest() {
        TextRecord first = ended ? take() : null;
        if (first == null) {
            return null;
        }
        long records = 0;
        try {
            for (TextRecord record = first; record != null; record = take()) {
                records += record.isBlank() ? 0 : 1;
            }
        } catch (DataflowException failure) {
            return new Rest(first, records, failure);
        }
        return new Rest(first, records, null);
    }

    private boolean beginsAnother(TextRecord record) {
        if (repeatsHeader(record)) {
            return true;
        }
        if (record.width() == width) {
            return false;
        }
        return afterBlank ? isAloneOrAlike(record) : isNames(record) && areAlike(record);
    }

    private boolean repeatsHeader(TextRecord record) {
        if (header == null) {
            return false;
        }
        int common = Math.min(record.width(), header.length);
        if (common < 2 && header.length != record.width()) {
            return false;
        }
        boolean named = false;
        for (int i = 0; i < common; i++) {
            String name = header[i];
            if (name == null ? record.cells()[i] != null : !name.equals(record.cells()[i])) {
                return false;
            }
            named |= name != null;
        }
        return named;
    }

    private boolean isAloneOrAlike(TextRecord record) {
        TextRecord following = peek(0);
        return following == null || following.isBlank() || following.width() == record.width();
    }

    private boolean areAlike(TextRecord record) {
        for (int i = 0; i < ALIKE; i++) {
            TextRecord following = peek(i);
            if (following == null || following.isBlank()) {
                return i > 0;
            }
            if (following.width() != record.width()) {
                return false;
            }
        }
        return true;
    }

    /** Whether there are several cells, each a text that is nothing else. */
    private static boolean isNames(TextRecord record) {
        for (String cell : record.cells()) {
            if (cell == null || cell.isBlank()) {
                return false;
            }
            TextEvidence evidence = new TextEvidence();
            evidence.observe(cell);
            if (!evidence.type().equals(DataTypes.TEXT)) {
                return false;
            }
        }
        return record.width() > 1;
    }

    private @Nullable TextRecord peek(int index) {
        while (ahead.size() <= index) {
            TextRecord record = tokenizer.nextRecord();
            if (record == null) {
                return null;
            }
            ahead.addLast(record);
        }
        return ahead.stream().skip(index).findFirst().orElseThrow();
    }

    private @Nullable TextRecord take() {
        TextRecord record = ahead.pollFirst();
        return record == null ? tokenizer.nextRecord() : record;
    }
}
