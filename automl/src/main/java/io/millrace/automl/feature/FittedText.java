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
import org.jspecify.annotations.Nullable;

/**
 * A text by its form (how long it is, how many words, digits, capitals and symbols it has) and by the words of a
 * vocabulary: how often each occurs, for trees; for linear models weighted by rarity and brought to one length.
 */
final class FittedText implements FittedColumn {
    static final int KIND = 5;
    private static final List<TextForm> FORMS = List.of(TextForm.values());
    /** The length of a text's weighted words: somewhat more than one standardised number. */
    private static final double WEIGHTED_LENGTH = 3;

    private final String column;
    private final List<FittedColumn> form;
    private final String[] vocabulary;
    /** For linear models the weight of each word of the vocabulary, otherwise empty. */
    private final double[] weights;

    private final Map<String, Integer> positions;
    private final List<Feature> features;

    FittedText(String column, List<FittedColumn> form, String[] vocabulary, double[] weights) {
        this.column = column;
        this.form = List.copyOf(form);
        this.vocabulary = vocabulary;
        this.weights = weights;
        this.positions = new HashMap<>(vocabulary.length * 2);
        List<Feature> all = new ArrayList<>();
        for (FittedColumn each : form) {
            all.addAll(each.features());
        }
        for (int word = 0; word < vocabulary.length; word++) {
            positions.put(vocabulary[word], word);
            all.add(Feature.numeric(column + "~" + vocabulary[word]));
        }
        this.features = List.copyOf(all);
    }

    static FittedText readBody(BinaryReader in) {
        String column = in.readString();
        List<FittedColumn> form = new ArrayList<>();
        for (int i = 0; i < FORMS.size(); i++) {
            int kind = in.readByte();
            form.add(
                    switch (kind) {
                        case FittedNumber.KIND -> FittedNumber.readBody(in);
                        case FittedSpline.KIND -> FittedSpline.readBody(in);
                        default -> throw new CodecException("Cannot read a feature of kind " + kind + " in a text");
                    });
        }
        String[] vocabulary = new String[in.readCount(1)];
        for (int word = 0; word < vocabulary.length; word++) {
            vocabulary[word] = in.readString();
        }
        double[] weights = in.readDoubles();
        FittedText read = new FittedText(column, form, vocabulary, weights);
        if ((weights.length > 0 && weights.length != vocabulary.length) || read.positions.size() != vocabulary.length) {
            throw new CodecException("Cannot read a feature: the words of a text disagree");
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
        int at = first;
        for (int i = 0; i < form.size(); i++) {
            FittedColumn fitted = form.get(i);
            fitted.apply(FORMS.get(i).of(texts), out, at);
            at += fitted.features().size();
        }
        @Nullable Words[] known = new Words[texts.distinct()];
        for (int row = 0; row < texts.size(); row++) {
            int code = texts.code(row);
            if (code < 0) {
                markMissing(out, at, row);
                continue;
            }
            Words words = known[code];
            if (words == null) {
                words = words(texts.text(code));
                known[code] = words;
            }
            words.write(out, at, row);
        }
    }

    /** Trees see that the words are not known; for a linear model there are none. */
    private void markMissing(double[][] out, int at, int row) {
        if (weights.length == 0) {
            for (int word = 0; word < vocabulary.length; word++) {
                out[at + word][row] = Double.NaN;
            }
        }
    }

    /** The words of the vocabulary that a text has, in the order in which they first occur, and their values. */
    private Words words(String text) {
        Words words = new Words();
        Tokens.each(text, token -> {
            Integer word = positions.get(token);
            if (word != null) {
                words.count(word);
            }
        });
        if (weights.length > 0) {
            words.weigh(weights);
        }
        return words;
    }

    @Override
    public void write(BinaryWriter out) {
        out.writeByte(KIND).writeString(column);
        form.forEach(each -> each.write(out));
        out.writeVarint(vocabulary.length);
        for (String word : vocabulary) {
            out.writeString(word);
        }
        out.writeDoubles(weights);
    }

    /** Words of the vocabulary and a value for each. */
    private static final class Words {
        private final Map<Integer, Integer> places = new HashMap<>();
        private int[] words = new int[8];
        private double[] values = new double[8];

        private void count(int word) {
            int place = places.computeIfAbsent(word, key -> places.size());
            if (place == words.length) {
                words = Arrays.copyOf(words, place * 2);
                values = Arrays.copyOf(values, place * 2);
            }
            words[place] = word;
            values[place]++;
        }

        private void weigh(double[] weights) {
            double squares = 0;
            for (int place = 0; place < places.size(); place++) {
                values[place] = (1 + Math.log(values[place])) * weights[words[place]];
                squares += values[place] * values[place];
            }
            double factor = squares > 0 ? WEIGHTED_LENGTH / Math.sqrt(squares) : 0;
            for (int place = 0; place < places.size(); place++) {
                values[place] *= factor;
            }
        }

        private void write(double[][] out, int at, int row) {
            for (int place = 0; place < places.size(); place++) {
                out[at + words[place]][row] = values[place];
            }
        }
    }
}
