package io.millrace.dataflow.source;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What a server's refusal and a network's failure mean, said without any secret. */
final class RemoteErrors {
    private static final Pattern SERVER_CODE = Pattern.compile("[A-Za-z0-9]{1,64}");

    private RemoteErrors() {}

    /** An answer after which the same request may work. */
    static final class Unavailable extends IOException {
        private static final long serialVersionUID = 1L;

        private final @Nullable String retryAfter;

        Unavailable(int status, @Nullable String serverCode, @Nullable String retryAfter) {
            super("the server answered " + answer(status, serverCode));
            this.retryAfter = retryAfter;
        }

        /** The header of that name. */
        @Nullable
        String retryAfter() {
            return retryAfter;
        }
    }

    /** Whether the same request may work a little later. */
    static boolean mayPass(int status) {
        return status == 408 || status == 429 || (status >= 500 && status != 501 && status != 505);
    }

    /** What an answer means after which the same request cannot work. */
    static DataflowException refused(
            RemoteTarget target, SasPreflight.Purpose purpose, int status, @Nullable String serverCode) {
        String code = code(serverCode);
        String answered = "the server answered " + answer(status, code);
        return switch (code) {
            case "AuthenticationFailed", "AuthorizationFailure", "InvalidAuthenticationInfo" ->
                forbidden(
                        target,
                        purpose,
                        answered,
                        "The signature is wrong, no longer valid, or for another container or blob");
            case "AuthorizationPermissionMismatch" ->
                forbidden(target, purpose, answered, "The signature does not grant permission to " + purpose.verb());
            case "AuthorizationProtocolMismatch" ->
                forbidden(target, purpose, answered, "The signature allows https alone");
            case "AuthorizationSourceIPMismatch" ->
                forbidden(target, purpose, answered, "The signature does not allow the address of this machine");
            case "AuthorizationServiceMismatch", "AuthorizationResourceTypeMismatch" ->
                forbidden(target, purpose, answered, "The signature is for another service or kind of resource");
            case "PublicAccessNotPermitted" ->
                forbidden(target, purpose, answered, "The account does not allow public access");
            case "BlobNotFound" -> notFound(target, purpose, "there is no such blob", answered);
            case "ContainerNotFound" ->
                notFound(target, purpose, "container '" + target.blob().container() + "' does not exist", answered);
            case "BlobAlreadyExists" -> exists(target, List.of("T" + answered.substring(1)));
            case "InvalidBlockList", "InvalidBlobOrBlock" ->
                error(
                        ErrorCode.SOURCE_CHANGED,
                        target,
                        purpose,
                        "something else wrote to it meanwhile",
                        List.of("T" + answered.substring(1), "Run it again when nothing else writes to it"));
            case "InvalidBlobType" ->
                error(
                        ErrorCode.INVALID_ARGUMENT,
                        target,
                        purpose,
                        "there is an append or page blob of that name",
                        List.of("Write under another name"));
            case "LeaseIdMissing" ->
                error(
                        ErrorCode.SOURCE_FORBIDDEN,
                        target,
                        purpose,
                        answered,
                        List.of("Somebody holds a lease on the blob: end it, or write under another name"));
            case "BlobImmutableDueToPolicy" ->
                error(
                        ErrorCode.SOURCE_FORBIDDEN,
                        target,
                        purpose,
                        answered,
                        List.of("A policy keeps the blob as it is: write under another name"));
            case "BlobArchived" ->
                error(
                        ErrorCode.SOURCE_UNREACHABLE,
                        target,
                        purpose,
                        answered,
                        List.of("The blob is in the archive tier: move it to a tier that can be read"));
            default -> byStatus(target, purpose, status, answered);
        };
    }

    private static DataflowException byStatus(
            RemoteTarget target, SasPreflight.Purpose purpose, int status, String answered) {
        return switch (status) {
            case 401, 403, 407 ->
                forbidden(target, purpose, answered, target.isBlob() ? "The credential is not allowed to" : "");
            case 404, 410 -> notFound(target, purpose, "it does not exist", answered);
            case 412, 416 ->
                purpose == SasPreflight.Purpose.WRITE
                        ? exists(target, List.of("T" + answered.substring(1)))
                        : changed(target, answered);
            default -> error(ErrorCode.SOURCE_UNREACHABLE, target, purpose, answered, List.of());
        };
    }

