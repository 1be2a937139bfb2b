package io.millrace.dataflow.source;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds out without a request why a shared access signature cannot work: a server answers 403 to all of it alike.
 */
final class SasPreflight {
    /** How far the clocks of this machine and of whoever issued a signature may be apart. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    /** The kinds of resource, field {@code sr}, that contain blobs: blob, version, snapshot, container, directory. */
    private static final Set<String> BLOB_RESOURCES = Set.of("b", "bv", "bs", "c", "d");

    private static final Pattern SENDABLE = Pattern.compile("[A-Za-z0-9\\-._~!$&'()*+,;=:@/?%]*");

    private SasPreflight() {}

    /** What a request does, and the permission that it needs. */
    enum Purpose {
        READ("read", 'r', "read", 'o', "objects"),
        LIST("list", 'l', "list", 'c', "containers"),
        WRITE("write", 'w', "write", 'o', "objects");

        private final String verb;
        private final char permission;
        private final String permissionName;
        private final char resourceType;
        private final String resourceTypeName;

        Purpose(String verb, char permission, String permissionName, char resourceType, String resourceTypeName) {
            this.verb = verb;
            this.permission = permission;
            this.permissionName = permissionName;
            this.resourceType = resourceType;
            this.resourceTypeName = resourceTypeName;
        }

        /** What messages say could not be done. */
        String verb() {
            return verb;
        }
    }

    /**
     * Returns when nothing speaks against sending the target's signature, or when it has none.
     *
     * @throws DataflowException {@code SAS_NOT_USABLE} with every reason
     */
    static void check(RemoteTarget target, Purpose purpose, Clock clock) {
        SasToken token = target.token().orElse(null);
        if (token == null) {
            return;
        }
        List<String> reasons = reasons(token, target, purpose, clock.instant());
        if (reasons.isEmpty()) {
            return;
        }
        List<String> details = new ArrayList<>();
        for (String more : reasons.subList(1, reasons.size())) {
            details.add("Also, " + more);
        }
        details.add(RemoteErrors.renewal(target, purpose));
        throw DataflowException.of(
                ErrorCode.SAS_NOT_USABLE,
                "Cannot " + purpose.verb() + " " + target.display() + ": " + reasons.get(0),
                details);
    }

    private static List<String> reasons(SasToken token, RemoteTarget target, Purpose purpose, Instant now) {
        String query = token.reveal();
        if (!SENDABLE.matcher(query).matches()) {
            return List.of("the SAS has characters that a URL cannot have");
        }
        Map<String, String> fields;
        try {
            fields = fields(query);
        } catch (IllegalArgumentException malformed) {
            return List.of("the SAS is not percent-encoded correctly");
        }
        List<String> reasons = new ArrayList<>();
        // A stored access policy, named by si, may hold the times and permissions that the signature leaves out.
        boolean policy = fields.containsKey("si");
        List<String> missing = new ArrayList<>();
        for (String field : List.of("sv", "se", "sp", "sig")) {
            boolean inPolicy = policy && (field.equals("se") || field.equals("sp"));
            if (!inPolicy && fields.getOrDefault(field, "").isBlank()) {
                missing.add("'" + field + "'");
            }
        }
        if (!missing.isEmpty()) {
            reasons.add("the SAS lacks " + String.join(", ", missing));
        }
        times(fields, now, reasons);
        permissions(fields, purpose, reasons);
        resource(fields, target, purpose, reasons);
        return reasons;
    }

    private static void times(Map<String, String> fields, Instant now, List<String> reasons) {
        String end = fields.get("se");
        if (end != null && !end.isBlank()) {
            Instant expiry = instant(end);
            if (expiry == null) {
                reasons.add("the SAS has an expiry 'se' that is not a time");
            } else if (!expiry.isAfter(now)) {
                reasons.add("the SAS expired " + expiry);
            }
        }
        String start = fields.get("st");
        if (start != null && !start.isBlank()) {
            Instant valid = instant(start);
            if (valid == null) {
                reasons.add("the SAS has a start 'st' that is not a time");
            } else if (valid.isAfter(now.plus(SKEW))) {
                reasons.add("the SAS is not valid before " + valid);
            }
        }
    }

    private static void permissions(Map<String, String> fields, Purpose purpose, List<String> reasons) {
        String permissions = fields.get("sp");
        if (permissions != null && !permissions.isBlank() && permissions.indexOf(purpose.permission) < 0) {
            reasons.add("the SAS does not grant permission to " + purpose.permissionName + " ('" + purpose.permission
                    + "' in 'sp')");
        }
    }

    private static void resource(
            Map<String, String> fields, RemoteTarget target, Purpose purpose, List<String> reasons) {
        String resource = fields.get("sr");
        if (resource != null && !BLOB_RESOURCES.contains(resource)) {
            reasons.add("the SAS is not for blobs ('sr')");
        } else if (resource != null && resource.startsWith("b") && purpose == Purpose.LIST) {
            reasons.add("the SAS is for one blob ('sr=b') and cannot list a container");
        }
        if (!fields.getOrDefault("ss", "b").contains("b")) {
            reasons.add("the SAS is not for blobs ('ss')");
        }
        String types = fields.get("srt");
        if (types != null && types.indexOf(purpose.resourceType) < 0) {
            reasons.add(
                    "the SAS is not for " + purpose.resourceTypeName + " ('" + purpose.resourceType + "' in 'srt')");
        }
        if (fields.getOrDefault("spr", "").equals("https") && target.display().startsWith("http:")) {
            reasons.add("the SAS allows https alone, and the address starts with http");
        }
    }

    private static Map<String, String> fields(String query) {
        Map<String, String> fields = new TreeMap<>();
        for (String part : query.split("&", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                fields.put(
                        part.substring(0, equals).toLowerCase(Locale.ROOT),
                        URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return fields;
    }

    /** A time as a signature spells it: a date, or a date and time with or without seconds, in UTC. */
    private static @Nullable Instant instant(String text) {
        try {
            return text.indexOf('T') < 0
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException malformed) {
            return null;
        }
    }
}
