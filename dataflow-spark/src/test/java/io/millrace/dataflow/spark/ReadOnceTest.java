package io.millrace.dataflow.spark;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.RowIterator;
import io.millrace.dataflow.table.Table;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steps that look at all rows before they give any, over a server that counts who reads. */
@Tag("spark")
class ReadOnceTest {
    private static final byte[] CONTENT = "k,v\n1,10\n2,20\n1,oops\n".getBytes(UTF_8);

    private final SparkEngine engine = SparkEngine.on(TestSession.session());
    private final Queue<String> reads = new ConcurrentLinkedQueue<>();

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            reads.add(exchange.getRequestURI().getPath());
            int last = CONTENT.length - 1;
            exchange.getResponseHeaders().set("ETag", "\"1\"");
            exchange.getResponseHeaders().set("Content-Range", "bytes 0-" + last + "/" + CONTENT.length);
            exchange.sendResponseHeaders(206, CONTENT.length);
            exchange.getResponseBody().write(CONTENT);
        }
    }

    /** Rows of a page, with an error in the third. */
    private Dataflow page(String name) {
        return Dataflow.readCsv("http://127.0.0.1:" + server.getAddress().getPort() + "/" + name)
                .freeze(engine)
                .withColumn("n", col("v").cast(INT64));
    }

    private List<String> reads(Supplier<Table> run) {
        reads.clear();
        run.get().close();
        return new ArrayList<>(reads);
    }

    @Test
    void aSourceIsReadAsOftenAsWithoutTheStep(@TempDir Path directory) {
        String errors = directory.resolve("errors.csv").toString();
        Dataflow rows = page("a.csv");
        List<String> once = reads(() -> rows.collect(engine));
        List<UnaryOperator<Dataflow>> steps = List.of(
                all -> all.dropErrorsAtMost(5, "n"),
                all -> all.failOnErrors("k"),
                all -> all.quarantine(errors, "n"),
                all -> all.skip(1),
                all -> all.tail(2),
                all -> all.withRowNumber("place"),
                all -> all.withRowNumber("place")
                        .skip(1)
                        .dropErrorsAtMost(5, "n")
                        .tail(1));

        assertThat(once).isNotEmpty();
        assertThat(steps)
                .allSatisfy(step -> assertThat(reads(() -> step.apply(rows).collect(engine)))
                        .isEqualTo(once));
    }

    @Test
    void bothSourcesOfRowsThatAreAppendedAreReadOnce() {
        Dataflow left = page("a.csv");
        Dataflow right = page("b.csv");
        List<String> once = reads(() -> left.collect(engine));
        once.addAll(reads(() -> right.collect(engine)));

        assertThat(reads(() -> left.appendColumns(right).collect(engine))).containsExactlyInAnyOrderElementsOf(once);
    }

    @Test
    void whatIsKeptIsFreedWithTheRun() {
        JavaSparkContext context =
                JavaSparkContext.fromSparkContext(TestSession.session().sparkContext());
        int before = context.getPersistentRDDs().size();
        Dataflow numbered = page("a.csv").withRowNumber("place");

        numbered.collect(engine).close();
        assertThat(context.getPersistentRDDs()).hasSize(before);

        try (RowIterator rows = numbered.iterate(engine)) {
            rows.next();
            assertThat(context.getPersistentRDDs()).hasSize(before + 1);
        }
        assertThat(context.getPersistentRDDs()).hasSize(before);
    }
}
