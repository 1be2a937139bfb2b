package io.millrace.dataflow.source;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes addresses apart, and splits a signature off before anything keeps it. */
final class Addresses {
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):(//)?.*", Pattern.DOTALL);

    /** A signature however often its equals sign was percent-encoded. Found by a pattern: the text around it may be malformed. */
    private static final Pattern SIGNATURE = Pattern.compile("(?i)sig(?:=|%(?:25)*3d)");

    private static final Pattern SIGNATURE_VALUE = Pattern.compile(SIGNATURE.pattern() + "\\S*");

    private static final Pattern QUERY = Pattern.compile("\\?\\S*");

    /** A user name and password, also one with a slash in it that was not encoded. */
    private static final Pattern USER_INFO = Pattern.compile("//(?:[^/?#@:\\[]*:(?!\\d+/)[^?#]*@|[^/?#]*@)");

    /** The fields by which a query is taken for a signature, if perhaps an incomplete one. */
    private static final Set<String> SIGNATURE_FIELDS =
            Set.of("sv", "sr", "sp", "st", "se", "spr", "sip", "si", "sig", "ss", "srt");

    /** Query parameters that make a request something else than reading the current content of a blob. */
    private static final Set<String> OTHER_REQUESTS = Set.of("snapshot", "versionid", "comp", "restype");

    private Addresses() {}

    /** See {@link Source#of}. */
    static Source parse(String address) {
        String text = address.strip();
        if (text.isEmpty()) {
            throw DataflowException.of(ErrorCode.INVALID_ADDRESS, "Cannot understand an address: it is empty");
        }
        Matcher scheme = SCHEME.matcher(text);
        if (!scheme.matches()) {
            return local(text);
        }
        String name = scheme.group(1).toLowerCase(Locale.ROOT);
        return switch (name) {
            case "file" -> fileUrl(text);
            case "http", "https" -> remote(text);
            default -> {
                if (scheme.group(2) == null && !name.equals("jdbc")) {
                    yield local(text);
                }
                throw invalid(text, "'" + name + "' is not a scheme that can be read", insteadOf(name));
            }
        };
    }

    /** What to do where an address has a scheme that is not read. */
    private static String insteadOf(String scheme) {
        return switch (scheme) {
            case "wasb", "wasbs", "abfs", "abfss", "adl" ->
                "Use the https:// URL of the blob, with a signature or a credential";
            case "jdbc", "postgresql", "mysql", "sqlserver", "oracle", "sqlite" ->
                "Queries are not read: export their rows as CSV or Parquet";
            case "s3", "s3a", "gs", "hdfs", "dbfs", "webhdfs" ->
                "Read it with Spark and SparkEngine.fromSpark, or copy it to a path or an Azure blob";
            default -> "Use a path, or a URL that starts with file:, http:// or https://";
        };
    }

    /** See {@link Source#blob}. */
    static Source blob(String url, Credential credential) {
        String text = url.strip();
        if (!isHttp(text)) {
            throw invalid(text, "the URL of a blob starts with https:// or http://");
        }
        Parts parts = split(text);
        if (parts.query() != null) {
            throw invalid(
                    text,
                    "the URL of a blob has no query where a credential is given",
                    "Pass a signature with Credential.sas(name, token), or leave it in the URL and use Source.of(url)");
        }
        return new Source.Blob(blobUri(parts, text), credential);
    }

    /** Scheme, host, port and path of a URL: what messages show. */
    static String withoutQuery(URI uri) {
        return shown(uri.toString());
    }

    /**
     * What of an address may be shown: nothing from the query on, no user name or password, and nothing from the first
     * thing on that looks like a signature, wherever it is.
     */
    static String shown(String address) {
        int end = address.length();
        Matcher signature = SIGNATURE.matcher(address);
        if (signature.find()) {
            end = signature.start();
            while (end > 0 && "?&;#".indexOf(address.charAt(end - 1)) >= 0) {
                end--;
            }
        }
        if (isHttp(address) || end < address.length()) {
            for (char cut : new char[] {'?', '#'}) {
                int at = address.indexOf(cut);
                end = at >= 0 ? Math.min(end, at) : end;
            }
        }
        return USER_INFO.matcher(address.substring(0, end)).replaceFirst("//");
    }

    /** A text of somebody else, such as the message of a failure, without the queries and signatures that it quotes. */
    static String withoutSecrets(String text) {
        return SIGNATURE_VALUE.matcher(QUERY.matcher(text).replaceAll("")).replaceAll("");
    }

    /** Whether {@code query} has a parameter of that name, in lower case. */
    static boolean hasParameter(String query, String name) {
        for (String part : query.split("&", -1)) {
            int equals = part.indexOf('=');
            String key = equals < 0 ? part : part.substring(0, equals);
            if (key.toLowerCase(Locale.ROOT).equals(name)) {
                return true;
            }
        }
        return false;
    }

    private static Source local(String text) {
        if (SIGNATURE.matcher(text).find() && text.contains("sv=")) {
            throw invalid(text, "it is a path with a signature", "A URL starts with https://");
        }
        return new Source.File(text);
    }

    private static Source fileUrl(String text) {
        String path = text.substring("file:".length());
        if (path.startsWith("///")) {
            path = path.substring(2);
        }
        if (!path.startsWith("/") || path.startsWith("//") || path.indexOf('?') >= 0 || path.indexOf('#') >= 0) {
            throw invalid(text, "it is not the URL of a local file", "Use file:///directory/name.csv, or the path");
        }
        return new Source.File(decoded(encoded(path, 0)));
    }

    private static Source remote(String text) {
        Parts parts = split(text);
        String query = parts.query();
        // Also one that lacks other fields: the address of a page is written to plans with its query.
        boolean signed = query != null && hasParameter(query, "sig");
        if (!signed && !BlobAddress.isBlobHost(parts.uri())) {
            return new Source.Http(query == null ? parts.uri() : withQuery(parts.uri(), query, text));
        }
        URI uri = blobUri(parts, text);
        if (query == null || query.isEmpty()) {
            return new Source.Blob(uri, Credential.anonymous());
        }
        for (String other : OTHER_REQUESTS) {
            if (hasParameter(query, other)) {
                throw invalid(text, "only the current content of a blob can be read", "Leave out '" + other + "'");
            }
        }
        if (SIGNATURE_FIELDS.stream().noneMatch(field -> hasParameter(query, field))) {
            throw invalid(text, "its query is not a shared access signature");
        }
        return new Source.Blob(uri, Credential.sas(BlobAddress.of(uri).credentialName(), SasToken.of(query)));
    }

    private static URI blobUri(Parts parts, String text) {
        if (parts.fragment()) {
            throw invalid(text, "a '#' in the name of a blob is written %23");
        }
        BlobAddress address = BlobAddress.of(parts.uri());
        if (address.account().isEmpty()
                || address.container().isEmpty()
                || address.rawName().isEmpty()) {
            throw invalid(
                    text,
                    "it names no blob",
                    "Use https://ACCOUNT.blob.core.windows.net/CONTAINER/NAME, where NAME may have * and **");
        }
        return parts.uri();
    }

    private static Parts split(String text) {
        int hash = text.indexOf('#');
        String whole = hash < 0 ? text : text.substring(0, hash);
        int mark = whole.indexOf('?');
        String base = mark < 0 ? whole : whole.substring(0, mark);
        String query = mark < 0 ? null : whole.substring(mark + 1);
        if (SIGNATURE.matcher(base).find()) {
            throw invalid(text, "it has a signature without a question mark before it");
        }
        int authority = base.indexOf("//") + 2;
        int path = base.indexOf('/', Math.max(authority, 2));
        String encoded = encoded(path < 0 ? base + "/" : base, path < 0 ? base.length() : path);
        URI uri;
        try {
            uri = new URI(encoded);
        } catch (URISyntaxException malformed) {
            throw invalid(text, malformed.getReason().toLowerCase(Locale.ROOT));
        }
        if (uri.getRawUserInfo() != null) {
            throw invalid(text, "a user name or password in a URL is not supported");
        }
        if (uri.getHost() == null || uri.getRawAuthority().endsWith(":")) {
            throw invalid(text, "it has no valid host name");
        }
        return new Parts(lowerCaseScheme(uri), query, hash >= 0);
    }

    private static URI lowerCaseScheme(URI uri) {
        String text = uri.toString();
        int colon = text.indexOf(':');
        return URI.create(text.substring(0, colon).toLowerCase(Locale.ROOT) + text.substring(colon));
    }

    private static URI withQuery(URI uri, String query, String text) {
        try {
            return new URI(uri + "?" + encoded(query, 0));
        } catch (URISyntaxException malformed) {
            throw invalid(text, malformed.getReason().toLowerCase(Locale.ROOT));
        }
    }

    /** The text with the characters encoded that a URL cannot have, as browsers do, from {@code start} on. */
    private static String encoded(String text, int start) {
        StringBuilder encoded = new StringBuilder(text.length() + 16).append(text, 0, start);
        text.substring(start).codePoints().forEach(c -> {
            // Whether a percent sign starts a code is judged below, where its place is known.
            if (c <= ' ' || c >= 127 || "\"<>\\^`{|}[]".indexOf(c) >= 0) {
                appendEncoded(encoded, Character.toString(c));
            } else {
                encoded.appendCodePoint(c);
            }
        });
        for (int at = encoded.indexOf("%"); at >= 0; at = encoded.indexOf("%", at + 1)) {
            if (!isHex(encoded, at + 1)) {
                encoded.insert(at + 1, "25");
            }
        }
        return encoded.toString();
    }

    /** The name of a blob as a URL spells it, a star in it told from a wildcard. */
    static String encodedName(String name) {
        StringBuilder encoded = new StringBuilder(name.length() + 16);
        name.codePoints().forEach(c -> {
            boolean plain = c < 127 && (Character.isLetterOrDigit(c) || "-._~!$&'()+,;=:@/".indexOf(c) >= 0);
            if (plain) {
                encoded.appendCodePoint(c);
            } else {
                appendEncoded(encoded, Character.toString(c));
            }
        });
        return encoded.toString();
    }

    /** A part of a URL's path without its percent encoding; a plus sign is itself. */
    static String decoded(String raw) {
        return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static void appendEncoded(StringBuilder to, String text) {
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            to.append(String.format(Locale.ROOT, "%%%02X", b));
        }
    }

    private static boolean isHex(CharSequence text, int at) {
        return at + 1 < text.length()
                && Character.digit(text.charAt(at), 16) >= 0
                && Character.digit(text.charAt(at + 1), 16) >= 0;
    }

    private static boolean isHttp(String text) {
        String start = text.substring(0, Math.min(8, text.length())).toLowerCase(Locale.ROOT);
        return start.startsWith("http://") || start.startsWith("https://");
    }

    private static DataflowException invalid(String address, String reason, String... details) {
        return DataflowException.of(
                ErrorCode.INVALID_ADDRESS, "Cannot understand address '" + shown(address) + "': " + reason, details);
    }

    /** A URL without query and fragment, its query, and whether it had a fragment. */
    private record Parts(URI uri, @Nullable String query, boolean fragment) {}
}
