package io.millrace.dataflow.profile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.datasketches.frequencies.ErrorType;
import org.apache.datasketches.frequencies.LongsSketch;
import org.apache.datasketches.memory.Memory;

/**
 * The most frequent of many values. Finds every value that makes up more than 0.35 % of them; its number is not below
 * the true one.
 */
final class FrequentValues {
    private static final int SLOTS = 1_024;
    /** Texts that are kept before those of values no longer frequent are let go. */
    private static final int MOST_TEXTS = 4 * SLOTS;

    private final LongsSketch sketch;
    private final Map<Long, byte[]> texts = new HashMap<>();

    FrequentValues() {
        this(new LongsSketch(SLOTS));
    }

    private FrequentValues(LongsSketch sketch) {
        this.sketch = sketch;
    }

    void add(long key, long count) {
        sketch.update(key, count);
    }

    void add(long[] keys, int count) {
        for (int i = 0; i < count; i++) {
            sketch.update(keys[i]);
        }
    }

    /** Whether a key that was just added has come before and its text is not known. */
    boolean wantsText(long key) {
        return sketch.getLowerBound(key) > 1 && !texts.containsKey(key);
    }

    void text(long key, byte[] text) {
        texts.put(key, text);
        if (texts.size() > MOST_TEXTS) {
            letGo();
        }
    }

    private void letGo() {
        texts.keySet().removeIf(key -> sketch.getLowerBound(key) == 0);
    }

    void join(FrequentValues other) {
        sketch.merge(other.sketch);
        other.texts.forEach(texts::putIfAbsent);
        letGo();
    }

    /** A value that is frequent for certain, and at most how often it occurs. */
    record Frequent(long key, long atMost) {}

    /** The text of a frequent value; empty where none was given. */
    byte[] text(long key) {
        return texts.getOrDefault(key, new byte[0]);
    }

    /** The most frequent values, {@code most} at most, the most frequent first and equal ones by key. */
    List<Frequent> top(int most) {
        List<Frequent> frequent = new ArrayList<>();
        for (LongsSketch.Row row : sketch.getFrequentItems(ErrorType.NO_FALSE_POSITIVES)) {
            frequent.add(new Frequent(row.getItem(), row.getUpperBound()));
        }
        frequent.sort(Comparator.comparingLong(Frequent::atMost).reversed().thenComparingLong(Frequent::key));
        return frequent.subList(0, Math.min(most, frequent.size()));
    }

    void write(ShareWriter out) {
        letGo();
        out.putBytes(sketch.toByteArray());
        List<Long> keys = new ArrayList<>(texts.keySet());
        keys.sort(Comparator.naturalOrder());
        out.putInt(keys.size());
        for (long key : keys) {
            out.putLong(key);
            out.putBytes(text(key));
        }
    }

    static FrequentValues read(ShareReader in) {
        FrequentValues values = new FrequentValues(LongsSketch.getInstance(Memory.wrap(in.readBytes())));
        int size = in.readInt();
        for (int i = 0; i < size; i++) {
            values.texts.put(in.readLong(), in.readBytes());
        }
        return values;
    }
}
