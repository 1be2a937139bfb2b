package io.millrace.dataflow.format;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A reader whose blocks can be judged. */
public interface JudgedReader extends SplitReader {
    /** The names of all columns of the file, in its order. */
    List<String> names();

    @Override
    @Nullable
    JudgedBlock next();
}
