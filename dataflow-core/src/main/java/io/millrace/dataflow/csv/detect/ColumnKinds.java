package io.millrace.dataflow.csv.detect;

import io.millrace.dataflow.csv.detect.CellKind.Group;
import io.millrace.dataflow.csv.detect.SampleRow.Cell;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the cells of one column look like, from some of its rows. */
final class ColumnKinds {
    private static final double MOST = 0.75;

    private final Map<Group, Integer> groups = new EnumMap<>(Group.class);
    private final Map<String, Integer> values = new HashMap<>();
    private final Map<Integer, Integer> lengths = new HashMap<>();
    private int withDigits;
    private int filled;

    /** A column for every position below {@code width}. */
    static List<ColumnKinds> of(List<SampleRow> rows, int width) {
        List<ColumnKinds> columns = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            columns.add(new ColumnKinds());
        }
        for (SampleRow row : rows) {
            for (int i = 0; i < Math.min(width, row.width()); i++) {
                columns.get(i).add(row.cells().get(i));
            }
        }
        return columns;
    }

    private void add(Cell cell) {
        String text = cell.text().strip();
        Group group = CellKind.of(text).group();
        if (group != Group.EMPTY) {
            filled++;
            groups.merge(group, 1, Integer::sum);
            values.merge(text, 1, Integer::sum);
            lengths.merge(text.length(), 1, Integer::sum);
            withDigits += text.chars().anyMatch(Character::isDigit) ? 1 : 0;
        }
    }

    /** What most of the cells are, where that is neither text nor nothing; else text. */
    Group group() {
        return groups.entrySet().stream()
                .filter(entry -> entry.getValue() >= MOST * filled)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(Group.TEXT);
    }

    /** Names of one letter look like truth values. */
    private static boolean isText(Group group) {
        return group == Group.TEXT || group == Group.BOOL;
    }

    boolean isTyped() {
        return filled > 0 && group() != Group.TEXT;
    }

    /** How often a value is in the column. */
    int count(String value) {
        return values.getOrDefault(value, 0);
    }

    /**
     * Whether a cell above the column is its name rather than a value: 1 if it is another kind of thing than the values, -1
     * if it is the same, parts of 1 where there is little to tell them apart, and 0 where there is nothing.
     */
    double nameVote(Cell cell) {
        String text = cell.text().strip();
        Group group = CellKind.of(text).group();
        if (group == Group.EMPTY || filled == 0) {
            return 0;
        }
        if (isTyped()) {
            return group == group() ? -1 : isText(group) ? 1 : -0.25;
        }
        if (!isText(group)) {
            return -0.25;
        }
        if (count(text) > 0) {
            return -0.75;
        }
        if (filled < 4) {
            return 0;
        }
        boolean digits = text.chars().anyMatch(Character::isDigit);
        if (withDigits == filled && !digits) {
            return 0.5;
        }
        boolean oneLength = lengths.size() == 1;
        return oneLength && !lengths.containsKey(text.length()) ? 0.5 : oneLength ? -0.25 : 0;
    }
}
