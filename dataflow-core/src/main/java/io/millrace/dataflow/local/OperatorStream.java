package io.millrace.dataflow.local;

import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.Credentials;
import io.millrace.dataflow.source.SourceAccess;
import io.millrace.dataflow.table.BatchStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/** One operator at work on streams, for engines that move the rows themselves and leave the rest to this one. */
public final class OperatorStream {
    private OperatorStream() {}

    /**
     * The rows that a stage gives for these inputs. Closing the stream closes the inputs.
     *
     * @param stage any operator but a scan, with its text for the errors it makes; its inputs are not looked at
     * @param inputs the rows of its inputs in order
     * @param allocator for the batches it makes
     * @param memory for what it holds outside of batches; the caller closes it
     */
    public static BatchStream of(
            Plan.Stage stage,
            List<BatchStream> inputs,
            BufferAllocator allocator,
            MemoryReservation memory,
            Cancellation cancellation) {
        Run run = new Run(allocator, memory, cancellation, SourceAccess.with(Credentials.none()), 1);
        Pipeline pipeline = new Pipeline(stage.schema(), run);
        List<Integer> numbers = new ArrayList<>();
        List<Schema> schemas = new ArrayList<>();
        for (BatchStream input : inputs) {
            numbers.add(pipeline.add(new StreamOperator(input), List.of()));
            schemas.add(input.schema());
        }
        pipeline.resultOf(pipeline.add(OperatorMaker.make(stage, schemas, run), numbers));
        return pipeline;
    }
}
