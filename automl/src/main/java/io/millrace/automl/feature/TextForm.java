package io.millrace.automl.feature;

import java.util.Arrays;

/** A number that says something about the form of a text, whatever its words. The order is that of the features. */
enum TextForm {
    /** UTF-16 units. */
    LENGTH("length") {
        @Override
        double of(String text) {
            return text.length();
        }
    },
    WORDS("words") {
        @Override
        double of(String text) {
            int words = 0;
            boolean inside = false;
            for (int i = 0; i < text.length(); i++) {
                boolean space = Character.isWhitespace(text.charAt(i));
                words += !space && !inside ? 1 : 0;
                inside = !space;
            }
            return words;
        }
    },
    DIGITS("digits") {
        @Override
        double of(String text) {
            return text.chars().filter(Character::isDigit).count();
        }
    },
    CAPITALS("capitals") {
        @Override
        double of(String text) {
            return text.chars().filter(Character::isUpperCase).count();
        }
    },
    /** Everything that is no letter, digit or white space. */
    SYMBOLS("symbols") {
        @Override
        double of(String text) {
            return text.chars()
                    .filter(unit -> !Character.isLetterOrDigit(unit) && !Character.isWhitespace(unit))
                    .count();
        }
    };

    private final String formName;

    TextForm(String formName) {
        this.formName = formName;
    }

    abstract double of(String text);

    /** The number for each row, under the name of its feature; NaN for a missing text. */
    Frame.Numbers of(Frame.Texts texts) {
        double[] ofText = new double[texts.distinct()];
        Arrays.fill(ofText, Double.NaN);
        double[] values = new double[texts.size()];
        for (int row = 0; row < values.length; row++) {
            int code = texts.code(row);
            if (code < 0) {
                values[row] = Double.NaN;
                continue;
            }
            if (Double.isNaN(ofText[code])) {
                ofText[code] = of(texts.text(code));
            }
            values[row] = ofText[code];
        }
        return new Frame.Numbers(texts.name() + ":" + formName, values);
    }
}
