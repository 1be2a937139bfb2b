package io.millrace.automl.learner;

import com.microsoft.ml.lightgbm.lightgbmlib;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** LightGBM's native library, loaded when it is first asked for. */
final class LightGbmLibrary {
    private LightGbmLibrary() {}

    /** Why the library cannot be loaded; empty if it is. */
    static Optional<String> unavailable() {
        return Loaded.FAILURE;
    }

    /** The reason to give for a learner whose native library fails to load with that message. */
    static String reason(String learner, String message) {
        if (message.contains("libgomp")) {
            return learner + " needs the system library libgomp.so.1: install the package libgomp1 (Debian, Ubuntu)"
                    + " or libgomp (Red Hat)";
        }
        return learner + " cannot load its native library: " + message;
    }

    /** Checks what a native function returned. */
    static void check(int code) {
        if (code != 0) {
            throw new LearnerException("Cannot fit with LightGBM: " + lightgbmlib.LGBM_GetLastError());
        }
    }

    /** The loading happens when this class is initialised, once. */
    private static final class Loaded {
        static final Optional<String> FAILURE = load();

        private static Optional<String> load() {
            try {
                for (String resource : resources()) {
                    loadFrom(resource);
                }
                return Optional.empty();
            } catch (IOException | UnsatisfiedLinkError e) {
                return Optional.of(reason("lightgbm", String.valueOf(e.getMessage())));
            }
        }

        private static List<String> resources() throws IOException {
            String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
            String machine = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
            String architecture = machine.equals("aarch64") || machine.equals("arm64") ? "aarch64" : "x86_64";
            if (system.startsWith("linux")) {
                return List.of(
                        "linux/" + architecture + "/lib_lightgbm.so",
                        "linux/" + architecture + "/lib_lightgbm_swig.so");
            }
            if (system.startsWith("mac")) {
                return List.of(
                        "osx/" + architecture + "/lib_lightgbm.dylib",
                        "osx/" + architecture + "/lib_lightgbm_swig.dylib");
            }
            if (system.startsWith("windows")) {
                return List.of("windows/x86_64/lib_lightgbm.dll", "windows/x86_64/lib_lightgbm_swig.dll");
            }
            throw new IOException("there is none for " + system + " on " + machine);
        }

        private static void loadFrom(String resource) throws IOException {
            Path directory = Files.createTempDirectory("millrace-lightgbm-");
            Path file = directory.resolve(resource.substring(resource.lastIndexOf('/') + 1));
            try (InputStream from = lightgbmlib.class.getResourceAsStream("/lightgbm4j/" + resource)) {
                if (from == null) {
                    throw new IOException("there is no " + resource + " in its jar");
                }
                Files.copy(from, file);
                System.load(file.toString());
            } finally {
                remove(file);
                remove(directory);
            }
        }

        /** A loaded library lives on without its file, except where the system keeps the file locked. */
        private static void remove(Path path) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                path.toFile().deleteOnExit();
            }
        }
    }
}
