package io.millrace.dataflow.format;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;

/** The formats on the class path, by name and by extension. Finds them by a {@link ServiceLoader}. */
public final class Formats {
    private Formats() {}

    /**
     * The format of a name.
     *
     * @throws DataflowException {@code LIBRARY_MISSING} for Parquet without its module
     */
    public static FileFormat named(String name) {
        for (FileFormat format : Own.FORMATS) {
            if (format.name().equals(name)) {
                return format;
            }
        }
        for (FileFormat format : added()) {
            if (format.name().equals(name)) {
                return format;
            }
        }
        if (name.equals("parquet")) {
            throw DataflowException.of(
                    ErrorCode.LIBRARY_MISSING,
                    "Cannot use Parquet files: the module dataflow-parquet is not on the class path",
                    "Add io.millrace:dataflow-parquet to the dependencies");
        }
        throw new IllegalArgumentException("no format is named " + name);
    }

    /** The name of the format that the end of an address stands for; empty for one that no format has. */
    public static Optional<String> nameOf(String address) {
        String lower = address.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".parquet")) {
            return Optional.of("parquet");
        }
        List<FileFormat> all = new ArrayList<>(Own.FORMATS);
        all.addAll(added());
        for (FileFormat format : all) {
            if (format.extensions().stream().anyMatch(lower::endsWith)) {
                return Optional.of(format.name());
            }
        }
        return Optional.empty();
    }

    /** Those on the class path of Millrace itself. Looked for once: it takes a while where there are hundreds of jars. */
    private static final class Own {
        static final List<FileFormat> FORMATS = loaded(FileFormat.class.getClassLoader());
    }

    /** Those that the thread's own loader adds. */
    private static List<FileFormat> added() {
        ClassLoader own = Thread.currentThread().getContextClassLoader();
        return own == null || own == FileFormat.class.getClassLoader() ? List.of() : loaded(own);
    }

    private static List<FileFormat> loaded(ClassLoader loader) {
        List<FileFormat> formats = new ArrayList<>();
        ServiceLoader.load(FileFormat.class, loader).forEach(formats::add);
        return List.copyOf(formats);
    }
}
