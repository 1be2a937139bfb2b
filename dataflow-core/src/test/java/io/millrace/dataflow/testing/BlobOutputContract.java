package io.millrace.dataflow.testing;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.expr.Expr.lit;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.testing.Rows.row;
import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Engine;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.format.ErrorCells;
import io.millrace.dataflow.output.Output;
import io.millrace.dataflow.output.Target;
import io.millrace.dataflow.output.Written;
import io.millrace.dataflow.source.Credential;
import io.millrace.dataflow.source.Existing;
import io.millrace.dataflow.source.Source;
import io.millrace.dataflow.table.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows written to a real server of blobs, the same from every engine. */
public interface BlobOutputContract {
    /** The engine under test, which knows the credential {@code lake} for the container. */
    Engine engine();

    AzuriteServer azurite();

    /** A container that needs a signature. */
    String container();

    private static Dataflow birds() {
        return rows("id", "name")
                .of(1, "crow", 2, null, 3, "x")
                .withColumn("number", col("name").cast(INT64));
    }

    private String to(String name) {
        return azurite().url(container(), name) + "?" + azurite().sas(container(), "w");
    }

    private String from(String name) {
        return azurite().url(container(), name) + "?" + azurite().sas(container(), "r");
    }

    @Test
    default void rowsAreWrittenToBlobsOfEveryFormatAndReadAgain(@TempDir Path directory) {
        Path local = directory.resolve("a.csv");

        Written written = birds().write(
                        engine(),
                        Output.to(to("all/a.csv")),
                        Output.to(to("all/a.tsv")).errors(ErrorCells.AS_TEXT),
                        Output.to(to("all/a.jsonl")),
                        Output.to(to("all/a.arrow")),
                        Output.csv(local.toString(), csv -> csv));

        assertThat(written).isEqualTo(new Written(3, 2));
        assertThat(local).hasContent("id,name,number\n1,crow,\n2,,\n3,x,");
        assertThat(azurite().text(container(), "all/a.csv")).contains("id,name,number\n1,crow,\n2,,\n3,x,\n");
        assertThat(azurite().text(container(), "all/a.tsv"))
                .contains("id\tname\tnumber\n1\tcrow\tcrow\n2\t\t\n3\tx\tx\n");
        List<List<@Nullable Object>> expected = List.of(row(1L, "crow", null), row(2L, null, null), row(3L, "x", null));
        for (Dataflow read : List.of(
                Dataflow.readCsv(from("all/a.csv")),
                Dataflow.readJsonLines(from("all/a.jsonl")),
                Dataflow.readArrow(from("all/a.arrow")))) {
            try (Table table = read.collect(engine())) {
                assertThat(table.rows()).isEqualTo(expected);
            }
        }
    }

    @Test
    default void aBlobOfManyBlocksHasAllRowsInOrder() {
        List<@Nullable Object> numbers = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            numbers.add(i);
        }
        Dataflow tens = rows("a").of(numbers.toArray());
        Dataflow many = tens.crossJoin(rows("b").of(numbers.toArray()))
                .withColumn("n", col("a").times(600).plus(col("b")))
                .withColumn("text", lit("x".repeat(60)));

        many.write(engine(), Output.to(to("many.csv")));

