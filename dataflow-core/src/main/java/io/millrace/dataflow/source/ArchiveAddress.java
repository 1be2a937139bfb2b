package io.millrace.dataflow.source;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * The address of entries of a zip archive, as {@code birds.zip!/2024-*.csv}.
 *
 * @param archive the source of the archive
 * @param entry the name of an entry, or a pattern of names
 */
record ArchiveAddress(Source archive, String entry) {
    private static final String END = ".zip";
    private static final String BETWEEN = "!/";

    /** The parts of an address; empty for one of no entry. */
    static Optional<ArchiveAddress> of(Source source) {
        if (source instanceof Source.File file) {
            int at = end(file.path());
            // A file in a directory 'birds.zip!' is that file.
            return at < 0 || exists(file.path())
                    ? Optional.empty()
                    : Optional.of(new ArchiveAddress(
                            new Source.File(file.path().substring(0, at)),
                            file.path().substring(at + BETWEEN.length())));
        }
        URI uri = source instanceof Source.Http http ? http.uri() : ((Source.Blob) source).uri();
        String text = uri.toString();
        int query = text.indexOf('?') < 0 ? text.length() : text.indexOf('?');
        int at = end(text.substring(0, query));
        return at < 0
                ? Optional.empty()
                : Optional.of(new ArchiveAddress(
                        at(source, URI.create(text.substring(0, at) + text.substring(query))),
                        Addresses.decoded(text.substring(at + BETWEEN.length(), query))));
    }

    /** Whether a name is that of an archive. */
    static boolean isArchive(Source source) {
        return source.display().toLowerCase(Locale.ROOT).endsWith(END);
    }

    /** The address of an entry of an archive. */
    static Source entryOf(Source archive, String entry) {
        if (archive instanceof Source.File file) {
            return new Source.File(file.path() + BETWEEN + entry);
        }
        URI uri = archive instanceof Source.Http http ? http.uri() : ((Source.Blob) archive).uri();
        String text = uri.toString();
        int query = text.indexOf('?') < 0 ? text.length() : text.indexOf('?');
        String name = BETWEEN + Addresses.encodedName(entry);
        return at(archive, URI.create(text.substring(0, query) + name + text.substring(query)));
    }

    private static Source at(Source kin, URI uri) {
        return kin instanceof Source.Blob blob ? new Source.Blob(uri, blob.credential()) : new Source.Http(uri);
    }

    private static int end(String text) {
        int at = text.toLowerCase(Locale.ROOT).indexOf(END + BETWEEN);
        return at < 0 ? -1 : at + END.length();
    }

    private static boolean exists(String path) {
        try {
            return Files.exists(Path.of(path));
        } catch (InvalidPathException noPath) {
            return false;
        }
    }
}
