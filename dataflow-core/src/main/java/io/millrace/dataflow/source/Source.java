package io.millrace.dataflow.source;

import java.net.URI;
import java.util.Objects;

/**
 * Where bytes come from. An address, never an open stream; immutable, and safe to print: no part of it is a secret.
 *
 * <p>Equality ignores the signature itself, see {@link Credential.Sas}.
 */
public sealed interface Source {
    /**
     * The source at an address: a local path or glob, an {@code http(s)} URL, or the URL of a blob. A signature in the
     * query of a blob's URL is split off at once and becomes a {@link Credential.Sas} named {@code ACCOUNT-CONTAINER}.
     *
     * @throws io.millrace.dataflow.error.DataflowException {@code INVALID_ADDRESS}
     */
    static Source of(String address) {
        return Addresses.parse(address);
    }

    /** A local file, or several by a glob with {@code *}, {@code **}, {@code ?}, {@code [..]} and {@code {..}}. */
    static Source file(String pathOrGlob) {
        return new File(pathOrGlob);
    }

    /** A blob, opened with {@code credential}. */
    static Source blob(String url, Credential credential) {
        return Addresses.blob(url, credential);
    }

    /** See {@link #file}. A relative path is relative to the working directory. */
    record File(String path) implements Source {
        public File {
            Objects.requireNonNull(path, "path");
        }

        @Override
        public String display() {
            return path;
        }
    }

    /** A page on a web server that is not blob storage. Its query is part of the address but is not shown. */
    record Http(URI uri) implements Source {
        public Http {
            Objects.requireNonNull(uri, "uri");
        }

        @Override
        public String display() {
            return Addresses.withoutQuery(uri);
        }

        @Override
        public String toString() {
            return "Http[" + display() + "]";
        }
    }

    /** A blob by its URL without a query, host style or path style. */
    record Blob(URI uri, Credential credential) implements Source {
        public Blob {
            Objects.requireNonNull(uri, "uri");
            Objects.requireNonNull(credential, "credential");
            if (uri.getRawQuery() != null) {
                throw new IllegalArgumentException("the URL of a blob source has no query; use Source.of(url)");
            }
        }

        @Override
        public String display() {
            return uri.toString();
        }
    }

    /** The address as messages, plans and progress show it, without any query. */
    String display();
}
