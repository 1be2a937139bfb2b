package io.millrace.dataflow.plan;

import io.millrace.dataflow.schema.DataType;
import java.util.ArrayList;
import java.util.List;

/** The types of arguments that functions take, found by asking their signatures. */
public final class Shapes {
    private static final int LONGEST = 7;

    private Shapes() {}

    /** Lists of some of {@code types} that a function takes: all of up to three, and longer ones that repeat the last. */
    public static List<List<DataType>> of(Function function, List<DataType> types) {
        List<List<DataType>> found = new ArrayList<>();
        for (List<DataType> arguments : candidates(types)) {
            if (function.signature().resolve(new ArrayList<>(arguments)).isPresent()) {
                found.add(arguments);
            }
        }
        return found;
    }

    private static List<List<DataType>> candidates(List<DataType> types) {
        List<List<DataType>> all = new ArrayList<>();
        List<List<DataType>> shorter = List.of(List.of());
        for (int size = 1; size <= 3; size++) {
            List<List<DataType>> longer = new ArrayList<>();
            for (List<DataType> arguments : shorter) {
                types.forEach(type -> longer.add(with(arguments, type)));
            }
            all.addAll(longer);
            shorter = longer;
        }
        for (List<DataType> arguments : shorter) {
            List<DataType> repeated = with(arguments, arguments.get(2));
            all.add(repeated);
            while (arguments.get(1).equals(arguments.get(2)) && repeated.size() < LONGEST) {
                List<DataType> other = repeated;
                types.stream()
                        .filter(type -> !type.equals(arguments.get(2)))
                        .forEach(type -> all.add(with(other, type)));
                repeated = with(repeated, arguments.get(2));
                all.add(repeated);
            }
        }
        return all;
    }

    private static List<DataType> with(List<DataType> arguments, DataType type) {
        List<DataType> longer = new ArrayList<>(arguments);
        longer.add(type);
        return longer;
    }
}
