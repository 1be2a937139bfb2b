package io.millrace.dataflow.spark;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.testing.Rows.row;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.source.Credential;
import io.millrace.dataflow.source.SasToken;
import io.millrace.dataflow.source.Source;
import io.millrace.dataflow.spark.csv.MillraceCsv;
import io.millrace.dataflow.table.Table;
import java.io.IOException;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.WriterAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A signature reaches the server, and nothing else. */
@Tag("spark")
class SignatureLeakTest {
    private static final String SECRET = "c2VjcmV0LXNpZ25hdHVyZQ";
    private static final String SAS = "sv=2021-12-02&sr=c&sp=rl&se=2099-01-01T00%3A00%3A00Z&sig=" + SECRET + "%3D";
    private static final byte[] CONTENT = "k,v\n1,10\n2,20\n1,oops\n".getBytes(UTF_8);

    private final SparkEngine engine = SparkEngine.on(TestSession.session());
    private final Queue<String> queries = new ConcurrentLinkedQueue<>();
    private final StringWriter log = new StringWriter();
    private final Queue<String> properties = new ConcurrentLinkedQueue<>();
    private HttpServer server = server();
    private volatile int status = 206;

    private static HttpServer server() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private final SparkListener jobs = new SparkListener() {
        @Override
        public void onJobStart(SparkListenerJobStart started) {
            properties.add(String.valueOf(started.properties()));
        }
    };
    private final WriterAppender appender =
            WriterAppender.createAppender(PatternLayout.createDefaultLayout(), null, log, "captured", false, true);
    private Level level = Level.INFO;

    @BeforeEach
    void start() {
        server.createContext("/", this::answer);
        server.start();
        TestSession.session().sparkContext().addSparkListener(jobs);
        LoggerConfig root = LoggerContext.getContext(false).getConfiguration().getRootLogger();
        level = root.getLevel();
        appender.start();
        root.addAppender(appender, Level.ALL, null);
        root.getAppenders().forEach((name, each) -> {
            if (each != appender) {
                root.removeAppender(name);
            }
        });
        Configurator.setRootLevel(Level.DEBUG);
    }

    @AfterEach
    void stop() {
        LoggerContext.getContext(false).reconfigure();
        Configurator.setRootLevel(level);
        appender.stop();
        TestSession.session().sparkContext().removeSparkListener(jobs);
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        queries.add(String.valueOf(exchange.getRequestURI().getRawQuery()));
        exchange.getResponseHeaders().set("ETag", "\"1\"");
        if (status != 206) {
            exchange.sendResponseHeaders(status, -1);
        } else {
            int last = CONTENT.length - 1;
            exchange.getResponseHeaders().set("Content-Range", "bytes 0-" + last + "/" + CONTENT.length);
            exchange.sendResponseHeaders(206, CONTENT.length);
            exchange.getResponseBody().write(CONTENT);
        }
        exchange.close();
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/devstoreaccount1/raw/a.csv";
    }

    @Test
    void aPastedSignatureIsNowhereButInRequests() throws IOException {
        Dataflow dataflow = Dataflow.readCsv(url() + "?" + SAS).freeze(engine);

        assertReads(dataflow, engine);
    }

    @Test
    void aNamedSignatureIsNowhereButInRequests() throws IOException {
        SparkEngine knowing = engine.credential("acme-raw", SasToken.of(SAS));
        Dataflow dataflow = Dataflow.readCsv(Source.blob(url(), Credential.named("acme-raw")), csv -> csv)
                .freeze(knowing);

        assertReads(dataflow, knowing);
    }

    @Test
    void aSignatureThatADataSourceIsGivenIsNowhereButInRequests() throws IOException {
        assertQueried(MillraceCsv.reader(TestSession.session(), url() + "?" + SAS));
    }

    @Test
    void aSignatureThatADataSourceFindsInTheEnvironmentIsNowhereButInRequests() throws IOException {
        assertThat(System.getenv("MILLRACE_TEST_SIGNATURE")).isEqualTo(SAS);

        assertQueried(TestSession.session()
                .read()
                .format("millrace-csv")
                .option("path", url())
                .option("credential", "acme-raw=MILLRACE_TEST_SIGNATURE"));
    }

