package io.millrace.dataflow.source;

import java.util.Objects;

/**
 * One file of a source as it was when it was listed.
 *
 * @param source the address of this one file
 * @param length its size in bytes
 * @param version what changes when the content does: an ETag, or the time of change and the size. Every later read
 *     checks it
 */
public record SourceFile(Source source, long length, String version) {
    public SourceFile {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(version, "version");
    }

    /** The address as messages show it. */
    public String display() {
        return source.display();
    }
}
