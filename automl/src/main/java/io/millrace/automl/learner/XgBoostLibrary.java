package io.millrace.automl.learner;

import java.util.Optional;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** XGBoost's native library, loaded when it is first asked for. */
final class XgBoostLibrary {
    private XgBoostLibrary() {}

    /** Why the library cannot be loaded; empty if it is. */
    static Optional<String> unavailable() {
        return Loaded.FAILURE;
    }

    /** The loading happens when this class is initialised, once. */
    private static final class Loaded {
        static final Optional<String> FAILURE = load();

        private static Optional<String> load() {
            // XGBoost writes lines to the log when its library does not load; LightGBM's needs the same system library.
            Optional<String> lightGbm = LightGbmLibrary.unavailable();
            if (lightGbm.isPresent() && lightGbm.get().contains("libgomp")) {
                return Optional.of(LightGbmLibrary.reason("xgboost", lightGbm.get()));
            }
            try {
                new DMatrix(new float[] {0}, 1, 1, Float.NaN).dispose();
                return Optional.empty();
            } catch (XGBoostError | LinkageError e) {
                Throwable root = e;
                while (root.getCause() != null) {
                    root = root.getCause();
                }
                return Optional.of(LightGbmLibrary.reason("xgboost", String.valueOf(root.getMessage())));
            }
        }
    }
}
