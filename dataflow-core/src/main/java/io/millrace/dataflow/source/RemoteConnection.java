package io.millrace.dataflow.source;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Sends GET requests with the JDK's client. Shared by the process; nothing is started before the first request. */
final class RemoteConnection {
    /** The version of the blob protocol that is spoken. Without it, an anonymous request is answered as in 2009. */
    private static final String BLOB_PROTOCOL = "2021-12-02";

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
        HttpRequest.Builder request = HttpRequest.newBuilder(target.requestUri())
                .GET()
                .header("User-Agent", "millrace")
                .header("Accept-Encoding", "identity");
        if (to >= 0) {
            request.header("Range", "bytes=" + from + "-" + (to - 1));
        }
        if (validator != null) {
            validator.pin(request);
        }
        if (target.isBlob()) {
            request.header("x-ms-version", BLOB_PROTOCOL);
        }
        HttpClient client = target.isBlob() ? Clients.BLOBS : Clients.PAGES;
        BodyStream body = new BodyStream(settings.patience());
        CompletableFuture<HttpResponse<BodyStream>> pending = client.sendAsync(request.build(), head -> body);
        HttpResponse<BodyStream> response = await(pending, body, settings, checkpoint);
        Answer answer = new Answer(response.statusCode(), response.headers(), body);
        int status = answer.status();
        if (status == 200 || status == 206 || status == 416) {
            return answer;
        }
        answer.close();
        String code = answer.header("x-ms-error-code");
        if (RemoteErrors.mayPass(status)) {
            throw new RemoteErrors.Unavailable(status, code, answer.header("Retry-After"));
        }
        throw RemoteErrors.refused(target, SasPreflight.Purpose.READ, status, code);
    }

    private static HttpResponse<BodyStream> await(
            CompletableFuture<HttpResponse<BodyStream>> pending,
            BodyStream body,
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
                    if (System.nanoTime() - start > settings.patience().toNanos()) {
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
