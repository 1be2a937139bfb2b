package io.millrace.dataflow.spark;

import io.millrace.dataflow.source.Credentials;
import io.millrace.dataflow.source.SasToken;
import io.millrace.dataflow.source.SourceAccess;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * The signatures of a run on their way to the executors: as the content of a broadcast variable, which Spark neither
 * prints nor writes to its event log. What travels in tasks is the number of the variable.
 */
final class SharedCredentials implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final int MOST_OPEN = 16;

    /** By number of the broadcast variable: what this process reads with, the latest last. */
    private static final Map<Long, SourceAccess> OPEN = new LinkedHashMap<>();

    private final Broadcast<byte[]> signatures;

    private SharedCredentials(Broadcast<byte[]> signatures) {
        this.signatures = signatures;
    }

    static SharedCredentials of(Map<String, SasToken> tokens, JavaSparkContext context) {
        RowBuffer out = new RowBuffer();
        out.putVarint(tokens.size());
        tokens.forEach((name, token) -> {
            out.putText(name);
            out.putText(token.reveal());
        });
        return new SharedCredentials(context.broadcast(out.toBytes()));
    }

    /** Access with these signatures. One for all tasks of a process, so that they share its connections. */
    SourceAccess access() {
        byte[] bytes = signatures.value();
        synchronized (OPEN) {
            SourceAccess access = OPEN.get(signatures.id());
            if (access == null) {
                access = SourceAccess.with(read(bytes));
                OPEN.put(signatures.id(), access);
                if (OPEN.size() > MOST_OPEN) {
                    OPEN.remove(OPEN.keySet().iterator().next());
                }
            }
            return access;
        }
    }

    private static Credentials read(byte[] bytes) {
        RowBuffer.Reader in = new RowBuffer.Reader(bytes);
        Credentials credentials = Credentials.none();
        for (long left = in.readVarint(); left > 0; left--) {
            credentials = credentials.with(in.readText(), SasToken.of(in.readText()));
        }
        return credentials;
    }

    /** Removes the signatures from the cluster. */
    void destroy() {
        synchronized (OPEN) {
            OPEN.remove(signatures.id());
        }
        signatures.destroy();
    }

    @Override
    public String toString() {
        return "SharedCredentials[" + signatures.id() + "]";
    }
}
