package io.millrace.automl.spark;

import io.millrace.automl.fit.FitOrder;
import io.millrace.automl.fit.FitStop;
import io.millrace.automl.fit.FoldFit;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;

/** One fit inside a Spark task: the bytes of an order in, the bytes of its result out. */
record FitFunction(Broadcast<byte[]> data) implements Function<byte[], byte[]> {
    @Override
    public byte[] call(byte[] encodedOrder) {
        TaskContext task = TaskContext.get();
        FitOrder order = FitOrder.decode(encodedOrder);
        return FoldFit.run(SharedData.of(data), order, FitStop.of(order, task::isInterrupted))
                .encode();
    }
}
