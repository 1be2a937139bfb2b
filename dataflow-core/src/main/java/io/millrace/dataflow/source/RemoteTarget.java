package io.millrace.dataflow.source;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A page or blob to ask a server for: what messages show of it, and what is sent. */
final class RemoteTarget {
    private static final Pattern SIGNATURE = Pattern.compile("((?:^|&)sig=)([^&]*)");

    private final Source source;
    private final @Nullable SasToken token;

    private RemoteTarget(Source source, @Nullable SasToken token) {
        this.source = source;
        this.token = token;
    }

    static RemoteTarget of(Source source, Credentials credentials) {
        if (source instanceof Source.Blob blob) {
            return new RemoteTarget(
                    source, credentials.resolve(blob.credential()).orElse(null));
        }
        return new RemoteTarget(source, null);
    }

    Source source() {
        return source;
    }

    String display() {
        return source.display();
    }

    boolean isBlob() {
        return source instanceof Source.Blob;
    }

    /** The parts of a blob's URL. */
    BlobAddress blob() {
        return BlobAddress.of(((Source.Blob) source).uri());
    }

    Optional<SasToken> token() {
        return Optional.ofNullable(token);
    }

    /** The name of the credential; empty where there is none. */
    Optional<String> credentialName() {
        if (source instanceof Source.Blob blob) {
            if (blob.credential() instanceof Credential.Sas sas) {
                return Optional.of(sas.name());
            }
            if (blob.credential() instanceof Credential.Named named) {
                return Optional.of(named.name());
            }
        }
        return Optional.empty();
    }

    /**
     * The address with its secrets. It goes into a request and nowhere else.
     *
     * @param parameters what a request for a blob says beside the signature, encoded; may be empty
     */
    URI requestUri(String parameters) {
        if (source instanceof Source.Http http) {
            return http.uri();
        }
        URI uri = ((Source.Blob) source).uri();
        String signature = token == null ? "" : sendable(token);
        String between = signature.isEmpty() || parameters.isEmpty() ? "" : "&";
        String query = signature + between + parameters;
        try {
            return query.isEmpty() ? uri : new URI(uri + "?" + query);
        } catch (URISyntaxException malformed) {
            // Its message quotes the signature, so it is not kept as the cause.
            throw DataflowException.of(
                    ErrorCode.SAS_NOT_USABLE,
                    "Cannot use the credential of " + display() + ": the SAS has characters that a URL cannot have");
        }
    }

    /** A signature as it can be sent: a plus sign in it was pasted decoded, and a server would take it for a space. */
    static String sendable(SasToken token) {
        Matcher signature = SIGNATURE.matcher(token.reveal());
        return signature.replaceFirst(found ->
                Matcher.quoteReplacement(found.group(1) + found.group(2).replace("+", "%2B")));
    }

    @Override
    public String toString() {
        return display();
    }
}
