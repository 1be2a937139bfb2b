package io.millrace.dataflow.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * The requests that write one blob, each tried again where that may help.
 *
 * @param checkpoint throws when the blob is no longer wanted
 */
record BlobRequests(RemoteTarget target, RemoteSettings settings, RemoteSettings.Checkpoint checkpoint) {
    /** What is read of the answer that names the blocks of a blob: the first ones are enough. */
    private static final int LISTED_BYTES = 64 << 10;

    /** Sends a block, which stays invisible. Sent twice it is there once. */
    void stage(String id, byte[] bytes, int length) {
        String query = "comp=block&blockid=" + URLEncoder.encode(id, UTF_8);
        String digest = digest(bytes, length);
        retries().run(() -> {
            SentBytes body = new SentBytes(bytes, length);
            return answered(
                    body,
                    RemoteConnection.request(target, query)
                            .header("Content-MD5", digest)
                            .PUT(body.publisher()));
        });
    }

    /**
     * Makes the blob of blocks, which is visible at once and as a whole.
     *
     * @throws DataflowException {@code OUTPUT_EXISTS} where the one that is there is to be kept
     */
    void commit(List<String> ids, Existing existing) {
        byte[] list = list(ids);
        boolean[] sent = new boolean[1];
        retries().run(() -> {
            boolean again = sent[0];
            sent[0] = true;
            SentBytes body = new SentBytes(list, list.length);
            HttpRequest.Builder request =
                    RemoteConnection.request(target, "comp=blocklist").header("Content-Type", "application/xml");
            if (existing == Existing.KEEP) {
                request.header("If-None-Match", "*");
            }
            try {
                return answered(body, request.PUT(body.publisher()));
            } catch (DataflowException refused) {
                // The answer to the attempt before may have been lost, and not the attempt.
                if (again && refused.code() == ErrorCode.OUTPUT_EXISTS && !ids.isEmpty() && isMadeOf(ids.get(0))) {
                    return 201;
                }
                throw refused;
            }
        });
    }

    /** Whether there is a blob of that name, as far as the credential lets one see. */
    boolean isThere() {
        return retries().run(() -> {
            try (RemoteConnection.Answer answer = RemoteConnection.send(
                    target,
                    RemoteConnection.request(target, "").method("HEAD", HttpRequest.BodyPublishers.noBody()),
                    new RemoteConnection.Wanted(SasPreflight.Purpose.WRITE, Set.of(200, 401, 403, 404)),
                    settings,
                    checkpoint)) {
                return answer.status() == 200;
            }
        });
    }

    private boolean isMadeOf(String id) throws IOException {
        try (RemoteConnection.Answer answer = RemoteConnection.send(
                target,
                RemoteConnection.request(target, "comp=blocklist&blocklisttype=committed")
                        .GET(),
                new RemoteConnection.Wanted(SasPreflight.Purpose.WRITE, Set.of(200, 401, 403, 404)),
                settings,
                checkpoint)) {
            ByteArrayOutputStream found = new ByteArrayOutputStream();
            byte[] buffer = new byte[16 << 10];
            int count = 0;
            while (count >= 0 && found.size() < LISTED_BYTES) {
                found.write(buffer, 0, count);
                count = answer.body().read(buffer, 0, buffer.length, checkpoint);
            }
            return answer.status() == 200 && found.toString(UTF_8).contains(id);
        }
    }

    private int answered(SentBytes body, HttpRequest.Builder request) throws IOException {
        RemoteConnection.Wanted wanted =
                new RemoteConnection.Wanted(SasPreflight.Purpose.WRITE, Set.of(201), body::movedAt);
        try (RemoteConnection.Answer answer = RemoteConnection.send(target, request, wanted, settings, checkpoint)) {
            return answer.status();
        }
    }

    private Retries retries() {
        return new Retries(target, SasPreflight.Purpose.WRITE, settings, checkpoint);
    }

    private static byte[] list(List<String> ids) {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList>");
        // The latest of that number: also those that an attempt before has made part of the blob.
        ids.forEach(id -> xml.append("<Latest>").append(id).append("</Latest>"));
        return xml.append("</BlockList>").toString().getBytes(UTF_8);
    }

    private static String digest(byte[] bytes, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            digest.update(bytes, 0, length);
            return Base64.getEncoder().encodeToString(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
