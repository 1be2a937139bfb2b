package io.millrace.automl.feature;

import static java.util.Objects.requireNonNull;

import io.millrace.automl.codec.BinaryReader;
import io.millrace.automl.codec.BinaryWriter;
import io.millrace.automl.codec.CodecException;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rows held column by column in arrays, as features read them. Immutable: the arrays are neither copied nor changed, so
 * whoever makes a frame must not change them afterwards.
 */
public final class Frame {
    private static final int VERSION = 1;
    private static final int NUMBERS = 0;
    private static final int TEXTS = 1;
    private static final int TIMES = 2;

    private final int rows;
    private final List<Column> columns;
    private final Map<String, Column> byName;

    private Frame(int rows, List<Column> columns) {
        this.rows = rows;
        this.columns = List.copyOf(columns);
        this.byName = new HashMap<>(columns.size() * 2);
        for (Column column : columns) {
            if (column.size() != rows) {
                throw new IllegalArgumentException("column '" + column.name() + "' has " + column.size()
                        + " values in a frame of " + rows + " rows");
            }
            if (byName.put(column.name(), column) != null) {
                throw new IllegalArgumentException("two columns are named '" + column.name() + "'");
            }
        }
    }

    /** The values of one column. A null and an error are both missing here. */
    public sealed interface Column {
        /** The name, unique in the frame. */
        String name();

        /** The number of rows. */
        int size();

        /** Whether the value of a row is missing. */
        boolean isMissing(int row);

        /** The values of these rows, in that order; a row may appear more than once. */
        Column select(int[] rows);
    }

    /** Values of bool (1 for true, 0 for false), int64, float64 and decimal columns. */
    public static final class Numbers implements Column {
        private final String name;
        private final double[] values;

        /** A column over {@code values}; NaN is missing. */
        public Numbers(String name, double[] values) {
            this.name = requireNonNull(name, "name");
            this.values = requireNonNull(values, "values");
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int size() {
            return values.length;
        }

        /** The value of a row, NaN if it is missing. */
        public double value(int row) {
            return values[row];
        }

        @Override
        public boolean isMissing(int row) {
            return Double.isNaN(values[row]);
        }

        @Override
        public Numbers select(int[] rows) {
            double[] picked = new double[rows.length];
            for (int i = 0; i < rows.length; i++) {
                picked[i] = values[rows[i]];
            }
            return new Numbers(name, picked);
        }
    }

    /** Values of text columns: a dictionary, and for each row a position in it. The dictionary may hold unused texts. */
    public static final class Texts implements Column {
        private final String name;
        private final String[] dictionary;
        private final int[] codes;

        /** A column over {@code dictionary[codes[row]]}; the code -1 is missing. */
        public Texts(String name, String[] dictionary, int[] codes) {
            this.name = requireNonNull(name, "name");
            this.dictionary = requireNonNull(dictionary, "dictionary");
            this.codes = requireNonNull(codes, "codes");
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int size() {
            return codes.length;
        }

        /** The number of texts in the dictionary. */
        public int distinct() {
            return dictionary.length;
        }

        /** The text at a position of the dictionary. */
        public String text(int code) {
            return dictionary[code];
        }

        /** The position of a row's text in the dictionary, -1 if it is missing. */
        public int code(int row) {
            return codes[row];
        }

        @Override
        public boolean isMissing(int row) {
            return codes[row] < 0;
        }

        @Override
        public Texts select(int[] rows) {
            int[] picked = new int[rows.length];
            for (int i = 0; i < rows.length; i++) {
                picked[i] = codes[rows[i]];
            }
            return new Texts(name, dictionary, picked);
        }
    }

    /** Values of date and timestamp columns. */
    public static final class Times implements Column {
        /** The value of a row whose time is missing. */
        public static final long MISSING = Long.MIN_VALUE;

        private final String name;
        private final long[] micros;

        /** A column over microseconds since 1970-01-01T00:00Z; {@link #MISSING} is missing. */
        public Times(String name, long[] micros) {
            this.name = requireNonNull(name, "name");
            this.micros = requireNonNull(micros, "micros");
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int size() {
            return micros.length;
        }

        /** The microseconds since 1970-01-01T00:00Z of a row, {@link #MISSING} if they are missing. */
        public long micros(int row) {
            return micros[row];
        }

        @Override
        public boolean isMissing(int row) {
            return micros[row] == MISSING;
        }

        @Override
        public Times select(int[] rows) {
            long[] picked = new long[rows.length];
            for (int i = 0; i < rows.length; i++) {
                picked[i] = micros[rows[i]];
            }
            return new Times(name, picked);
        }
    }

