package io.millrace.dataflow;

import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.format.InferenceReport;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.ReadOptions;
import io.millrace.dataflow.source.Source;
import io.millrace.dataflow.source.SourceAccess;
import io.millrace.dataflow.table.BatchStream;
import io.millrace.dataflow.table.Reduction;
import io.millrace.dataflow.table.Table;
import java.util.Optional;

/** Runs plans. Every engine gives the same rows for the same plan. Thread-safe. */
public interface Engine extends AutoCloseable {
    /** The word that messages and the command use for it: {@code local} or {@code spark}. */
    String name();

    /** What opens sources, and targets of outputs, with the credentials that the engine knows. */
    SourceAccess access();

    /**
     * The columns of files, judged from every value of every record, or as the options say.
     *
     * @throws io.millrace.dataflow.error.DataflowException when the source cannot be read or is empty
     */
    default Schema inferSchema(Source source, ReadOptions options, Cancellation cancellation) {
        return inferenceReport(source, options, cancellation).schema();
    }

    /**
     * The columns of files as {@link #inferSchema} gives them, and what their types were judged from: how many values and
     * nulls there are, which value ruled out which type, and whether texts may be dates. Files that did not change are judged
     * once by an engine.
     *
     * @throws io.millrace.dataflow.error.DataflowException when the source cannot be read or is empty
     */
    InferenceReport inferenceReport(Source source, ReadOptions options, Cancellation cancellation);

    /**
     * The columns of files judged from their first records, for a run that reads them: as it does, the engine judges every
     * value, and {@link #inferSchema} then says what they are without another read. Empty where the columns are known, the files are
     * small, or the engine does not do so; a caller then asks {@link #inferSchema} first.
     *
     * @throws io.millrace.dataflow.error.DataflowException as {@link #inferSchema} does
     */
    default Optional<Schema> guessSchema(Source source, ReadOptions options, Cancellation cancellation) {
        return Optional.empty();
    }

    /**
     * The rows of a plan as a stream, in the order of the plan. Nothing is read before the first pull.
     *
     * @throws io.millrace.dataflow.error.DataflowException from here or from {@link BatchStream#next}
     */
    BatchStream stream(Plan plan, Cancellation cancellation);

    /** The rows of a plan in memory, with the account of what was read. */
    Table execute(Plan plan, Cancellation cancellation);

    /**
     * The value that a reduction makes of the rows of a plan, in one pass that keeps no rows.
     *
     * @throws io.millrace.dataflow.error.DataflowException as {@link #execute} does
     */
    <S extends Reduction.Share<S>, R> R reduce(Plan plan, Reduction<S, R> reduction, Cancellation cancellation);

    /** Frees what the engine holds. Tables it gave stay usable until they are closed. */
    @Override
    void close();
}
