package io.millrace.automl.fit;

import io.millrace.automl.feature.FeaturePlan;
import io.millrace.automl.feature.FittedFeatures;
import io.millrace.automl.feature.Frame;
import io.millrace.automl.learner.Encoding;
import io.millrace.automl.learner.TrainingSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The rows of each fold as the features of that fold encode them. The features of a fold do not depend on the
 * candidate, so what is kept here spares their learning and application; how much is kept changes no result.
 * Thread-safe.
 */
final class FoldMatrices {
    private static final long MOST_BYTES =
            Math.min(1L << 30, Runtime.getRuntime().maxMemory() / 6);

    /** The rows a fit learns from and those it is judged by, and the features that encoded both. */
    record Encoded(FittedFeatures features, TrainingSet train, TrainingSet judged) {
        long bytes() {
            return 8L * train.matrix().features().size() * (train.rows() + judged.rows());
        }
    }

    private record Key(int fold, Encoding encoding) {}

    private final TrainingData data;
    private final Map<Key, Encoded> kept = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Key, CompletableFuture<Encoded>> underWay = new HashMap<>();
    private long keptBytes;
    private @Nullable FeaturePlan plan;

    FoldMatrices(TrainingData data) {
        this.data = data;
    }

    Encoded of(int fold, Encoding encoding) {
        Key key = new Key(fold, encoding);
        CompletableFuture<Encoded> mine = new CompletableFuture<>();
        CompletableFuture<Encoded> theirs;
        synchronized (this) {
            Encoded known = kept.get(key);
            if (known != null) {
                return known;
            }
            theirs = underWay.putIfAbsent(key, mine);
        }
        if (theirs != null) {
            return joined(theirs);
        }
        try {
            Encoded made = make(key);
            keep(key, made);
            mine.complete(made);
            return made;
        } catch (RuntimeException | Error failure) {
            mine.completeExceptionally(failure);
            throw failure;
        } finally {
            synchronized (this) {
                underWay.remove(key);
            }
        }
    }

    private static Encoded joined(CompletableFuture<Encoded> future) {
        try {
            return future.join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (failure.getCause() instanceof Error cause) {
                throw cause;
            }
            throw failure;
        }
    }

    private Encoded make(Key key) {
        int[] trainRows = data.rowsOutside(key.fold());
        int[] judgedRows = data.rowsOf(key.fold());
        Frame trainFrame = data.frame().select(trainRows);
        double[] trainTarget = targetOf(trainRows);
        FittedFeatures features = FittedFeatures.fit(
                plan(),
                trainFrame,
                trainTarget,
                data.objective(),
                data.classes(),
                key.encoding(),
                Seeds.of(data.seed(), key.fold()));
        return new Encoded(
                features,
                new TrainingSet(features.apply(trainFrame), trainTarget, null, data.objective(), data.classes()),
                new TrainingSet(
                        features.apply(data.frame().select(judgedRows)),
                        targetOf(judgedRows),
                        null,
                        data.objective(),
                        data.classes()));
    }

    private double[] targetOf(int[] rows) {
        double[] picked = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            picked[i] = data.target()[rows[i]];
        }
        return picked;
    }

    private synchronized FeaturePlan plan() {
        FeaturePlan known = plan;
        if (known == null) {
            known = FeaturePlan.of(data.frame());
            plan = known;
        }
        return known;
    }

    private synchronized void keep(Key key, Encoded made) {
        if (made.bytes() > MOST_BYTES / 2) {
            return;
        }
        keptBytes += made.bytes();
        kept.put(key, made);
        var eldest = kept.entrySet().iterator();
        while (keptBytes > MOST_BYTES) {
            keptBytes -= eldest.next().getValue().bytes();
            eldest.remove();
        }
    }
}
