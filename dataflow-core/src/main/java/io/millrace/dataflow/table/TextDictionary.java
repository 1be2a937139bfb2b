package io.millrace.dataflow.table;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers the distinct texts of a column, in the order in which they first appear. Works on UTF-8 bytes, so that a text
 * that was seen before costs no object. Not thread-safe.
 */
public final class TextDictionary {
    private static final int INITIAL_SLOTS = 16;

    private final List<byte[]> texts = new ArrayList<>();
    private int[] slots = new int[INITIAL_SLOTS];

    /** Creates an empty dictionary. */
    public TextDictionary() {}

    /** The number of the text in the first {@code length} bytes, which is the next free one for a text not seen before. */
    int code(byte[] bytes, int length) {
        int mask = slots.length - 1;
        int slot = hash(bytes, length) & mask;
        while (slots[slot] != 0) {
            byte[] known = texts.get(slots[slot] - 1);
            if (Arrays.equals(known, 0, known.length, bytes, 0, length)) {
                return slots[slot] - 1;
            }
            slot = (slot + 1) & mask;
        }
        texts.add(Arrays.copyOf(bytes, length));
        slots[slot] = texts.size();
        if (texts.size() * 2 > slots.length) {
            grow();
        }
        return texts.size() - 1;
    }

    /** The number of distinct texts. */
    public int size() {
        return texts.size();
    }

    /** The texts, by number. */
    public String[] texts() {
        String[] decoded = new String[texts.size()];
        for (int code = 0; code < decoded.length; code++) {
            decoded[code] = new String(texts.get(code), StandardCharsets.UTF_8);
        }
        return decoded;
    }

    private void grow() {
        int[] larger = new int[slots.length * 2];
        int mask = larger.length - 1;
        for (int code = 0; code < texts.size(); code++) {
            byte[] text = texts.get(code);
            int slot = hash(text, text.length) & mask;
            while (larger[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            larger[slot] = code + 1;
        }
        slots = larger;
    }

    private static int hash(byte[] bytes, int length) {
        int hash = 1;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + bytes[i];
        }
        hash *= 0x9E3779B9;
        return hash ^ (hash >>> 15);
    }
}
