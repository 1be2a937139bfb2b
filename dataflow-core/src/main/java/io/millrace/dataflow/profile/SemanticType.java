package io.millrace.dataflow.profile;

import java.util.regex.Pattern;

/** What a text stands for, beyond its type. Judged by form alone: an address that looks right need not exist. */
public enum SemanticType {
    /** {@code ann@example.org}. */
    EMAIL("email", "[A-Za-z0-9._%+'-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.){1,8}[A-Za-z]{2,24}"),
    /** {@code 192.0.2.7}. */
    IPV4("ipv4", octet() + "(?:\\." + octet() + "){3}"),
    /** {@code 2001:db8::7}. */
    IPV6(
            "ipv6",
            "(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}"
                    + "|(?=(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}$)"
                    + "(?:[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4}){0,6})?::(?:[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4}){0,6})?"),
    /** {@code (206) 555-0100}, {@code +1 206 555 0100}. */
    US_PHONE("us_phone", "(?:\\+?1[ .-]?)?(?:\\([2-9]\\d{2}\\) ?|[2-9]\\d{2}[ .-]?)[2-9]\\d{2}[ .-]?\\d{4}"),
    /** {@code 98101}, {@code 98101-2345}. */
    US_ZIP("us_zip", "\\d{5}(?:-\\d{4})?"),
    /** A latitude and a longitude in degrees: {@code 47.6, -122.3}, with a decimal point in each. */
    COORDINATES(
            "coordinates",
            "\\(?[+-]?(?:90\\.0+|[1-8]?\\d\\.\\d+), ?[+-]?(?:180\\.0+|(?:1[0-7]\\d|[1-9]?\\d)\\.\\d+)\\)?"),
    /** {@code https://example.org/a}, also of FTP. */
    URL("url", "(?i:https?|ftp)://[^\\s/?#]{1,253}(?:[/?#]\\S*)?");

    /** Longer texts are not looked at. */
    static final int LONGEST = 512;

    private final String text;
    private final Pattern pattern;

    SemanticType(String text, String pattern) {
        this.text = text;
        this.pattern = Pattern.compile(pattern);
    }

    private static String octet() {
        return "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    }

    /** The word for it in JSON and tables. */
    public String text() {
        return text;
    }

    /** Whether all of {@code value} has the form of this type. A text of more than 512 characters has none. */
    public boolean matches(String value) {
        return value.length() <= LONGEST && pattern.matcher(value).matches();
    }
}
