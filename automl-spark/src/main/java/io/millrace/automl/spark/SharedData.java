package io.millrace.automl.spark;

import io.millrace.automl.fit.TrainingData;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.broadcast.Broadcast;

/** The training data that the fits of one process read, decoded once for all of them. */
final class SharedData {
    /** The latest session and one before it, whose last fits may still run. */
    private static final int MOST = 2;

    private static final Map<Long, TrainingData> DECODED = new LinkedHashMap<>();

    private SharedData() {}

    /** The data in a broadcast variable. */
    static TrainingData of(Broadcast<byte[]> encoded) {
        synchronized (DECODED) {
            TrainingData data = DECODED.get(encoded.id());
            if (data == null) {
                data = TrainingData.decode(encoded.value());
                DECODED.put(encoded.id(), data);
                if (DECODED.size() > MOST) {
                    DECODED.remove(DECODED.keySet().iterator().next());
                }
            }
            return data;
        }
    }

    /** Forgets the data, in this process. */
    static void forget(Broadcast<byte[]> encoded) {
        synchronized (DECODED) {
            DECODED.remove(encoded.id());
        }
    }
}
