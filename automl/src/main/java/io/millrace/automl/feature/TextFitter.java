package io.millrace.automl.feature;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Learns the vocabulary of a text column. */
final class TextFitter {
    /** A word in more rows than this share says nothing. */
    private static final double MOST_ROWS = 0.98;

    private static final int FEWEST_ROWS = 2;
    /** One more row is asked of a word for this many training rows, up to {@link #ENOUGH_ROWS}. */
    private static final int ROWS_A_ROW = 500;

    private static final int ENOUGH_ROWS = 5;

    private final Frame.Texts training;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> words = new ArrayList<>();
    /** For each row its distinct words, in the order in which they occur; null rows are empty. */
    private final int[][] wordsOfRow;

    private final int[] rowsOfWord;

    private TextFitter(Frame.Texts training) {
        this.training = training;
        this.wordsOfRow = new int[training.size()][];
        int[][] wordsOfText = new int[training.distinct()][];
        for (int row = 0; row < wordsOfRow.length; row++) {
            int code = training.code(row);
            if (code < 0) {
                wordsOfRow[row] = new int[0];
                continue;
            }
            if (wordsOfText[code] == null) {
                wordsOfText[code] = distinctWords(training.text(code));
            }
            wordsOfRow[row] = wordsOfText[code];
        }
        this.rowsOfWord = new int[words.size()];
        for (int[] row : wordsOfRow) {
            for (int word : row) {
                rowsOfWord[word]++;
            }
        }
    }

    private int[] distinctWords(String text) {
        List<Integer> found = new ArrayList<>();
        Tokens.each(text, token -> {
            Integer number = numbers.get(token);
            if (number == null) {
                number = words.size();
                numbers.put(token, number);
                words.add(token);
            }
            found.add(number);
        });
        return found.stream().mapToInt(Integer::intValue).distinct().toArray();
    }

    /** The words in which rows of different targets differ most. {@code groups} are the classes, or ranges of values. */
    static FittedText forTrees(Frame.Texts training, int[] groups, int groupCount, int most) {
        TextFitter fitter = new TextFitter(training);
        double[] scores = fitter.chiSquares(groups, groupCount);
        return new FittedText(training.name(), fitter.form(0), fitter.best(scores, most), new double[0]);
    }

    /** The words in most rows, weighted by their rarity. */
    static FittedText forLinearModels(Frame.Texts training, int most, int segments) {
        TextFitter fitter = new TextFitter(training);
        double[] scores = Arrays.stream(fitter.rowsOfWord).asDoubleStream().toArray();
        String[] vocabulary = fitter.best(scores, most);
        double[] weights = new double[vocabulary.length];
        for (int i = 0; i < weights.length; i++) {
            int rows = fitter.rowsOfWord[fitter.number(vocabulary[i])];
            weights[i] = 1 + Math.log((1.0 + training.size()) / (1.0 + rows));
        }
        return new FittedText(training.name(), fitter.form(segments), vocabulary, weights);
    }

    private int number(String word) {
        Integer number = numbers.get(word);
        if (number == null) {
            throw new IllegalArgumentException("no such word");
        }
        return number;
    }

    /** What is learnt about the form: numbers as they are if {@code segments} is 0. */
    private List<FittedColumn> form(int segments) {
        List<FittedColumn> form = new ArrayList<>();
        for (TextForm each : TextForm.values()) {
            Frame.Numbers values = each.of(training);
            form.add(segments == 0 ? new FittedNumber(values.name()) : FittedSpline.fit(values, segments));
        }
        return form;
    }

    /** The words of the highest scores, neither too rare nor everywhere; of equal scores the first in the alphabet. */
    private String[] best(double[] scores, int most) {
        int rows = training.size();
        int fewest = Math.min(ENOUGH_ROWS, FEWEST_ROWS + rows / ROWS_A_ROW);
        List<Integer> candidates = new ArrayList<>();
        for (int word = 0; word < rowsOfWord.length; word++) {
            if (rowsOfWord[word] >= fewest && rowsOfWord[word] <= MOST_ROWS * rows) {
                candidates.add(word);
            }
        }
        candidates.sort(
                Comparator.comparingDouble((Integer word) -> -scores[word]).thenComparing(words::get));
        return candidates.stream().limit(most).map(words::get).toArray(String[]::new);
    }

    /** For each word how far the groups of the rows that have it are from the groups of all rows. */
    private double[] chiSquares(int[] groups, int groupCount) {
        double[] share = new double[groupCount];
        for (int group : groups) {
            share[group] += 1.0 / groups.length;
        }
        double[] observed = new double[rowsOfWord.length * groupCount];
        for (int row = 0; row < groups.length; row++) {
            for (int word : wordsOfRow[row]) {
                observed[word * groupCount + groups[row]]++;
            }
        }
        double[] scores = new double[rowsOfWord.length];
        for (int word = 0; word < scores.length; word++) {
            double without = groups.length - rowsOfWord[word];
            for (int group = 0; group < groupCount; group++) {
                double expected = rowsOfWord[word] * share[group];
                double difference = observed[word * groupCount + group] - expected;
                if (expected > 0 && without > 0) {
                    scores[word] += difference * difference / expected * groups.length / without;
                }
            }
        }
        return scores;
    }
}
