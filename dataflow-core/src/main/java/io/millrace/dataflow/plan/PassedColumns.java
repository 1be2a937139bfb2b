package io.millrace.dataflow.plan;

import io.millrace.dataflow.schema.Schema;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * The columns of an input in their places, but for a few that others stand in for. Only these few are held, the others are
 * made when they are asked for: many steps over many columns take memory and time by what they change. Immutable.
 */
final class PassedColumns extends AbstractList<TypedExpr> implements RandomAccess {
    private static final int[] NONE = new int[0];

    private final Schema input;
    private final int size;
    /** The places that others stand in, from small to large. */
    private final int[] changed;

    private final List<TypedExpr> changes;

    private PassedColumns(Schema input, int size, int[] changed, List<TypedExpr> changes) {
        this.input = input;
        this.size = size;
        this.changed = changed;
        this.changes = changes;
    }

    /** Every column, unchanged. */
    static PassedColumns of(Schema input) {
        return new PassedColumns(input, input.size(), NONE, List.of());
    }

    /** The same columns with {@code column} at {@code place}, or after the last when that is the number of columns. */
    static PassedColumns of(Schema input, int place, TypedExpr column) {
        Objects.checkIndex(place, input.size() + 1);
        return isPassed(column, place)
                ? of(input)
                : new PassedColumns(input, Math.max(input.size(), place + 1), new int[] {place}, List.of(column));
    }

    private static boolean isPassed(TypedExpr column, int place) {
        return column instanceof TypedExpr.Input passed && passed.index() == place;
    }

    @Override
    public TypedExpr get(int index) {
        Objects.checkIndex(index, size);
        int found = Arrays.binarySearch(changed, index);
        return found >= 0 ? changes.get(found) : StepInputs.pass(input, index);
    }

    @Override
    public int size() {
        return size;
    }

    /** The places of the columns of a projection that are not those of its input in the same place, from small to large. */
    static int[] changed(List<TypedExpr> columns) {
        return columns instanceof PassedColumns passed
                ? passed.changed.clone()
                : IntStream.range(0, columns.size())
                        .filter(place -> !isPassed(columns.get(place), place))
                        .toArray();
    }

    /** The columns at {@code places}, in that order. */
    static List<TypedExpr> at(int[] places, List<TypedExpr> columns) {
        List<TypedExpr> found = new ArrayList<>(places.length);
        for (int place : places) {
            found.add(columns.get(place));
        }
        return found;
    }

    /** The columns with what {@code change} makes of those that are changed; the same list when it leaves all as they are. */
    @SuppressWarnings("ReferenceEquality") // what does not change is used as it is
    static List<TypedExpr> mapped(List<TypedExpr> columns, UnaryOperator<TypedExpr> change) {
        int[] places = changed(columns);
        List<TypedExpr> mapped = at(places, columns);
        boolean same = true;
        boolean nonePassed = true;
        for (int i = 0; i < places.length; i++) {
            TypedExpr column = change.apply(mapped.get(i));
            same &= column == mapped.get(i);
            nonePassed &= !isPassed(column, places[i]);
            mapped.set(i, column);
        }
        if (same) {
            return columns;
        }
        if (nonePassed && columns instanceof PassedColumns passed) {
            return new PassedColumns(passed.input, passed.size, passed.changed, List.copyOf(mapped));
        }
        List<TypedExpr> all = new ArrayList<>(columns);
        for (int i = 0; i < places.length; i++) {
            all.set(places[i], mapped.get(i));
        }
        return all;
    }
}