        Dataflow read = Dataflow.readCsv(from("many.csv")).withRowNumber("place");
        Dataflow wrong = read.filter(col("place").minus(1).ne(col("n")));
        try (Table table = read.groupBy()
                        .aggregate(
                                Aggregate.count().as("rows"), Aggregate.sum("n").as("sum"))
                        .collect(engine());
                Table misplaced = wrong.collect(engine())) {
            assertThat(table.rows()).containsExactly(row(360_000L, 360_000L * 359_999L / 2));
            assertThat(misplaced.rowCount()).isZero();
        }
        assertThat(azurite().uncommittedBlocks(container(), "many.csv")).isZero();
    }

    @Test
    default void noRowsAreAHeaderOrAnEmptyBlob() {
        rows("a").none().write(engine(), Output.to(to("none.csv")), Output.to(to("none.jsonl")));

        assertThat(azurite().text(container(), "none.csv")).contains("a\n");
        assertThat(azurite().text(container(), "none.jsonl")).contains("");
    }

    @Test
    default void anOlderBlobIsReplacedOrKept() {
        azurite().upload(container(), "old.csv", "old");
        String url = azurite().url(container(), "old.csv");

        assertThatThrownBy(
                        () -> birds().write(engine(), Output.to(to("old.csv")).existing(Existing.KEEP)))
                .hasMessage("OUTPUT_EXISTS: Cannot write " + url
                        + ": it exists already\n  The server answered 409 BlobAlreadyExists\n"
                        + "  Write under another name, or let it be replaced");
        String readable = url + "?" + azurite().sas(container(), "rw");
        assertThatThrownBy(() -> birds().write(engine(), Output.to(readable).existing(Existing.KEEP)))
                .hasMessage("OUTPUT_EXISTS: Cannot write " + url
                        + ": it exists already\n  Write under another name, or let it be replaced");
        assertThat(azurite().text(container(), "old.csv")).contains("old");

        birds().select("id").write(engine(), Output.to(to("old.csv")));
        birds().select("id").write(engine(), Output.to(to("new.csv")).existing(Existing.KEEP));

        assertThat(azurite().text(container(), "old.csv")).contains("id\n1\n2\n3\n");
        assertThat(azurite().text(container(), "new.csv")).contains("id\n1\n2\n3\n");
    }

    @Test
    default void aRunThatFailsLeavesTheOldBlobAndNoNewOne() {
        azurite().upload(container(), "failing.csv", "old");

        assertThatThrownBy(() -> birds().write(
                                engine(),
                                Output.to(to("failing.csv")),
                                Output.to(to("failing.jsonl")).errors(ErrorCells.FAIL)))
                .hasMessage("TOO_MANY_ERRORS: Cannot write '" + azurite().url(container(), "failing.jsonl")
                        + "': column 'number' has the error value CAST of 'crow'\n"
                        + "  Fill or drop errors before, or write them with errors(AS_NULL) or errors(IN_COLUMN)");

        assertThat(azurite().text(container(), "failing.csv")).contains("old");
        assertThat(azurite().text(container(), "failing.jsonl")).isEmpty();
    }

    @Test
    default void aCancelledRunLeavesNoBlob() {
        Cancellation cancellation = Cancellation.create();
        cancellation.cancel("the test said so");

        assertThatThrownBy(() -> birds().write(engine(), cancellation, Output.to(to("cancelled.csv"))))
                .hasMessage("CANCELLED: Cannot go on: the test said so");

        assertThat(azurite().text(container(), "cancelled.csv")).isEmpty();
    }

    @Test
    default void aNamedCredentialIsTheEnginesToKnow() {
        Target target = Target.of(Source.blob(azurite().url(container(), "named.csv"), Credential.named("lake")));
        Target unknown = Target.of(Source.blob(azurite().url(container(), "named.csv"), Credential.named("lack")));

        birds().select("id").write(engine(), Output.to(target));

        assertThat(azurite().text(container(), "named.csv")).contains("id\n1\n2\n3\n");
        assertThatThrownBy(() -> birds().write(engine(), Output.to(unknown))).hasMessage("""
                UNKNOWN_CREDENTIAL: Cannot find credential 'lack'
                  Credentials known: lake
                  Pass it with --credential lack=ENVIRONMENT_VARIABLE, or with engine.credential("lack", token)""");
    }

    @Test
    default void whatCannotBeWrittenSaysWhyAndHoldsNoSecret() {
        String url = azurite().url(container(), "no.csv");
        String name = "devstoreaccount1-" + container();
        String renewal = "\n  Issue a new SAS with write permission and pass it with --credential " + name
                + "=ENVIRONMENT_VARIABLE, or with engine.credential(\"" + name + "\", token)";
        String sas = azurite().sas(container(), "w");
        String elsewhere = azurite().url("nowhere-at-all", "no.csv");

        assertFails(
                url + "?" + azurite().sas(container(), "rl"),
                "SAS_NOT_USABLE: Cannot write " + url + ": the SAS does not grant permission to write ('w' in 'sp')"
                        + renewal);
        assertFails(
                url + "?" + sas.replaceFirst("sig=....", "sig=AAAA"),
                "SOURCE_FORBIDDEN: Cannot write " + url + ": the server answered 403 AuthorizationFailure\n"
                        + "  The signature is wrong, no longer valid, or for another container or blob" + renewal);
        assertFails(
                url,
                "SOURCE_FORBIDDEN: Cannot write " + url + ": no blob is written without a credential\n"
                        + "  Use its URL with a SAS, or a named credential");
        assertFails(
                elsewhere + "?" + azurite().sas("nowhere-at-all", "w"),
                "SOURCE_NOT_FOUND: Cannot write " + elsewhere + ": container 'nowhere-at-all' does not exist\n"
                        + "  The server answered 404 ContainerNotFound");
        assertFails(
                azurite().url(container(), "*.csv") + "?" + sas,
                "INVALID_ARGUMENT: Cannot write " + azurite().url(container(), "*.csv")
                        + ": it is a pattern\n  A star in the name of a blob is written %2A");
        assertFails(
                "https://example.org/a.csv",
                "INVALID_ARGUMENT: Cannot write https://example.org/a.csv: it is a page, not a blob\n"
                        + "  Use a file, or https://ACCOUNT.blob.core.windows.net/CONTAINER/NAME with a SAS");
        assertThat(azurite().text(container(), "no.csv")).isEmpty();
    }

    private void assertFails(String address, String message) {
        assertThatThrownBy(() -> birds().write(engine(), Output.csv(address)))
                .isInstanceOf(DataflowException.class)
                .hasMessage(message)
                .satisfies(failure -> assertThat(failure.toString()).doesNotContain("sig="));
    }
}
