package io.millrace.dataflow.kernel;

import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.table.ArrowTypes;
import io.millrace.dataflow.table.CellError.Code;
import io.millrace.dataflow.table.CellErrors;
import java.util.BitSet;
import java.util.Objects;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;

/**
 * Conversions of lists to lists and of structs to structs. All elements of a column, and all cells of a field, are
 * converted at once; a list or struct with a part that does not fit is an error as a whole.
 */
final class NestedCasts {
    private NestedCasts() {}

    static Kernel of(DataType from, DataType to) {
        return (arguments, target) -> {
            FieldVector source = arguments.vector(0);
            CellErrors.Builder made = CellErrors.builder();
            int count = source.getValueCount();
            try (Converted converted = convert(from, to, source, count, target.getAllocator())) {
                for (int row = 0; row < arguments.rows(); row++) {
                    int i = arguments.row(0, row);
                    if (converted.misfits().get(i)) {
                        made.add(row, arguments.failure(Code.CAST, arguments.text(0, row), row));
                    } else {
                        NestedCells.copy(converted.vector(), i, target, row);
                    }
                }
            }
            return arguments.errors().or(made.build());
        };
    }

    /** Converted cells, and which of them do not fit. Rows that do not fit hold nothing of use. */
    private record Converted(FieldVector vector, BitSet misfits) implements AutoCloseable {
        @Override
        public void close() {
            vector.close();
        }
    }

    private static Converted convert(
            DataType from, DataType to, FieldVector source, int count, BufferAllocator allocator) {
        FieldVector target = ArrowTypes.vector("", to, allocator);
        BitSet misfits = new BitSet();
        try {
            target.setInitialCapacity(Math.max(1, count));
            target.allocateNew();
            if (from instanceof DataType.ListOf list && to instanceof DataType.ListOf wanted) {
                convertLists(list, wanted, (ListVector) source, (ListVector) target, misfits, count);
            } else if (from instanceof DataType.Struct struct && to instanceof DataType.Struct wanted) {
                convertStructs(struct, wanted, (StructVector) source, (StructVector) target, misfits, count);
            } else if (from.equals(to)) {
                for (int i = 0; i < count; i++) {
                    NestedCells.copy(source, i, target, i);
                }
            } else {
                Casts.Conversion conversion = Objects.requireNonNull(Casts.conversion(from, to));
                for (int i = 0; i < count; i++) {
                    if (!source.isNull(i) && !conversion.convert(source, i, target, i)) {
                        misfits.set(i);
                    }
                }
            }
            target.setValueCount(count);
            return new Converted(target, misfits);
        } catch (RuntimeException | Error failure) {
            target.close();
            throw failure;
        }
    }

    private static void convertLists(
            DataType.ListOf from, DataType.ListOf to, ListVector source, ListVector target, BitSet misfits, int count) {
        FieldVector elements = source.getDataVector();
        try (Converted converted =
                convert(from.element(), to.element(), elements, elements.getValueCount(), target.getAllocator())) {
            for (int row = 0; row < count; row++) {
                if (source.isNull(row)) {
                    continue;
                }
                int first = source.getElementStartIndex(row);
                int end = source.getElementEndIndex(row);
                int misfit = converted.misfits().nextSetBit(first);
                if (misfit >= 0 && misfit < end) {
                    misfits.set(row);
                    continue;
                }
                int start = target.startNewValue(row);
                for (int i = first; i < end; i++) {
                    NestedCells.copy(converted.vector(), i, target.getDataVector(), start + i - first);
                }
                target.endValue(row, end - first);
            }
        }
    }

    private static void convertStructs(
            DataType.Struct from,
            DataType.Struct to,
            StructVector source,
            StructVector target,
            BitSet misfits,
            int count) {
        for (int row = 0; row < count; row++) {
            if (!source.isNull(row)) {
                target.setIndexDefined(row);
            }
        }
        for (int i = 0; i < to.fields().size(); i++) {
            Field part = to.fields().get(i);
            Field own = from.field(part.name()).orElseThrow();
            FieldVector column = source.getChild(own.name(), FieldVector.class);
            FieldVector copy = (FieldVector) target.getChildByOrdinal(i);
            try (Converted converted = convert(own.type(), part.type(), column, count, target.getAllocator())) {
                for (int row = 0; row < count; row++) {
                    if (!source.isNull(row) && converted.misfits().get(row)) {
                        misfits.set(row);
                    } else if (!source.isNull(row)) {
                        NestedCells.copy(converted.vector(), row, copy, row);
                    }
                }
            }
        }
    }
}