    /**
     * A frame of these columns.
     *
     * @throws IllegalArgumentException if a column has another number of rows, or two have one name
     */
    public static Frame of(int rows, List<? extends Column> columns) {
        return new Frame(rows, List.copyOf(columns));
    }

    /**
     * The rows of {@code batches}, one after the other. Columns of a type that {@link #holds} denies are left out. The
     * batches stay the caller's.
     */
    public static Frame of(Schema schema, List<Batch> batches) {
        return FrameBuilder.build(schema, batches);
    }

    /** Whether columns of this type can be in a frame: all but binary, list and struct. */
    public static boolean holds(DataType type) {
        return FrameBuilder.holds(type);
    }

    /** The number of rows. */
    public int rows() {
        return rows;
    }

    /** The columns, in order. */
    public List<Column> columns() {
        return columns;
    }

    /** The names of the columns, in order. */
    public List<String> names() {
        return columns.stream().map(Column::name).toList();
    }

    /** Whether there is a column of this name. */
    public boolean has(String name) {
        return byName.containsKey(name);
    }

    /**
     * The column of this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Column column(String name) {
        Column column = byName.get(name);
        if (column == null) {
            throw new IllegalArgumentException("the frame has no column '" + name + "', only " + byName.keySet());
        }
        return column;
    }

    /** These rows, in that order; a row may appear more than once. */
    public Frame select(int[] selected) {
        List<Column> picked = new ArrayList<>(columns.size());
        for (Column column : columns) {
            picked.add(column.select(selected));
        }
        return new Frame(selected.length, picked);
    }

    /** The frame without the columns of these names. */
    public Frame drop(Set<String> names) {
        return new Frame(
                rows,
                columns.stream()
                        .filter(column -> !names.contains(column.name()))
                        .toList());
    }

    /** Writes the frame; equal frames have equal bytes. */
    public void write(BinaryWriter out) {
        out.writeByte(VERSION).writeVarint(rows).writeVarint(columns.size());
        for (Column column : columns) {
            if (column instanceof Numbers numbers) {
                out.writeByte(NUMBERS).writeString(column.name()).writeDoubles(numbers.values);
            } else if (column instanceof Times times) {
                out.writeByte(TIMES).writeString(column.name()).writeLongs(times.micros);
            } else if (column instanceof Texts texts) {
                out.writeByte(TEXTS).writeString(column.name()).writeVarint(texts.dictionary.length);
                for (String text : texts.dictionary) {
                    out.writeString(text);
                }
                out.writeInts(texts.codes);
            }
        }
    }

    /**
     * Reads a frame written by {@link #write}.
     *
     * @throws CodecException if the bytes are truncated or damaged, or written by a newer version
     */
    public static Frame read(BinaryReader in) {
        int version = in.readByte();
        if (version != VERSION) {
            throw new CodecException("Cannot read a frame of version " + version);
        }
        long rows = in.readVarint();
        int count = in.readCount(1);
        List<Column> columns = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int kind = in.readByte();
            String name = in.readString();
            Column column =
                    switch (kind) {
                        case NUMBERS -> new Numbers(name, in.readDoubles());
                        case TIMES -> new Times(name, in.readLongs());
                        case TEXTS -> readTexts(name, in);
                        default -> throw new CodecException("Cannot read a column of kind " + kind);
                    };
            if (column.size() != rows) {
                throw new CodecException("Cannot read a frame: a column has " + column.size() + " rows of " + rows);
            }
            columns.add(column);
        }
        if (columns.stream().map(Column::name).distinct().count() != count) {
            throw new CodecException("Cannot read a frame: two columns have one name");
        }
        if (rows < 0 || rows > Integer.MAX_VALUE) {
            throw new CodecException("Cannot read a frame of " + Long.toUnsignedString(rows) + " rows");
        }
        return new Frame((int) rows, columns);
    }

    private static Texts readTexts(String name, BinaryReader in) {
        String[] dictionary = new String[in.readCount(1)];
        for (int code = 0; code < dictionary.length; code++) {
            dictionary[code] = in.readString();
        }
        int[] codes = in.readInts();
        for (int code : codes) {
            if (code < -1 || code >= dictionary.length) {
                throw new CodecException("Cannot read a column: text " + code + " of " + dictionary.length);
            }
        }
        return new Texts(name, dictionary, codes);
    }
}
