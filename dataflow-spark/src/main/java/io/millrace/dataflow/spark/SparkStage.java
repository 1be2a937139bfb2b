package io.millrace.dataflow.spark;

import io.millrace.dataflow.kernel.RowProgram;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Reduction;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;

/**
 * A stage of a plan as Spark will run it. Its rows, partition by partition, are in the order of the plan.
 *
 * @param elements what its tasks begin with
 * @param source how they become rows
 * @param files the names of the files that the positions of the rows index; empty when rows have none
 * @param rowWise row-wise operators that follow and that nothing has run yet
 */
record SparkStage(
        JavaRDD<byte[]> elements,
        PartitionSource source,
        Schema sourceSchema,
        List<String> files,
        List<Plan.Stage> rowWise) {
    /** The most shares of a reduction that the driver joins, where there are not more processors than that. */
    private static final int MOST_SHARES = 64;

    SparkStage(JavaRDD<byte[]> elements, PartitionSource source, Schema schema, List<String> files) {
        this(elements, source, schema, List.copyOf(files), List.of());
    }

    /** The stage of rows that were written into elements. */
    static SparkStage written(JavaRDD<byte[]> elements, Schema schema, List<String> files) {
        return new SparkStage(elements, new PartitionSources.Written(schema, files), schema, files);
    }

    /** This stage and a row-wise operator. */
    SparkStage then(Plan.Stage rowWiseStage) {
        List<Plan.Stage> all = new ArrayList<>(rowWise);
        all.add(rowWiseStage);
        return new SparkStage(elements, source, sourceSchema, files, all);
    }

    Schema schema() {
        return rowWise.isEmpty()
                ? sourceSchema
                : rowWise.get(rowWise.size() - 1).schema();
    }

    int partitions() {
        return elements.getNumPartitions();
    }

    /** How the elements become the rows of the stage. */
    PartitionSource rows() {
        if (rowWise.isEmpty()) {
            return source;
        }
        List<RowProgram.Instruction> instructions = new ArrayList<>();
        for (Plan.Stage stage : rowWise) {
            instructions.add(new RowProgram.Instruction(stage.operator(), stage.schema(), stage.text()));
        }
        return new PartitionSources.Programmed(source, RowProgram.of(sourceSchema, instructions));
    }

    /** The rows of the stage, written into elements. */
    JavaRDD<byte[]> write() {
        return source instanceof PartitionSources.Written && rowWise.isEmpty() ? elements : write(rows());
    }

    /** The rows that a source makes of the elements of this stage, written into elements. */
    JavaRDD<byte[]> write(PartitionSource rows) {
        return elements.mapPartitionsWithIndex(new PartitionRows.Written(rows), false);
    }

    /** The rows that a source makes of the elements of this stage, each with its key. */
    JavaPairRDD<byte[], byte[]> key(PartitionSource rows, RowKeys keys) {
        return JavaPairRDD.fromJavaRDD(elements.mapPartitionsWithIndex(new PartitionRows.Keyed(rows, keys), false));
    }

    /** The rows that a source makes of the elements of this stage, divided by a hash of some of their columns. */
    JavaPairRDD<byte[], byte[]> divide(PartitionSource rows, List<Integer> columns, int partitions) {
        return JavaPairRDD.fromJavaRDD(
                elements.mapPartitionsWithIndex(new DividedRows(rows, columns, partitions), false));
    }

    /** What a reduction knows of the rows of each partition; joined to fewer shares where partitions are many. */
    JavaRDD<byte[]> reduce(Reduction<?, ?> reduction, int parallelism) {
        Reductions kind = Reductions.of(reduction, schema());
        JavaRDD<byte[]> shares = elements.mapPartitionsWithIndex(new Reductions.Reduced(rows(), kind), false);
        int most = Math.max(MOST_SHARES, parallelism);
        return partitions() <= most
                ? shares
                : shares.coalesce(most).mapPartitionsWithIndex(new Reductions.Joined(kind), false);
    }
}
