package io.millrace.dataflow.kernel;

import io.millrace.dataflow.plan.TypedExpr;
import io.millrace.dataflow.table.CellError.Code;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.Float8Vector;

/** Numbers and truth values as people write them. */
final class TextReading {
    private TextReading() {}

    static Kernel toNumber(TypedExpr.Call call) {
        char decimal = Constants.text(call, 1).charAt(0);
        String grouping = alternatives(Constants.text(call, 2));
        return RowByRow.ofText((arguments, row, target) -> {
            long bits = number(arguments.string(0, row).strip(), decimal, grouping);
            if (bits == NumberText.NOT_A_DOUBLE) {
                return Code.CAST;
            }
            ((Float8Vector) target).set(row, Double.longBitsToDouble(bits));
            return null;
        });
    }

    static Kernel toBool(TypedExpr.Call call) {
        Map<String, Boolean> meanings = new HashMap<>();
        for (int i = 1; i < call.arguments().size(); i += 2) {
            meanings.put(Constants.text(call, i).toLowerCase(Locale.ROOT), (Boolean) Constants.value(call, i + 1));
        }
        return RowByRow.ofText((arguments, row, target) -> {
            Boolean meaning = meanings.get(arguments.string(0, row).toLowerCase(Locale.ROOT));
            if (meaning == null) {
                return Code.CAST;
            }
            ((BitVector) target).set(row, meaning ? 1 : 0);
            return null;
        });
    }

    /** The characters that stand for a grouping mark: of a space the unbreakable ones too, of an apostrophe the curly. */
    private static String alternatives(String grouping) {
        return switch (grouping) {
            case " " -> " \u00A0\u202F";
            case "'" -> "'\u2019";
            default -> grouping;
        };
    }

    /** The bits of the number, or {@link NumberText#NOT_A_DOUBLE}. Every group but the first has three digits. */
    static long number(String text, char decimal, String grouping) {
        StringBuilder plain = new StringBuilder(text.length());
        int i = 0;
        if (i < text.length() && (text.charAt(i) == '-' || text.charAt(i) == '+')) {
            plain.append(text.charAt(i++));
        }
        int group = 0;
        boolean grouped = false;
        for (; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                plain.append(c);
                group++;
            } else if (grouping.indexOf(c) >= 0) {
                if (group == 0 || group > 3 || (grouped && group != 3)) {
                    return NumberText.NOT_A_DOUBLE;
                }
                grouped = true;
                group = 0;
            } else {
                break;
            }
        }
        if (grouped && group != 3) {
            return NumberText.NOT_A_DOUBLE;
        }
        for (boolean point = false; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == decimal && !point) {
                plain.append('.');
                point = true;
            } else if ((c >= '0' && c <= '9') || c == 'e' || c == 'E' || (isSign(c) && isExponentMark(plain))) {
                plain.append(c);
            } else {
                return NumberText.NOT_A_DOUBLE;
            }
        }
        return NumberText.parseDouble(plain.toString());
    }

    private static boolean isSign(char c) {
        return c == '-' || c == '+';
    }

    private static boolean isExponentMark(StringBuilder plain) {
        char last = plain.length() == 0 ? ' ' : plain.charAt(plain.length() - 1);
        return last == 'e' || last == 'E';
    }
}
