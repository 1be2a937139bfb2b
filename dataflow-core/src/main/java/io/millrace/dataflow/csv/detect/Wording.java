package io.millrace.dataflow.csv.detect;

import java.util.Locale;

/** How findings are put into words. */
final class Wording {
    private Wording() {}

    /** A number with commas between thousands. */
    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** So many of a thing: {@code 1 record}, {@code 2 records}. */
    static String count(long count, String thing) {
        return number(count) + " " + thing + (count == 1 ? "" : "s");
    }

    /** A share in percent. */
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    /** A text of the file in one line, without what would move the cursor of a terminal. */
    static String printable(String text) {
        StringBuilder printable = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                printable.append(String.format(Locale.ROOT, "\\u%04X", c));
            } else {
                printable.appendCodePoint(c);
            }
        });
        return printable.toString();
    }
}
