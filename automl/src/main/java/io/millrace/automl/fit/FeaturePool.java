package io.millrace.automl.fit;

import io.millrace.automl.codec.BinaryReader;
import io.millrace.automl.feature.FittedFeatures;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Fitted features by their bytes. The fits of one fold share their features, so that a pipeline of many models applies
 * each of them once a row. Not thread-safe.
 */
public final class FeaturePool {
    private final Map<ByteBuffer, FittedFeatures> known = new HashMap<>();

    /** The features of these bytes: the same object for equal bytes. The array must not change afterwards. */
    FittedFeatures of(byte[] bytes) {
        return known.computeIfAbsent(ByteBuffer.wrap(bytes), key -> {
            BinaryReader in = BinaryReader.of(bytes);
            FittedFeatures features = FittedFeatures.read(in);
            in.expectEnd();
            return features;
        });
    }
}
