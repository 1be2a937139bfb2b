package io.millrace.dataflow.source;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A web server of this process. Answers each request as told: first what was queued, then always the same. */
final class StubServer implements AutoCloseable {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Answer> queued = new ConcurrentLinkedQueue<>();
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private volatile Answer always = status(404);

    private StubServer(HttpServer server) {
        this.server = server;
    }

    static StubServer start() {
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            StubServer stub = new StubServer(http);
            http.createContext("/", stub::handle);
            http.setExecutor(stub.threads);
            http.start();
            return stub;
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** What is done with one request. */
    @FunctionalInterface
    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    /** What was asked. */
    record Request(
            String method,
            String path,
            @Nullable String query,
            @Nullable String range,
            @Nullable String ifMatch) {}

    StubServer first(Answer... answers) {
        queued.addAll(List.of(answers));
        return this;
    }

    StubServer always(Answer answer) {
        always = answer;
        return this;
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    List<@Nullable String> ranges() {
        List<@Nullable String> ranges = new ArrayList<>();
        requests.forEach(request -> ranges.add(request.range()));
        return ranges;
    }

    /** As a good server of blobs answers, with a strong ETag. */
    static Answer content(byte[] content, String etag) {
        return exchange -> {
            exchange.getResponseHeaders().set("ETag", etag);
            part(exchange, content, Integer.MAX_VALUE);
        };
    }

    /** The same, but the connection ends after {@code sent} bytes of the body. */
    static Answer cut(byte[] content, String etag, int sent) {
        return exchange -> {
            exchange.getResponseHeaders().set("ETag", etag);
            part(exchange, content, sent);
        };
    }

    /** Ranges, and nothing by which to tell one content from another. */
    static Answer unversioned(byte[] content) {
        return exchange -> part(exchange, content, Integer.MAX_VALUE);
    }

    /** The whole content with its length, whatever is asked. */
    static Answer whole(byte[] content, int sent, String... headers) {
        return exchange -> {
            set(exchange, headers);
            exchange.sendResponseHeaders(200, content.length == 0 ? -1 : content.length);
            send(exchange, content, 0, Math.min(sent, content.length));
        };
    }

    /** The whole content in chunks, without saying its length. */
    static Answer chunked(byte[] content) {
        return exchange -> {
            exchange.getResponseHeaders().set("ETag", "\"chunked\"");
            exchange.sendResponseHeaders(200, 0);
            send(exchange, content, 0, content.length);
        };
    }

    /** A status, and headers as name, value, name, value. */
    static Answer status(int status, String... headers) {
        return exchange -> {
            set(exchange, headers);
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        };
    }

    private static void part(HttpExchange exchange, byte[] content, int sent) throws IOException {
        String asked = exchange.getRequestHeaders().getFirst("Range");
        Matcher range = RANGE.matcher(asked == null ? "" : asked);
        if (!range.matches()) {
            exchange.sendResponseHeaders(200, content.length == 0 ? -1 : content.length);
            send(exchange, content, 0, Math.min(sent, content.length));
            return;
        }
        int from = Integer.parseInt(range.group(1));
        int to = Math.min(content.length, Integer.parseInt(range.group(2)) + 1);
        if (from >= content.length) {
            exchange.getResponseHeaders().set("Content-Range", "bytes */" + content.length);
            exchange.sendResponseHeaders(416, -1);
            exchange.close();
            return;
        }
        exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + content.length);
        exchange.sendResponseHeaders(206, to - from);
        send(exchange, content, from, Math.min(sent, to - from));
    }

    private static void send(HttpExchange exchange, byte[] content, int offset, int length) throws IOException {
        OutputStream body = exchange.getResponseBody();
        body.write(content, offset, length);
        body.flush();
        exchange.close();
    }

    static void set(HttpExchange exchange, String... headers) {
        for (int at = 0; at < headers.length; at += 2) {
            exchange.getResponseHeaders().set(headers[at], headers[at + 1]);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.add(new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                exchange.getRequestURI().getRawQuery(),
                exchange.getRequestHeaders().getFirst("Range"),
                exchange.getRequestHeaders().getFirst("If-Match")));
        Answer answer = queued.poll();
        (answer == null ? always : answer).to(exchange);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
