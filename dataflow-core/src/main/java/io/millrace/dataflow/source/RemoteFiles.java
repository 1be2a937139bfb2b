package io.millrace.dataflow.source;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.execution.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/** Opens and reads pages and blobs. Thread-safe. */
final class RemoteFiles {
    /** How many beginnings of files are kept between opening and reading them. */
    private static final int MOST_OPENINGS = 64;

    private final Credentials credentials;
    private final RemoteSettings settings;

    /** The beginning of each file, which came with the answer that opened it. The least recently opened goes first. */
    private final Map<SourceFile, byte[]> openings = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<SourceFile, byte[]> eldest) {
            return size() > MOST_OPENINGS;
        }
    };

    RemoteFiles(Credentials credentials, RemoteSettings settings) {
        this.credentials = credentials;
        this.settings = settings;
    }

    /** One file, opened by one request for its beginning; or the blobs that match a pattern, by listings. */
    List<SourceFile> list(Source source, Cancellation cancellation) {
        RemoteTarget target = RemoteTarget.of(source, credentials);
        if (target.isBlob() && target.blob().rawName().endsWith("/")) {
            throw directory(target);
        }
        if (target.isBlob() && target.blob().isPattern()) {
            SasPreflight.check(target, SasPreflight.Purpose.LIST, settings.clock());
            return BlobListing.list(target, settings, cancellation);
        }
        SasPreflight.check(target, SasPreflight.Purpose.READ, settings.clock());
        Retries retries = new Retries(target, SasPreflight.Purpose.READ, settings, cancellation::check);
        return List.of(retries.run(() -> open(target, cancellation)));
    }

    /** The bytes {@code from} to {@code to}, exclusive. */
    InputStream read(SourceFile file, long from, long to, Cancellation cancellation) {
        RemoteTarget target = RemoteTarget.of(file.source(), credentials);
        SasPreflight.check(target, SasPreflight.Purpose.READ, settings.clock());
        byte[] opening;
        synchronized (openings) {
            opening = openings.getOrDefault(file, new byte[0]);
        }
        byte[] head = from < opening.length
                ? Arrays.copyOfRange(opening, (int) from, (int) Math.min(to, opening.length))
                : new byte[0];
        long rest = from + head.length;
        Validator validator = Validator.parse(file.version());
        if (rest < to && !validator.allowsParallelRanges()) {
            return new ResumingStream(target, file, from, to, null, settings, cancellation::check);
        }
        return new PrefetchingStream(target, file, head, rest, to, settings, cancellation::check);
    }

    private SourceFile open(RemoteTarget target, Cancellation cancellation) throws IOException {
        RemoteConnection.Answer answer =
                RemoteConnection.get(target, 0, settings.openingBytes(), null, settings, cancellation::check);
        if (answer.status() == 206) {
            ResumingStream.Range range = ResumingStream.contentRange(answer, target);
            if (range.first() == 0 && range.total() >= 0) {
                return opened(target, answer, range.total(), true, cancellation);
            }
            if (range.first() != 0) {
                answer.close();
                throw RemoteErrors.confused(
                        target,
                        String.format(
                                Locale.ROOT,
                                "the server answered with bytes %d-%d to a request for bytes 0-%d",
                                range.first(),
                                range.last(),
                                settings.openingBytes() - 1));
            }
        }
        if (answer.status() != 200) {
            // 416: no part of an empty file can be asked for. 206: the length is not known. Both say more when asked
            // for the whole.
            answer.close();
            answer = RemoteConnection.get(target, 0, -1, null, settings, cancellation::check);
            if (answer.status() != 200) {
                answer.close();
                throw RemoteErrors.refused(target, SasPreflight.Purpose.READ, answer.status(), null);
            }
        }
        OptionalLong length = answer.headers().firstValueAsLong("Content-Length");
        return length.isPresent()
                ? opened(target, answer, length.getAsLong(), false, cancellation)
                : counted(target, answer, cancellation);
    }

    private SourceFile opened(
            RemoteTarget target,
            RemoteConnection.Answer answer,
            long length,
            boolean ranges,
            Cancellation cancellation) {
        boolean folder = "true".equalsIgnoreCase(answer.header("x-ms-meta-hdi_isfolder"))
                || "directory".equalsIgnoreCase(answer.header("x-ms-resource-type"));
        if (folder) {
            answer.close();
            throw directory(target);
        }
        Validator validator = Validator.of(answer.headers(), ranges);
        SourceFile file = new SourceFile(target.source(), length, validator.version());
        byte[] opening = new byte[(int) Math.min(length, settings.openingBytes())];
        try (ResumingStream beginning =
                new ResumingStream(target, file, 0, opening.length, answer, settings, cancellation::check)) {
            for (int filled = 0; filled < opening.length; ) {
                filled += beginning.read(opening, filled, opening.length - filled);
            }
        }
        keep(file, validator, opening);
        return file;
    }

    /** A file whose length the server does not say: it is read once to count its bytes. */
    private SourceFile counted(RemoteTarget target, RemoteConnection.Answer answer, Cancellation cancellation)
            throws IOException {
        try (answer) {
            byte[] opening = new byte[settings.openingBytes()];
            byte[] buffer = new byte[16 << 10];
            long length = 0;
            for (int count = 0; count >= 0; ) {
                count = answer.body().read(buffer, 0, buffer.length, cancellation::check);
                if (count > 0 && length < opening.length) {
                    System.arraycopy(buffer, 0, opening, (int) length, (int) Math.min(count, opening.length - length));
                }
                length += Math.max(0, count);
            }
            Validator validator = Validator.of(answer.headers(), false);
            SourceFile file = new SourceFile(target.source(), length, validator.version());
            keep(file, validator, Arrays.copyOf(opening, (int) Math.min(length, opening.length)));
            return file;
        }
    }

    private void keep(SourceFile file, Validator validator, byte[] opening) {
        if (validator.kind() != Validator.Kind.NONE) {
            synchronized (openings) {
                openings.put(file, opening);
            }
        }
    }

    private static DataflowException directory(RemoteTarget target) {
        String display = target.display();
        return DataflowException.of(
                ErrorCode.SOURCE_IS_DIRECTORY,
                "Cannot read " + display + ": it is a directory",
                "Use " + display + (display.endsWith("/") ? "" : "/") + "*.csv to read the files in it");
    }
}
