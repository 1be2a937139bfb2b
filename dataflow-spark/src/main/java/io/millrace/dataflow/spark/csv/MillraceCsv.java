package io.millrace.dataflow.spark.csv;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.source.Credential;
import io.millrace.dataflow.source.SasToken;
import io.millrace.dataflow.source.Source;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.SparkSession;

/**
 * Signatures for the data source {@code millrace-csv}. Spark prints the options of a read, its path among them, in plans and
 * events, so a signature is kept by a name in the memory of the driver, and the option {@code credential} says the name.
 * Executors get it beside their tasks.
 */
public final class MillraceCsv {
    private static final Map<String, SasToken> TOKENS = new ConcurrentHashMap<>();

    private MillraceCsv() {}

    /**
     * Keeps a signature under a name for the reads of this process that say {@code credential=NAME}; a later one of the same
     * name takes its place.
     */
    public static void credential(String name, SasToken token) {
        if (name.isBlank() || name.indexOf('=') >= 0) {
            throw new IllegalArgumentException("the name of a credential is not blank and has no equals sign");
        }
        TOKENS.put(name, Objects.requireNonNull(token, "token"));
    }

    /**
     * A reader of the files at an address, which has its path and, where the address has a signature, the name of it. Call
     * {@code load()} without a path.
     *
     * @throws DataflowException {@code INVALID_ADDRESS}
     */
    public static DataFrameReader reader(SparkSession session, String address) {
        Source source = Source.of(address);
        DataFrameReader reader = session.read().format(CsvDataSource.NAME);
        if (source instanceof Source.Blob blob && blob.credential() instanceof Credential.Sas sas) {
            credential(sas.name(), sas.token());
            return reader.option(CsvSettings.PATH, blob.uri().toString()).option(CsvSettings.CREDENTIAL, sas.name());
        }
        return reader.option(CsvSettings.PATH, address);
    }

    /** The signature that is kept under a name. */
    static Optional<SasToken> token(String name) {
        return Optional.ofNullable(TOKENS.get(name));
    }

    /** The names of the signatures that are kept. */
    static Set<String> names() {
        return Set.copyOf(TOKENS.keySet());
    }
}
