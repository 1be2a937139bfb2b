package io.millrace.dataflow.profile;

import java.util.Arrays;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.apache.datasketches.hll.Union;
import org.apache.datasketches.memory.Memory;
import org.jspecify.annotations.Nullable;

/** The number of different keys: counted in a set up to a limit, then estimated by HyperLogLog. */
final class DistinctCounter {
    /** The logarithm of the number of registers; the standard error is 0.8 %. */
    private static final int LOG_REGISTERS = 14;

    private static final int SMALLEST = 64;

    private final int limit;
    /** Where no key is, 0; the key 0 is known by itself. Empty once there is a sketch. */
    private long[] keys = new long[SMALLEST];

    private int size;
    private boolean hasZero;
    private @Nullable HllSketch sketch;

    /** A counter that counts up to {@code limit} and estimates beyond it. */
    DistinctCounter(int limit) {
        this.limit = limit;
    }

    void add(long key) {
        HllSketch beyond = sketch;
        if (beyond != null) {
            beyond.update(key);
        } else if (key == 0) {
            hasZero = true;
            limited();
        } else {
            int mask = keys.length - 1;
            int slot = (int) Hash.mix(key) & mask;
            while (keys[slot] != 0) {
                if (keys[slot] == key) {
                    return;
                }
                slot = (slot + 1) & mask;
            }
            keys[slot] = key;
            size++;
            limited();
        }
    }

    /** Adds the first {@code count} keys. */
    void add(long[] added, int count) {
        int next = 0;
        while (next < count && sketch == null) {
            add(added[next++]);
        }
        HllSketch beyond = sketch;
        if (beyond != null) {
            for (; next < count; next++) {
                beyond.update(added[next]);
            }
        }
    }

    /** Keeps the set half empty, and no larger than the limit. */
    private void limited() {
        if (size + (hasZero ? 1 : 0) > limit) {
            spill();
        } else if (2 * size > keys.length) {
            long[] smaller = keys;
            keys = new long[2 * smaller.length];
            size = 0;
            for (long key : smaller) {
                if (key != 0) {
                    add(key);
                }
            }
        }
    }

    private HllSketch spill() {
        HllSketch beyond = new HllSketch(LOG_REGISTERS, TgtHllType.HLL_8);
        for (long key : keys) {
            if (key != 0) {
                beyond.update(key);
            }
        }
        if (hasZero) {
            beyond.update(0L);
        }
        keys = new long[0];
        sketch = beyond;
        return beyond;
    }

    void join(DistinctCounter other) {
        HllSketch theirs = other.sketch;
        if (theirs == null) {
            for (long key : other.keys) {
                if (key != 0) {
                    add(key);
                }
            }
            if (other.hasZero) {
                add(0);
            }
            return;
        }
        HllSketch ours = sketch;
        Union union = new Union(LOG_REGISTERS);
        union.update(ours == null ? spill() : ours);
        union.update(theirs);
        sketch = union.getResult(TgtHllType.HLL_8);
    }

    /** The number of different keys; no more than {@code most}, the number of keys added. */
    Count count(long most) {
        HllSketch beyond = sketch;
        return beyond == null
                ? Count.exact(size + (hasZero ? 1 : 0))
                : Count.estimated(Math.min(most, Math.round(beyond.getEstimate())));
    }

    /** Whether {@code many} different keys are within three standard errors of the estimate, or counted. */
    boolean mayBe(long many) {
        HllSketch beyond = sketch;
        return beyond == null ? count(many).value() == many : beyond.getUpperBound(3) >= many;
    }

    void write(ShareWriter out) {
        HllSketch beyond = sketch;
        out.putFlag(beyond != null);
        if (beyond != null) {
            out.putBytes(beyond.toCompactByteArray());
            return;
        }
        out.putFlag(hasZero);
        out.putInt(size);
        long[] ordered = keys.clone();
        Arrays.sort(ordered);
        for (long key : ordered) {
            if (key != 0) {
                out.putLong(key);
            }
        }
    }

    static DistinctCounter read(ShareReader in, int limit) {
        DistinctCounter counter = new DistinctCounter(limit);
        if (in.readFlag()) {
            counter.keys = new long[0];
            counter.sketch = HllSketch.heapify(Memory.wrap(in.readBytes()));
            return counter;
        }
        counter.hasZero = in.readFlag();
        int size = in.readInt();
        for (int i = 0; i < size; i++) {
            counter.add(in.readLong());
        }
        return counter;
    }
}
