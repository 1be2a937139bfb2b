package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class FailuresTest {
    @Test
    void anErrorIsShownAsItIsWhereverItWasWrapped() {
        DataflowException known = DataflowException.of(ErrorCode.EMPTY_SOURCE, "Cannot read x.csv: it is empty");

        assertThat(Failures.explain(new ExecutionException(known))).isSameAs(known);
    }

    @Test
    void whatWasNotForeseenIsABugWithAReport() {
        DataflowException bug = Failures.explain(new IllegalStateException("no such thing"));

        assertThat(bug.kind().exitCode()).isEqualTo(70);
        assertThat(bug.what()).isEqualTo("Cannot go on: IllegalStateException: no such thing");
        assertThat(bug.details().get(0)).isEqualTo("This is a bug in Millrace; please report it with the lines below");
        assertThat(bug.details())
                .anyMatch(line -> line.startsWith("at io.millrace.cli.FailuresTest.whatWasNotForeseenIsABug"));
    }

    @Test
    void aReportHoldsNoSignature() {
        DataflowException bug = Failures.explain(new IllegalStateException(
                "https://a.blob.core.windows.net/c/x?sv=1&sig=c2VjcmV0&sp=r", new IOException("SIG%3Dc2VjcmV0")));

        assertThat(bug.getMessage())
                .contains(
                        "Cannot go on: IllegalStateException: https://a.blob.core.windows.net/c/x?sv=1&[signature]&sp=r")
                .doesNotContain("c2Vj");
    }

    @Test
    void aFullDiskIsTheEnvironments() {
        DataflowException full = Failures.explain(new UncheckedIOException(new IOException("No space left on device")));

        assertThat(full).hasMessage("IO_FAILED: Cannot go on: No space left on device");
        assertThat(full.kind().exitCode()).isEqualTo(4);
    }

    @Test
    void fullMemoryIsTheEnvironments() {
        DataflowException full = Failures.explain(new IllegalStateException(new OutOfMemoryError("Java heap space")));

        assertThat(full.what()).startsWith("Cannot go on: memory is full (Java heap space), with a heap of ");
        assertThat(full.kind().exitCode()).isEqualTo(4);
    }
}
