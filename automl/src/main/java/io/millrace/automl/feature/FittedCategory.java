package io.millrace.automl.feature;

import io.millrace.automl.codec.BinaryReader;
import io.millrace.automl.codec.BinaryWriter;
import io.millrace.automl.codec.CodecException;
import io.millrace.automl.learner.Matrix.Feature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A text as one of the categories of the training rows, the most frequent first. A text that was rare or never seen
 * then is the one further category, if there were rare ones, and missing otherwise.
 */
final class FittedCategory implements FittedColumn {
    static final int KIND = 3;
    private static final int UNKNOWN = -2;
    private static final int MISSING = -1;
    private static final List<Form> FORMS = List.of(Form.values());

    /** What the category becomes. */
    enum Form {
        /** One categorical feature. */
        CODE,
        /** One number, the category's place in an order. */
        PLACE,
        /** For each category 1 or 0, and the same for a missing value. */
        ONE_HOT
    }

    private final String column;
    private final Form form;
    private final String[] categories;
    /** Whether there is a further category, of number {@code categories.length}, for rare and unseen texts. */
    private final boolean others;
    /** Whether ONE_HOT marks missing values. */
    private final boolean marksMissing;
    /** For PLACE: the place of each category, then of the others. */
    private final double[] places;
    /** For each category, then for the others, the logarithm of its frequency; empty if that is no feature. */
    private final double[] frequencies;

    private final Map<String, Integer> numbers;
    private final List<Feature> features;

    FittedCategory(
            String column,
            Form form,
            String[] categories,
            boolean others,
            boolean marksMissing,
            double[] places,
            double[] frequencies) {
        this.column = column;
        this.form = form;
        this.categories = categories;
        this.others = others;
        this.marksMissing = marksMissing;
        this.places = places;
        this.frequencies = frequencies;
        this.numbers = new HashMap<>(categories.length * 2);
        for (int category = 0; category < categories.length; category++) {
            numbers.put(categories[category], category);
        }
        this.features = List.copyOf(describe());
    }

    private List<Feature> describe() {
        List<Feature> all = new ArrayList<>();
        switch (form) {
            case CODE -> all.add(Feature.categorical(column, Math.max(1, known())));
            case PLACE -> all.add(Feature.numeric(column));
            case ONE_HOT -> {
                for (int category = skipped(); category < categories.length; category++) {
                    all.add(Feature.numeric(column + "=" + categories[category]));
                }
                if (others) {
                    all.add(Feature.numeric(column + ":others"));
                }
                if (marksMissing) {
                    all.add(Feature.numeric(column + ":missing"));
                }
            }
        }
        if (frequencies.length > 0) {
            all.add(Feature.numeric(column + ":frequency"));
        }
        return all;
    }

    /** The number of categories, the others included. */
    private int known() {
        return categories.length + (others ? 1 : 0);
    }

    /** Of two states one says it all: then the first category has no feature of its own. */
    private int skipped() {
        return known() + (marksMissing ? 1 : 0) == 2 ? 1 : 0;
    }

    static FittedCategory readBody(BinaryReader in) {
        String column = in.readString();
        int form = in.readByte();
        if (form >= FORMS.size()) {
            throw new CodecException("Cannot read a feature: form " + form + " of a category is not known");
        }
        String[] categories = new String[in.readCount(1)];
        for (int category = 0; category < categories.length; category++) {
            categories[category] = in.readString();
        }
        FittedCategory read = new FittedCategory(
                column,
                FORMS.get(form),
                categories,
                in.readBoolean(),
                in.readBoolean(),
                in.readDoubles(),
                in.readDoubles());
        if ((read.form == Form.PLACE && read.places.length != read.known())
                || (read.frequencies.length > 0 && read.frequencies.length != read.known())
                || read.numbers.size() != categories.length) {
            throw new CodecException("Cannot read a feature: the categories of a column disagree");
        }
        return read;
    }

    @Override
    public String column() {
        return column;
    }

    @Override
    public List<Feature> features() {
        return features;
    }

    @Override
    public void apply(Frame.Column values, double[][] out, int first) {
        Frame.Texts texts = FittedColumn.as(Frame.Texts.class, values);
        int[] numbered = new int[texts.distinct()];
        Arrays.fill(numbered, UNKNOWN);
        for (int row = 0; row < texts.size(); row++) {
            int category = MISSING;
            int code = texts.code(row);
            if (code >= 0) {
                category = numbered[code] == UNKNOWN ? numberOf(texts.text(code)) : numbered[code];
                numbered[code] = category;
            }
            write(category, out, first, row);
        }
    }

    private int numberOf(String text) {
        Integer number = numbers.get(text);
        return number != null ? number : others ? categories.length : MISSING;
    }

    private void write(int category, double[][] out, int first, int row) {
        switch (form) {
            case CODE -> out[first][row] = category < 0 ? Double.NaN : category;
            case PLACE -> out[first][row] = category < 0 ? Double.NaN : places[category];
            case ONE_HOT -> {
                // The arrays come full of zeros.
                int place = category - skipped();
                if (place >= 0) {
                    out[first + place][row] = 1;
                } else if (category < 0 && marksMissing) {
                    out[first + known() - skipped()][row] = 1;
                }
            }
        }
        if (frequencies.length > 0) {
            out[first + features.size() - 1][row] = category < 0 ? Double.NaN : frequencies[category];
        }
    }

    @Override
    public void write(BinaryWriter out) {
        out.writeByte(KIND).writeString(column).writeByte(FORMS.indexOf(form)).writeVarint(categories.length);
        for (String category : categories) {
            out.writeString(category);
        }
        out.writeBoolean(others).writeBoolean(marksMissing).writeDoubles(places).writeDoubles(frequencies);
    }
}
