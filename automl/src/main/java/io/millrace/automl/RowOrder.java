package io.millrace.automl;

import io.millrace.automl.feature.Frame;
import io.millrace.dataflow.plan.Node;
import io.millrace.dataflow.plan.RowStep;
import io.millrace.dataflow.plan.TableStep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Gives rows the same order on every engine. */
final class RowOrder {
    private RowOrder() {}

    /** Whether the order of the rows is the engine's: a step on the way brings rows together by their values. */
    static boolean isShuffled(Node node) {
        return node.ordered().stream()
                .map(Node::step)
                .anyMatch(step -> step instanceof TableStep.Join
                        || step instanceof TableStep.GroupBy
                        || step instanceof TableStep.Pivot
                        || step instanceof RowStep.Distinct);
    }

    /** The rows ordered by all columns, missing values first. Rows that are equal in all columns are alike. */
    static Frame sorted(Frame frame) {
        int[] order = IntStream.range(0, frame.rows())
                .boxed()
                .sorted((a, b) -> {
                    for (Frame.Column column : frame.columns()) {
                        int sign = compare(column, a, b);
                        if (sign != 0) {
                            return sign;
                        }
                    }
                    return 0;
                })
                .mapToInt(Integer::intValue)
                .toArray();
        Frame sorted = frame.select(order);
        return Frame.of(
                sorted.rows(),
                sorted.columns().stream().map(RowOrder::renumbered).toList());
    }

    private static int compare(Frame.Column column, int a, int b) {
        boolean missing = column.isMissing(a);
        if (missing || column.isMissing(b)) {
            return Boolean.compare(column.isMissing(b), missing);
        }
        if (column instanceof Frame.Texts texts) {
            return texts.code(a) == texts.code(b)
                    ? 0
                    : texts.text(texts.code(a)).compareTo(texts.text(texts.code(b)));
        }
        if (column instanceof Frame.Times times) {
            return Long.compare(times.micros(a), times.micros(b));
        }
        Frame.Numbers numbers = (Frame.Numbers) column;
        return Double.compare(numbers.value(a), numbers.value(b));
    }

    /** The same column with the texts of its dictionary in order of first appearance, whatever their order was. */
    private static Frame.Column renumbered(Frame.Column column) {
        if (!(column instanceof Frame.Texts texts)) {
            return column;
        }
        Map<Integer, Integer> numbers = new HashMap<>();
        List<String> dictionary = new ArrayList<>();
        int[] codes = new int[texts.size()];
        for (int row = 0; row < codes.length; row++) {
            int code = texts.code(row);
            if (code < 0) {
                codes[row] = -1;
                continue;
            }
            codes[row] = numbers.computeIfAbsent(code, known -> {
                dictionary.add(texts.text(known));
                return dictionary.size() - 1;
            });
        }
        return new Frame.Texts(texts.name(), dictionary.toArray(new String[0]), codes);
    }
}