    private static DataflowException forbidden(
            RemoteTarget target, SasPreflight.Purpose purpose, String answered, String why) {
        List<String> details = new ArrayList<>();
        if (target.token().isPresent()) {
            details.add(why);
            details.add(renewal(target, purpose));
        } else if (target.isBlob()) {
            details.add("It is not public: use its URL with a SAS, or a named credential");
        }
        return error(ErrorCode.SOURCE_FORBIDDEN, target, purpose, answered, details);
    }

    private static DataflowException notFound(
            RemoteTarget target, SasPreflight.Purpose purpose, String reason, String answered) {
        List<String> details = new ArrayList<>();
        details.add("T" + answered.substring(1));
        if (target.isBlob() && target.token().isEmpty()) {
            details.add("A private container answers the same without a credential: use a URL with a SAS");
        }
        return error(ErrorCode.SOURCE_NOT_FOUND, target, purpose, reason, details);
    }

    /** The content is not that of the file that was listed. */
    static DataflowException changed(RemoteTarget target, String how) {
        return error(
                ErrorCode.SOURCE_CHANGED,
                target,
                SasPreflight.Purpose.READ,
                "it changed since it was opened",
                List.of("T" + how.substring(1), "Run it again when nothing writes to it"));
    }

    /** There is a blob of that name, which is to be kept. */
    static DataflowException exists(RemoteTarget target, List<String> details) {
        List<String> all = new ArrayList<>(details);
        all.add("Write under another name, or let it be replaced");
        return error(ErrorCode.OUTPUT_EXISTS, target, SasPreflight.Purpose.WRITE, "it exists already", all);
    }

    /** An answer that does not fit the request, from a server that will give it again. */
    static DataflowException confused(RemoteTarget target, String reason) {
        return error(ErrorCode.SOURCE_UNREACHABLE, target, SasPreflight.Purpose.READ, reason, List.of());
    }

    /** A network or server that kept failing. */
    static DataflowException unreachable(
            RemoteTarget target, SasPreflight.Purpose purpose, IOException cause, List<String> details) {
        return error(ErrorCode.SOURCE_UNREACHABLE, target, purpose, reason(cause), details)
                .causedBy(redacted(cause));
    }

    /** The waiting thread was interrupted. */
    static DataflowException interrupted() {
        return DataflowException.of(ErrorCode.CANCELLED, "Cannot go on: the thread was interrupted");
    }

    /** How to get a signature that works. */
    static String renewal(RemoteTarget target, SasPreflight.Purpose purpose) {
        String permissions =
                switch (purpose) {
                    case READ -> "read permission";
                    case LIST -> "read and list permission";
                    case WRITE -> "write permission";
                };
        return target.credentialName()
                .map(name -> "Issue a new SAS with " + permissions + " and pass it with --credential " + name
                        + "=ENVIRONMENT_VARIABLE, or with engine.credential(\"" + name + "\", token)")
                .orElse("Issue a new SAS with " + permissions);
    }

    /** A failure of the network without what its message may quote of the request. */
    static IOException redacted(Throwable failure) {
        String message = failure.getMessage();
        IOException copy = new IOException(
                failure.getClass().getSimpleName() + (message == null ? "" : ": " + Addresses.withoutSecrets(message)));
        copy.setStackTrace(failure.getStackTrace());
        return copy;
    }

    private static String reason(IOException cause) {
        if (cause instanceof Unavailable) {
            return String.valueOf(cause.getMessage());
        }
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof UnresolvedAddressException) {
                return "the host is not known";
            }
        }
        if (cause instanceof ConnectException) {
            return "the server does not accept connections";
        }
        if (cause instanceof HttpTimeoutException) {
            return "the server does not answer";
        }
        String message = cause.getMessage() == null ? "" : ": " + Addresses.withoutSecrets(cause.getMessage());
        return (cause instanceof SSLException ? "there is no secure connection" : "the connection failed") + message;
    }

    private static DataflowException error(
            ErrorCode code, RemoteTarget target, SasPreflight.Purpose purpose, String reason, List<String> details) {
        return DataflowException.of(code, "Cannot " + purpose.verb() + " " + target.display() + ": " + reason, details);
    }

    private static String answer(int status, @Nullable String serverCode) {
        String code = code(serverCode);
        return code.isEmpty() ? String.valueOf(status) : status + " " + code;
    }

    /** The code that a server gives, unless it is something else: it might repeat what it was sent. */
    private static String code(@Nullable String serverCode) {
        return serverCode != null && SERVER_CODE.matcher(serverCode).matches() ? serverCode : "";
    }
}
