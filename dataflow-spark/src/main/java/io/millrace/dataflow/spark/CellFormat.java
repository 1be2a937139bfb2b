package io.millrace.dataflow.spark;

import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema.Field;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;

/** How the values of a type, none of them null, are written into the bytes of a row and read back. */
interface CellFormat {
    void write(FieldVector source, int row, RowBuffer out);

    /** Reads into a vector, which grows where needed; rows come in ascending order, nulls are left out. */
    void read(RowBuffer.Reader in, FieldVector target, int row);

    /** The format of a type. */
    static CellFormat of(DataType type) {
        return type.accept(CellFormats.INSTANCE);
    }
}

/** The formats by type. */
final class CellFormats implements DataType.Visitor<CellFormat> {
    static final CellFormats INSTANCE = new CellFormats();

    @Override
    public CellFormat visit(DataType.Bool type) {
        return new CellFormat() {
            @Override
            public void write(FieldVector source, int row, RowBuffer out) {
                out.putByte(((BitVector) source).get(row));
            }

            @Override
            public void read(RowBuffer.Reader in, FieldVector target, int row) {
                ((BitVector) target).setSafe(row, in.readByte());
            }
        };
    }

    @Override
    public CellFormat visit(DataType.Int64 type) {
        return new CellFormat() {
            @Override
            public void write(FieldVector source, int row, RowBuffer out) {
                out.putLong(((BigIntVector) source).get(row));
            }

            @Override
            public void read(RowBuffer.Reader in, FieldVector target, int row) {
                ((BigIntVector) target).setSafe(row, in.readLong());
            }
        };
    }

    @Override
    public CellFormat visit(DataType.Float64 type) {
        return new CellFormat() {
            @Override
            public void write(FieldVector source, int row, RowBuffer out) {
                out.putLong(Double.doubleToRawLongBits(((Float8Vector) source).get(row)));
            }

            @Override
            public void read(RowBuffer.Reader in, FieldVector target, int row) {
                ((Float8Vector) target).setSafe(row, Double.longBitsToDouble(in.readLong()));
            }
        };
    }

    @Override
    public CellFormat visit(DataType.Decimal type) {
        return new CellFormat() {
            @Override
            public void write(FieldVector source, int row, RowBuffer out) {
                out.putBytes(source.getDataBuffer(), (long) row * DecimalVector.TYPE_WIDTH, DecimalVector.TYPE_WIDTH);
            }

            @Override
            public void read(RowBuffer.Reader in, FieldVector target, int row) {
                DecimalVector decimals = (DecimalVector) target;
                decimals.setSafe(row, 0L);
                decimals.getDataBuffer()
                        .setBytes((long) row * DecimalVector.TYPE_WIDTH, in.bytes(), in.at(), DecimalVector.TYPE_WIDTH);
                in.skip(DecimalVector.TYPE_WIDTH);
            }
        };
    }

    @Override
    public CellFormat visit(DataType.Text type) {
        return new Bytes();
    }

    @Override
    public CellFormat visit(DataType.Date type) {
        return new CellFormat() {
            @Override
            public void write(FieldVector source, int row, RowBuffer out) {
                out.putInt(((DateDayVector) source).get(row));
            }

            @Override
            public void read(RowBuffer.Reader in, FieldVector target, int row) {
                ((DateDayVector) target).setSafe(row, in.readInt());
            }
        };
    }

    @Override
    public CellFormat visit(DataType.Timestamp type) {
        return new CellFormat() {
            @Override
            public void write(FieldVector source, int row, RowBuffer out) {
                out.putLong(((TimeStampMicroTZVector) source).get(row));
            }

            @Override
            public void read(RowBuffer.Reader in, FieldVector target, int row) {
                ((TimeStampMicroTZVector) target).setSafe(row, in.readLong());
            }
        };
    }

    @Override
    public CellFormat visit(DataType.Binary type) {
        return new Bytes();
    }

    @Override
    public CellFormat visit(DataType.ListOf type) {
        CellFormat elements = CellFormat.of(type.element());
        return new CellFormat() {
            @Override
            public void write(FieldVector source, int row, RowBuffer out) {
                ListVector list = (ListVector) source;
                int start = list.getElementStartIndex(row);
                int end = list.getElementEndIndex(row);
                out.putVarint(end - start);
                for (int i = start; i < end; i++) {
                    writeNullable(elements, list.getDataVector(), i, out);
                }
            }

            @Override
            public void read(RowBuffer.Reader in, FieldVector target, int row) {
                ListVector list = (ListVector) target;
                int count = (int) in.readVarint();
                int start = list.startNewValue(row);
                for (int i = 0; i < count; i++) {
                    readNullable(elements, in, list.getDataVector(), start + i);
                }
                list.endValue(row, count);
            }
        };
    }

    @Override
    public CellFormat visit(DataType.Struct type) {
        List<CellFormat> parts = new ArrayList<>();
        for (Field part : type.fields()) {
            parts.add(CellFormat.of(part.type()));
        }
        return new CellFormat() {
            @Override
            public void write(FieldVector source, int row, RowBuffer out) {
                for (int i = 0; i < parts.size(); i++) {
                    writeNullable(parts.get(i), (FieldVector) ((StructVector) source).getChildByOrdinal(i), row, out);
                }
            }

            @Override
            public void read(RowBuffer.Reader in, FieldVector target, int row) {
                StructVector struct = (StructVector) target;
                struct.setIndexDefined(row);
                for (int i = 0; i < parts.size(); i++) {
                    readNullable(parts.get(i), in, (FieldVector) struct.getChildByOrdinal(i), row);
                }
            }
        };
    }

    private static void writeNullable(CellFormat format, FieldVector source, int row, RowBuffer out) {
        if (source.isNull(row)) {
            out.putByte(0);
        } else {
            out.putByte(1);
            format.write(source, row, out);
        }
    }

    private static void readNullable(CellFormat format, RowBuffer.Reader in, FieldVector target, int row) {
        if (in.readByte() != 0) {
            format.read(in, target, row);
        }
    }

    /** Text and binary: the length, then the bytes. */
    private static final class Bytes implements CellFormat {
        @Override
        public void write(FieldVector source, int row, RowBuffer out) {
            BaseVariableWidthVector values = (BaseVariableWidthVector) source;
            int length = values.getValueLength(row);
            out.putVarint(length);
            out.putBytes(values.getDataBuffer(), values.getStartOffset(row), length);
        }

        @Override
        public void read(RowBuffer.Reader in, FieldVector target, int row) {
            int length = (int) in.readVarint();
            ((BaseVariableWidthVector) target).setSafe(row, in.bytes(), in.at(), length);
            in.skip(length);
        }
    }
}
