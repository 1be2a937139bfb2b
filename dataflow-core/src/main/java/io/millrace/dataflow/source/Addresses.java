package io.millrace.dataflow.source;

import java.net.URI;

/** Takes addresses apart. */
final class Addresses {
    private Addresses() {}

    static Source parse(String address) {
        return address.startsWith("http://") || address.startsWith("https://")
                ? new Source.Http(URI.create(address))
                : new Source.File(address);
    }

    static Source blob(String url, Credential credential) {
        return new Source.Blob(URI.create(url), credential);
    }

    static String withoutQuery(URI uri) {
        return uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
    }
}
