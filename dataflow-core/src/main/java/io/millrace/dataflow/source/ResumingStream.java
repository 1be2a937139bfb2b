package io.millrace.dataflow.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A part of a remote file over one connection. When that is cut, the next one goes on at the first byte that is
 * missing, pinned to the same content.
 */
final class ResumingStream extends InputStream {
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");

    private final RemoteTarget target;
    private final Validator validator;
    private final long fileLength;
    private final long to;
    private final RemoteSettings settings;
    private final RemoteSettings.Checkpoint checkpoint;
    private final Retries retries;
    private RemoteConnection.@Nullable Answer answer;
    private long position;
    private boolean closed;

    /**
     * A stream of the bytes {@code from} to {@code to}, exclusive.
     *
     * @param opened an answer that has been checked and is at {@code from}; null to ask for one
     */
    ResumingStream(
            RemoteTarget target,
            SourceFile file,
            long from,
            long to,
            RemoteConnection.@Nullable Answer opened,
            RemoteSettings settings,
            RemoteSettings.Checkpoint checkpoint) {
        this.target = target;
        this.validator = Validator.parse(file.version());
        this.fileLength = file.length();
        this.position = from;
        this.to = to;
        this.answer = opened;
        this.settings = settings;
        this.checkpoint = checkpoint;
        this.retries = new Retries(target, SasPreflight.Purpose.READ, settings, checkpoint);
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (position == to) {
            close();
            return -1;
        }
        while (!closed) {
            try {
                if (answer == null) {
                    answer = request();
                }
                int count = answer.body().read(bytes, offset, (int) Math.min(length, to - position), checkpoint);
                if (count < 0) {
                    throw new EOFException(
                            String.format(Locale.ROOT, "it was cut after %,d of %,d bytes", position, fileLength));
                }
                position += count;
                return count;
            } catch (IOException failure) {
                drop();
                retries.pauseAfter(failure);
            }
        }
        throw new IllegalStateException("the stream is closed");
    }

    @Override
    public void close() {
        closed = true;
        drop();
    }

    private void drop() {
        if (answer != null) {
            answer.close();
            answer = null;
        }
    }

    private RemoteConnection.Answer request() throws IOException {
        boolean ranges = validator.ranges();
        RemoteConnection.Answer given =
                RemoteConnection.get(target, position, ranges ? to : -1, validator, settings, checkpoint);
        boolean usable = false;
        try {
            check(given);
            if (given.status() == 200) {
                skip(given.body(), position);
            }
            usable = true;
            return given;
        } finally {
            if (!usable) {
                given.close();
            }
        }
    }

    private void check(RemoteConnection.Answer given) {
        if (given.status() == 416) {
            throw RemoteErrors.changed(target, "the server answered 416: it is shorter than it was");
        }
        String mismatch = validator.mismatch(given.headers());
        if (mismatch != null) {
            throw RemoteErrors.changed(target, mismatch);
        }
        long length = -1;
        if (given.status() == 206) {
            Range range = contentRange(given, target);
            if (range.first() != position) {
                throw RemoteErrors.confused(
                        target,
                        String.format(
                                Locale.ROOT,
                                "the server answered with bytes %d-%d to a request for bytes %d-%d",
                                range.first(),
                                range.last(),
                                position,
                                to - 1));
            }
            length = range.total();
        } else {
            length = given.headers().firstValueAsLong("Content-Length").orElse(-1);
        }
        if (length >= 0 && length != fileLength) {
            throw RemoteErrors.changed(
                    target, String.format(Locale.ROOT, "the length was %,d and is %,d bytes", fileLength, length));
        }
    }

    private void skip(BodyStream body, long count) throws IOException {
        byte[] sink = new byte[16 << 10];
        for (long left = count; left > 0; ) {
            int skipped = body.read(sink, 0, (int) Math.min(sink.length, left), checkpoint);
            if (skipped < 0) {
                throw new EOFException(
                        String.format(Locale.ROOT, "it was cut after %,d of %,d bytes", count - left, fileLength));
            }
            left -= skipped;
        }
    }

    /** The part of the file that an answer with status 206 says it is. */
    static Range contentRange(RemoteConnection.Answer answer, RemoteTarget target) {
        String header = answer.header("Content-Range");
        Matcher range = CONTENT_RANGE.matcher(header == null ? "" : header.strip());
        if (!range.matches()) {
            throw RemoteErrors.confused(target, "the server sent a part and did not say which");
        }
        String total = range.group(3);
        return new Range(
                Long.parseLong(range.group(1)),
                Long.parseLong(range.group(2)),
                total.equals("*") ? -1 : Long.parseLong(total));
    }

    /** A part of a file, both ends inclusive, and the length of the whole, -1 where it is not known. */
    record Range(long first, long last, long total) {}
}
