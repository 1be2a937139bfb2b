package io.millrace.dataflow.profile;

import io.millrace.dataflow.kernel.CellText;
import io.millrace.dataflow.kernel.DateOrder;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How many texts read as values of which type, as dates of which order, and as what semantic type. */
final class TextTypes {
    /** Longer texts are text and nothing else. */
    private static final int LONGEST = SemanticType.LONGEST;
    /** The longest text of a number, bool or time that is looked for. */
    private static final int LONGEST_VALUE = 40;

    private static final List<DataType> TYPES = List.of(
            DataTypes.INT64, DataTypes.FLOAT64, DataTypes.BOOL, DataTypes.DATE, DataTypes.TIMESTAMP, DataTypes.TEXT);
    private static final int TEXT = TYPES.size() - 1;
    private static final List<SemanticType> SEMANTIC_TYPES = List.of(SemanticType.values());

    private final boolean hasSemanticTypes;
    private final long[] types = new long[TYPES.size()];
    private final long[] semanticTypes = new long[SEMANTIC_TYPES.size()];
    /** Dates whose first number must be the day, whose second must be, and that may be read both ways. */
    private long dayFirst;

    private long monthFirst;
    private long either;

    TextTypes(boolean hasSemanticTypes) {
        this.hasSemanticTypes = hasSemanticTypes;
    }

    /** Adds a text that occurs {@code count} times. */
    void add(byte[] bytes, int from, int length, long count) {
        int first = length == 0 ? -1 : bytes[from];
        boolean mayBeValue = length > 0 && length <= LONGEST_VALUE && mayBegin(first, length);
        if (!mayBeValue && (!hasSemanticTypes || length == 0 || length > LONGEST)) {
            types[TEXT] += count;
            return;
        }
        String text = new String(bytes, from, length, StandardCharsets.UTF_8);
        int type = mayBeValue ? type(text) : TEXT;
        types[type] += count;
        if (type == TEXT && mayBeValue) {
            add(DateOrder.of(bytes, from, from + length), count);
        }
        if (hasSemanticTypes && length <= LONGEST) {
            for (int i = 0; i < semanticTypes.length; i++) {
                if (SEMANTIC_TYPES.get(i).matches(text)) {
                    semanticTypes[i] += count;
                }
            }
        }
    }

    /** Whether a text with this first byte and length may be a value of a type other than text. */
    private static boolean mayBegin(int first, int length) {
        return (first >= '0' && first <= '9')
                || first == '-'
                || first == '.'
                || ((first == 't' || first == 'T') && length == 4)
                || ((first == 'f' || first == 'F') && length == 5)
                || ((first == 'N' || first == 'I') && length <= 8);
    }

    private static int type(String text) {
        int digits = text.charAt(0) == '-' ? 1 : 0;
        boolean hasLeadingZero = digits + 1 < text.length()
                && text.charAt(digits) == '0'
                && text.charAt(digits + 1) >= '0'
                && text.charAt(digits + 1) <= '9';
        for (int i = hasLeadingZero ? 2 : 0; i < TEXT; i++) {
            if (CellText.fits(text, TYPES.get(i))) {
                return i;
            }
        }
        return TEXT;
    }

    private void add(DateOrder order, long count) {
        switch (order) {
            case DAY_FIRST -> dayFirst += count;
            case MONTH_FIRST -> monthFirst += count;
            case EITHER -> either += count;
            // The same day in both orders is no question.
            case SAME, NONE -> {}
        }
    }

    void join(TextTypes other) {
        for (int i = 0; i < types.length; i++) {
            types[i] += other.types[i];
        }
        for (int i = 0; i < semanticTypes.length; i++) {
            semanticTypes[i] += other.semanticTypes[i];
        }
        dayFirst += other.dayFirst;
        monthFirst += other.monthFirst;
        either += other.either;
    }

    /** The types that some texts read as. */
    Map<String, Long> typeCounts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (int i = 0; i < types.length; i++) {
            if (types[i] > 0) {
                counts.put(TYPES.get(i).toString(), types[i]);
            }
        }
        return counts;
    }

    /** The semantic types that some texts have the form of. */
    Map<SemanticType, Long> semanticTypes() {
        Map<SemanticType, Long> counts = new EnumMap<>(SemanticType.class);
        for (int i = 0; i < semanticTypes.length; i++) {
            if (semanticTypes[i] > 0) {
                counts.put(SEMANTIC_TYPES.get(i), semanticTypes[i]);
            }
        }
        return counts;
    }

    /** Alerts about texts that are dates, if they leave open which. */
    List<Alert> alerts() {
        if (dayFirst > 0 && monthFirst > 0) {
            return List.of(new Alert(
                    Alert.Kind.AMBIGUOUS_DATES,
                    ProfileText.count(dayFirst) + " dates have their day first and " + ProfileText.count(monthFirst)
                            + " their month"));
        }
        if (either > 0 && dayFirst == 0 && monthFirst == 0) {
            return List.of(new Alert(
                    Alert.Kind.AMBIGUOUS_DATES,
                    ProfileText.count(either) + " dates can be read with the day first and with the month first, and"
                            + " none in one way only"));
        }
        return List.of();
    }

    void write(ShareWriter out) {
        for (long count : types) {
            out.putLong(count);
        }
        for (long count : semanticTypes) {
            out.putLong(count);
        }
        out.putLong(dayFirst);
        out.putLong(monthFirst);
        out.putLong(either);
    }

    static TextTypes read(ShareReader in, boolean hasSemanticTypes) {
        TextTypes forms = new TextTypes(hasSemanticTypes);
        for (int i = 0; i < forms.types.length; i++) {
            forms.types[i] = in.readLong();
        }
        for (int i = 0; i < forms.semanticTypes.length; i++) {
            forms.semanticTypes[i] = in.readLong();
        }
        forms.dayFirst = in.readLong();
        forms.monthFirst = in.readLong();
        forms.either = in.readLong();
        return forms;
    }
}
