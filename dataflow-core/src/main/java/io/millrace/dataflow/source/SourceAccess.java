package io.millrace.dataflow.source;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.execution.Cancellation;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lists and reads the files of sources, and writes blobs, with the credentials it was given. Thread-safe. A credential is resolved where
 * the read or write happens.
 */
public final class SourceAccess {
    private final Credentials credentials;
    private final RemoteSettings settings;
    private @Nullable RemoteFiles remote;

    private SourceAccess(Credentials credentials, RemoteSettings settings) {
        this.credentials = Objects.requireNonNull(credentials, "credentials");
        this.settings = settings;
    }

    /** Access with those credentials, and without any to public addresses. */
    public static SourceAccess with(Credentials credentials) {
        return new SourceAccess(credentials, RemoteSettings.defaults());
    }

    /** Access that reads remote files in another way. */
    static SourceAccess with(Credentials credentials, RemoteSettings settings) {
        return new SourceAccess(credentials, settings);
    }

    /**
     * The files of a source in the order they are read: by path for a glob. Never empty.
     *
     * <p>An address {@code birds.zip!/2024-*.csv} means entries of a zip archive; each is a file of its own, read as an
     * archive that has no other. The address of an archive alone means the one file in it.
     *
     * @throws DataflowException {@code SOURCE_NOT_FOUND}, {@code SOURCE_IS_DIRECTORY}, {@code SOURCE_FORBIDDEN},
     *     {@code SAS_NOT_USABLE}, {@code SOURCE_UNREACHABLE}, {@code IO_FAILED}, {@code UNKNOWN_CREDENTIAL},
     *     {@code INVALID_ADDRESS} for a malformed pattern, {@code DAMAGED_FILE} and {@code UNSUPPORTED_FORMAT} for an
     *     archive, {@code CANCELLED}
     */
    public List<SourceFile> list(Source source, Cancellation cancellation) {
        Archives archives = new Archives(this, cancellation);
        Optional<ArchiveAddress> entries = ArchiveAddress.of(source);
        if (entries.isPresent()) {
            return archives.list(entries.get());
        }
        return listStored(source, cancellation).stream()
                .map(file -> ArchiveAddress.isArchive(file.source()) ? archives.only(file) : file)
                .toList();
    }

    /** The files of a source that holds no entries of archives. */
    List<SourceFile> listStored(Source source, Cancellation cancellation) {
        cancellation.check();
        if (source instanceof Source.File file) {
            return LocalFiles.list(file, cancellation);
        }
        return remote().list(source, cancellation);
    }

    /**
     * The bytes from {@code offset} to {@code offset + length} of a file, or to its end if that is nearer, provided
     * that it is still as it was listed. The stream throws {@link DataflowException} where others throw an
     * {@link java.io.IOException}; closing it early stops what is under way.
     *
     * @throws DataflowException {@code SOURCE_CHANGED} and what {@link #list} throws, here and from the stream
     */
    public InputStream read(SourceFile file, long offset, long length, Cancellation cancellation) {
        if (offset < 0 || length < 0) {
            throw new IllegalArgumentException("offset and length must not be negative: " + offset + ", " + length);
        }
        cancellation.check();
        long from = Math.min(offset, file.length());
        long to = from + Math.min(length, file.length() - from);
        Optional<ArchiveAddress> entry = ArchiveAddress.of(file.source());
        if (entry.isPresent()) {
            return new Archives(this, cancellation).read(entry.get(), file, from, to);
        }
        if (file.source() instanceof Source.File) {
            return LocalFiles.read(file, from, to, cancellation);
        }
        if (from == to) {
            return InputStream.nullInputStream();
        }
        return remote().read(file, from, to, cancellation);
    }

    /**
     * Starts to write a blob; nothing is visible under its name before {@link BlobUpload#commit}.
     *
     * @throws DataflowException {@code INVALID_ARGUMENT} for what is no single blob; {@code SAS_NOT_USABLE},
     *     {@code UNKNOWN_CREDENTIAL}; {@code SOURCE_FORBIDDEN} without a credential; {@code OUTPUT_EXISTS}
     */
    public BlobUpload upload(Source target, Existing existing, Cancellation cancellation) {
        cancellation.check();
        return BlobUpload.open(RemoteTarget.of(target, credentials), existing, settings, cancellation::check);
    }

    /** Made at the first remote file: a process that reads local files loads none of it. */
    private synchronized RemoteFiles remote() {
        if (remote == null) {
            remote = new RemoteFiles(credentials, settings);
        }
        return remote;
    }
}