    @Test
    void aSignatureInThePathOfADataSourceIsRefusedBeforeSparkPrintsIt() throws IOException {
        DataFrameReader reader = TestSession.session().read().format("millrace-csv");

        assertThatThrownBy(() -> reader.load(url() + "?" + SAS)).hasMessage("""
                INVALID_ARGUMENT: Cannot take the signature in the path of %s: Spark prints paths in plans and events
                  Use MillraceCsv.reader(session, address).load(), which keeps it apart
                  Or leave it out, and say where it is with the option credential=NAME=ENVIRONMENT_VARIABLE""", url());
        assertThatThrownBy(() -> reader.option("credential", SAS).load(url()))
                .hasMessageStartingWith("INVALID_ARGUMENT: ")
                .satisfies(refused -> assertSecretFree(refused.toString()));
        assertThatThrownBy(() -> reader.option("credential", "none").load(url()))
                .hasMessageStartingWith("UNKNOWN_CREDENTIAL: Cannot find credential 'none'");
        assertThatThrownBy(() -> reader.option("credential", "x=MILLRACE_NO_SUCH_VARIABLE")
                        .load(url()))
                .hasMessageStartingWith("UNKNOWN_CREDENTIAL: Cannot read a credential from environment variable");
        assertSecretFree(log.toString());
        assertSecretFree(events());
    }

    private void assertQueried(DataFrameReader reader) throws IOException {
        assertThat(reader.load().schema().toDDL()).isEqualTo("k BIGINT,v STRING");
        Dataset<Row> read = reader.schema("k BIGINT, v BIGINT").load();
        read.createOrReplaceTempView("signed");
        String query = "SELECT k, count(*), max(v) FROM signed WHERE k IS NOT NULL GROUP BY k ORDER BY k";
        assertThat(TestSession.session().sql(query).collectAsList().toString()).isEqualTo("[[1,2,10], [2,1,20]]");

        assertThat(queries).isNotEmpty().allSatisfy(sent -> assertThat(sent).contains("sig=" + SECRET));
        for (String form : List.of("", "EXTENDED", "FORMATTED", "COST")) {
            String plan = TestSession.session()
                    .sql("EXPLAIN " + form + " " + query)
                    .first()
                    .getString(0);
            assertThat(plan).contains("millrace-csv");
            assertSecretFree(plan);
        }
        assertSecretFree(read.toString());
        assertThat(properties).isNotEmpty().allSatisfy(SignatureLeakTest::assertSecretFree);
        assertThat(log.toString()).contains("DAGScheduler");
        assertSecretFree(log.toString());
        assertSecretFree(events());
    }

    @Test
    void theErrorOfARefusedReadHasNoSignature() throws IOException {
        Dataflow dataflow = Dataflow.readCsv(url() + "?" + SAS).freeze(engine);
        status = 403;

        assertThatThrownBy(() -> dataflow.collect(engine))
                .isInstanceOf(DataflowException.class)
                .hasMessageStartingWith("SOURCE_FORBIDDEN: Cannot read " + url())
                .satisfies(refused -> assertSecretFree(refused.toString()));
        assertSecretFree(log.toString());
    }

    private void assertReads(Dataflow dataflow, SparkEngine knowing) throws IOException {
        Dataflow grouped = dataflow.withColumn("v", col("v").cast(io.millrace.dataflow.schema.DataTypes.INT64))
                .groupBy("k")
                .aggregate(Aggregate.count(), Aggregate.max("v"))
                .sort("k");
        try (Table table = grouped.collect(knowing)) {
            assertThat(table.rows()).containsExactly(row(1L, 2L, null), row(2L, 1L, 20L));
            assertThat(table.errors()).hasSize(1);
        }

        assertThat(queries).isNotEmpty().allSatisfy(query -> assertThat(query).contains("sig=" + SECRET));
        assertSecretFree(grouped.explain(knowing));
        assertSecretFree(grouped.toJson());
        assertThat(properties).isNotEmpty().allSatisfy(SignatureLeakTest::assertSecretFree);
        assertThat(log.toString()).contains("DAGScheduler");
        assertSecretFree(log.toString());
        assertSecretFree(events());
    }

    private static void assertSecretFree(String text) {
        assertThat(text.contains("sig=") || text.contains(SECRET))
                .as(excerpt(text))
                .isFalse();
    }

    private static String excerpt(String text) {
        int at = Math.max(text.indexOf("sig="), text.indexOf(SECRET));
        return text.substring(Math.max(0, at - 200), Math.min(text.length(), Math.max(0, at) + 200));
    }

    /** All that Spark has written of its events, once the last job has ended there. */
    private static String events() throws IOException {
        String end = "\"Event\":\"SparkListenerJobEnd\"";
        String start = "\"Event\":\"SparkListenerJobStart\"";
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (true) {
            StringBuilder events = new StringBuilder();
            try (Stream<Path> files = Files.walk(TestSession.eventDirectory())) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    events.append(Files.readString(file, ISO_8859_1));
                }
            }
            List<String> lines = events.toString().lines().toList();
            long started = lines.stream().filter(line -> line.contains(start)).count();
            long ended = lines.stream().filter(line -> line.contains(end)).count();
            if (started > 0 && started == ended) {
                return events.toString();
            }
            assertThat(System.nanoTime()).as("the events of jobs that ended").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
