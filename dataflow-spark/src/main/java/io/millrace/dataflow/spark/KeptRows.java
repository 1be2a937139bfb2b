package io.millrace.dataflow.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;

/**
 * Rows that more than one job of a run asks for. They are computed by the first and kept where they were computed, in
 * memory and then on disk, until the run is over; so a source is read once.
 */
final class KeptRows {
    private final List<JavaRDD<byte[]>> kept = new ArrayList<>();

    /**
     * The same stage, whose rows are kept once they are computed; or the stage itself where nothing but work inside of
     * partitions lies between it and rows that are kept.
     */
    SparkStage keep(SparkStage stage) {
        if (stage.elements().getStorageLevel().useMemory()) {
            return stage;
        }
        JavaRDD<byte[]> rows = stage.write();
        rows.persist(StorageLevel.MEMORY_AND_DISK());
        kept.add(rows);
        return SparkStage.written(rows, stage.schema(), stage.files());
    }

    /** Frees them, without waiting for it. */
    void release() {
        kept.forEach(rows -> rows.unpersist(false));
        kept.clear();
    }
}
