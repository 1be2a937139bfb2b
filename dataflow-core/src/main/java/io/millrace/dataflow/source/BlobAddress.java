package io.millrace.dataflow.source;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The parts of a blob's URL.
 *
 * @param endpoint the URL of the account, without a slash at its end
 * @param account the name of the storage account, empty if the URL has none
 * @param container empty if the URL has none
 * @param rawName the name of the blob as the URL spells it, percent-encoded; empty if the URL has none
 */
record BlobAddress(String endpoint, String account, String container, String rawName) {
    private static final List<String> BLOB_HOSTS = List.of(
            ".blob.core.windows.net",
            ".blob.core.chinacloudapi.cn",
            ".blob.core.usgovcloudapi.net",
            ".blob.core.cloudapi.de",
            ".blob.storage.azure.net");

    /** The account that a local emulator has from the start. */
    private static final String EMULATED_ACCOUNT = "devstoreaccount1";

    private static final Pattern IP_ADDRESS = Pattern.compile("\\[.*]|\\d{1,3}(\\.\\d{1,3}){3}");

    /** Takes a URL apart: the account is the first part of the path where the host cannot name it, else of the host. */
    static BlobAddress of(URI uri) {
        String endpoint = uri.getScheme() + "://" + uri.getRawAuthority();
        String path = uri.getRawPath().isEmpty() ? "" : uri.getRawPath().substring(1);
        String account;
        if (isPathStyle(uri)) {
            account = head(path);
            path = tail(path);
            endpoint = endpoint + "/" + account;
        } else {
            String host = uri.getHost();
            int dot = host.indexOf('.');
            account = dot < 0 ? host : host.substring(0, dot);
        }
        return new BlobAddress(endpoint, account, head(path), tail(path));
    }

    /** Whether the URL alone, without a signature, says that it is a blob. */
    static boolean isBlobHost(URI uri) {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        return BLOB_HOSTS.stream().anyMatch(host::endsWith)
                || (isPathStyle(uri) && uri.getRawPath().startsWith("/" + EMULATED_ACCOUNT + "/"));
    }

    /** What a signature for this container is called in a saved plan. */
    String credentialName() {
        return account + "-" + container;
    }

    /** Whether the name has wildcards. A star that is part of a name is written {@code %2A}. */
    boolean isPattern() {
        return rawName.indexOf('*') >= 0;
    }

    private static boolean isPathStyle(URI uri) {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        return host.indexOf('.') < 0
                || host.equals("host.docker.internal")
                || IP_ADDRESS.matcher(host).matches();
    }

    private static String head(String path) {
        int slash = path.indexOf('/');
        return slash < 0 ? path : path.substring(0, slash);
    }

    private static String tail(String path) {
        int slash = path.indexOf('/');
        return slash < 0 ? "" : path.substring(slash + 1);
    }
}
