package io.millrace.dataflow.local;

import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.schema.DataType;
import java.util.List;

/**
 * Numbers different keys in parts, so that threads can work on different parts of the same batches and each sees the
 * rows of its keys in order. What it gives never depends on how many threads do the work. Reserves the memory it takes.
 */
final class KeyIndex {
    private final KeyPart[] parts = new KeyPart[KeyBatch.PARTS];

    KeyIndex(List<DataType> types, MemoryReservation memory) {
        boolean single = KeyBatch.isSingle(types);
        for (int i = 0; i < parts.length; i++) {
            parts[i] = single ? new KeyPart.OfLongs(memory) : new KeyPart.OfBytes(memory);
        }
    }

    KeyPart part(int part) {
        return parts[part];
    }

    /** Numbers the keys of the batches within their parts, adding those that are new. */
    void add(List<KeyBatch> batches, Crew crew) {
        number(batches, true, crew);
    }

    /** As {@link #add}, but a key that is not known gets {@link KeyPart#UNKNOWN}. */
    void find(List<KeyBatch> batches, Crew crew) {
        number(batches, false, crew);
    }

    /** As the other {@link #find}, of one batch and on the calling thread. Several may do so, while nobody adds keys. */
    void find(KeyBatch batch) {
        for (int part = 0; part < parts.length; part++) {
            parts[part].number(batch, part, false);
        }
    }

    private void number(List<KeyBatch> batches, boolean adds, Crew crew) {
        crew.each(parts.length, part -> {
            for (KeyBatch batch : batches) {
                parts[part].number(batch, part, adds);
            }
        });
    }
}
