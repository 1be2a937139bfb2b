package io.millrace.dataflow.spark;

import io.millrace.dataflow.plan.SchemaJson;
import io.millrace.dataflow.profile.ProfileReduction;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.BatchStream;
import io.millrace.dataflow.table.Reduction;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.Function2;

/**
 * A reduction on its way to the executors: its kind by name, its settings, and the schema of the rows.
 *
 * @param name one of the kinds that executors know
 */
record Reductions(String name, String settings, String schemaJson) implements Serializable {
    static Reductions of(Reduction<?, ?> reduction, Schema schema) {
        return new Reductions(
                reduction.name(), reduction.settings(), SchemaJson.write(schema).toString());
    }

    /** The reduction, in the executor. */
    private Reduction<?, ?> reduction() {
        if (name.equals(ProfileReduction.NAME)) {
            return ProfileReduction.read(settings);
        }
        throw new IllegalStateException("no reduction is named " + name);
    }

    private Schema schema() {
        return SchemaJson.read(JsonText.parse(schemaJson));
    }

    /** What is known of the rows of a partition. */
    record Reduced(PartitionSource source, Reductions kind)
            implements Function2<Integer, Iterator<byte[]>, Iterator<byte[]>> {
        @Override
        public Iterator<byte[]> call(Integer partition, Iterator<byte[]> elements) {
            return List.of(reduced(kind.reduction(), partition, elements)).iterator();
        }

        private <S extends Reduction.Share<S>> byte[] reduced(
                Reduction<S, ?> reduction, int partition, Iterator<byte[]> elements) {
            TaskScope scope = TaskScope.open();
            BatchStream rows = scope.closing(source.open(partition, elements, scope));
            S share = reduction.share(rows.schema());
            for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
                try (Batch closed = batch) {
                    scope.check();
                    share.add(closed);
                }
            }
            return share.toBytes();
        }
    }

    /** What several shares know together. */
    record Joined(Reductions kind) implements Function2<Integer, Iterator<byte[]>, Iterator<byte[]>> {
        @Override
        public Iterator<byte[]> call(Integer partition, Iterator<byte[]> shares) {
            return List.of(joined(kind.reduction(), shares)).iterator();
        }

        private <S extends Reduction.Share<S>> byte[] joined(Reduction<S, ?> reduction, Iterator<byte[]> shares) {
            Schema schema = kind.schema();
            S whole = reduction.share(schema);
            while (shares.hasNext()) {
                whole.join(reduction.share(schema, shares.next()));
            }
            return whole.toBytes();
        }
    }
}
