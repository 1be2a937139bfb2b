package io.millrace.dataflow.source;

import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * What tells one content of a remote file from another, and whether parts of it can be asked for. As text it is the
 * version of a {@link SourceFile}, so that whoever reads the file needs nothing else.
 *
 * @param kind what kind of validator the server sends
 * @param value its value, empty for {@link Kind#NONE}
 * @param ranges whether the server answers requests for parts
 */
record Validator(Kind kind, String value, boolean ranges) {
    private static final String WHOLE = "whole;";

    /** The kinds, the most trustworthy first. */
    enum Kind {
        /** A strong ETag: two answers with the same one have the same bytes. */
        ETAG("etag="),
        /** A time of change, exact to the second. */
        MODIFIED("modified="),
        /** A weak ETag: of no use in a request, but compared with that of every answer. */
        WEAK_ETAG("weak="),
        /** None, so that only the length can be compared. */
        NONE("none");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    /** The best validator that an answer has. */
    static Validator of(HttpHeaders headers, boolean ranges) {
        String etag = headers.firstValue("ETag").orElse("").strip();
        if (!etag.isEmpty() && !etag.startsWith("W/")) {
            return etag(etag, ranges);
        }
        String modified = headers.firstValue("Last-Modified").orElse("").strip();
        if (!modified.isEmpty()) {
            return new Validator(Kind.MODIFIED, modified, ranges);
        }
        return etag.isEmpty() ? new Validator(Kind.NONE, "", ranges) : new Validator(Kind.WEAK_ETAG, etag, ranges);
    }

    /** A strong ETag, with or without its quotes: listings leave them out. */
    static Validator etag(String etag, boolean ranges) {
        return new Validator(Kind.ETAG, etag.startsWith("\"") ? etag : "\"" + etag + "\"", ranges);
    }

    /** The validator that {@link #version} wrote. */
    static Validator parse(String version) {
        boolean ranges = !version.startsWith(WHOLE);
        String text = ranges ? version : version.substring(WHOLE.length());
        for (Kind kind : Kind.values()) {
            if (text.startsWith(kind.prefix)) {
                return new Validator(kind, text.substring(kind.prefix.length()), ranges);
            }
        }
        throw new IllegalArgumentException("not the version of a remote file: " + version);
    }

    String version() {
        return (ranges ? "" : WHOLE) + kind.prefix + value;
    }

    /** Makes the server refuse the request, with 412, if its content is another one. */
    void pin(HttpRequest.Builder request) {
        if (kind == Kind.ETAG) {
            request.header("If-Match", value);
        } else if (kind == Kind.MODIFIED) {
            request.header("If-Unmodified-Since", value);
        }
    }

    /** Whether several parts may be asked for at a time: not where nothing would tell that they do not fit together. */
    boolean allowsParallelRanges() {
        return ranges && kind != Kind.NONE;
    }

    /** What an answer says against being the same content; null if nothing. For servers that ignore the conditions. */
    @Nullable
    String mismatch(HttpHeaders headers) {
        return switch (kind) {
            case ETAG, WEAK_ETAG -> differs("ETag", headers);
            case MODIFIED -> differs("Last-Modified", headers);
            case NONE -> null;
        };
    }

    private @Nullable String differs(String header, HttpHeaders headers) {
        String found = headers.firstValue(header).orElse(value).strip();
        return found.equals(value) ? null : "the " + header + " was " + value + " and is " + found;
    }
}
