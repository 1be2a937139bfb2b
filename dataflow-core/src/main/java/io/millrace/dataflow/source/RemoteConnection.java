package io.millrace.dataflow.source;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Sends requests with the JDK's client. Shared by the process; nothing is started before the first request. */
final class RemoteConnection {
    /** The version of the blob protocol that is spoken. Without it, an anonymous request is answered as in 2009. */
    private static final String BLOB_PROTOCOL = "2021-12-02";

    /** The time of a movement that there is not. */
    private static final long NEVER = Long.MIN_VALUE;

    private static final Wanted READ = new Wanted(SasPreflight.Purpose.READ, Set.of(200, 206, 416));

    private RemoteConnection() {}

    /** Redirects are followed for pages, never for blobs: a signature goes to the host that it was given for. */
    private static final class Clients {
        static final HttpClient PAGES =
                builder().followRedirects(HttpClient.Redirect.NORMAL).build();
        static final HttpClient BLOBS =
                builder().followRedirects(HttpClient.Redirect.NEVER).build();
    }

    /** A client's settings: HTTP/1.1, where ending a transfer early ends the connection and nothing else. */
    static HttpClient.Builder builder() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(20));
    }

    /** An answer whose body has not been read. */
    record Answer(int status, HttpHeaders headers, BodyStream body) implements AutoCloseable {
        @Nullable
        String header(String name) {
            return headers.firstValue(name).orElse(null);
        }

        @Override
        public void close() {
            body.close();
        }
    }

    /**
     * Asks for the bytes {@code from} to {@code to}, exclusive, or for everything when {@code to} is negative.
     *
     * @param validator pins the request to a content; null for the request that opens a file
     * @return an answer with status 200, 206 or 416
     * @throws IOException when trying again may help
     * @throws io.millrace.dataflow.error.DataflowException when it cannot
     */
    static Answer get(
            RemoteTarget target,
            long from,
            long to,
            @Nullable Validator validator,
            RemoteSettings settings,
            RemoteSettings.Checkpoint checkpoint)
            throws IOException {
        HttpRequest.Builder request = request(target, "").GET().header("Accept-Encoding", "identity");
        if (to >= 0) {
            request.header("Range", "bytes=" + from + "-" + (to - 1));
        }
        if (validator != null) {
            validator.pin(request);
        }
        return send(target, request, READ, settings, checkpoint);
    }

    /** A request with the headers that all have, and further parameters after the signature. */
    static HttpRequest.Builder request(RemoteTarget target, String parameters) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(target.requestUri(parameters)).header("User-Agent", "millrace");
        return target.isBlob() ? request.header("x-ms-version", BLOB_PROTOCOL) : request;
    }

    /**
     * What a request is for, and which answers mean that it worked.
     *
     * @param movedAt when its body last moved, by {@link System#nanoTime}
     */
    record Wanted(SasPreflight.Purpose purpose, Set<Integer> statuses, LongSupplier movedAt) {
        /** Of a request without a body. */
        Wanted(SasPreflight.Purpose purpose, Set<Integer> statuses) {
            this(purpose, statuses, () -> NEVER);
        }
    }

    /**
     * Sends a request.
     *
     * @return an answer with a status that is wanted
     * @throws IOException when trying again may help
     * @throws io.millrace.dataflow.error.DataflowException when it cannot
     */
    static Answer send(
            RemoteTarget target,
            HttpRequest.Builder request,
            Wanted wanted,
            RemoteSettings settings,
            RemoteSettings.Checkpoint checkpoint)
            throws IOException {
        HttpClient client = target.isBlob() ? Clients.BLOBS : Clients.PAGES;
        BodyStream body = new BodyStream(settings.patience());
        CompletableFuture<HttpResponse<BodyStream>> pending = client.sendAsync(request.build(), head -> body);
        HttpResponse<BodyStream> response = await(pending, body, wanted, settings, checkpoint);
        Answer answer = new Answer(response.statusCode(), response.headers(), body);
        int status = answer.status();
        if (wanted.statuses().contains(status)) {
            return answer;
        }
        answer.close();
        String code = answer.header("x-ms-error-code");
        if (RemoteErrors.mayPass(status)) {
            throw new RemoteErrors.Unavailable(status, code, answer.header("Retry-After"));
        }
        throw RemoteErrors.refused(target, wanted.purpose(), status, code);
    }

    private static HttpResponse<BodyStream> await(
            CompletableFuture<HttpResponse<BodyStream>> pending,
            BodyStream body,
            Wanted wanted,
            RemoteSettings settings,
            RemoteSettings.Checkpoint checkpoint)
            throws IOException {
        long start = System.nanoTime();
        boolean answered = false;
        try {
            while (true) {
                checkpoint.check();
                try {
                    HttpResponse<BodyStream> response =
                            pending.get(RemoteSettings.TICK.toMillis(), TimeUnit.MILLISECONDS);
                    answered = true;
                    return response;
                } catch (TimeoutException notYet) {
                    long moved = wanted.movedAt().getAsLong();
                    long since = moved == NEVER ? start : moved;
                    if (System.nanoTime() - since > settings.patience().toNanos()) {
                        throw new HttpTimeoutException(
                                "no answer for " + settings.patience().toMillis() + " ms");
                    }
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw RemoteErrors.interrupted();
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            if (cause instanceof IOException network) {
                throw network;
            }
            throw RemoteErrors.redacted(cause == null ? failed : cause);
        } finally {
            if (!answered) {
                body.close();
                pending.cancel(true);
            }
        }
    }
}
