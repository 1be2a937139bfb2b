package io.millrace.dataflow.csv.detect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The dialect of a text: the candidate that splits it best. The best few are tried on the other blocks as well, so that
 * what holds at the beginning alone does not win.
 */
final class DialectChoice {
    /** So many are tried on the other blocks. */
    private static final int FINALISTS = 5;

    /** How much the beginning counts where there are other blocks. */
    private static final double WEIGHT_OF_HEAD = 0.5;

    private static final String USUAL = ",;\t|";

    /** What another detection counts: it decides where two dialects are about as good. */
    private static final double WEIGHT_OF_VOTE = 1.06;

    private final List<DialectScore> ranked;
    private final SampleText text;

    private DialectChoice(SampleText text, List<DialectScore> ranked) {
        this.text = text;
        this.ranked = ranked;
    }

    static DialectChoice of(SampleText text) {
        List<DialectScore> scores = new ArrayList<>();
        String vote = UnivocityVote.of(text.head());
        for (Dialect dialect : Candidates.of(text.head())) {
            DialectScore score = text.score(dialect);
            boolean voted = !vote.isEmpty() && dialect.delimiter().startsWith(vote);
            scores.add(voted ? score.withValue(WEIGHT_OF_VOTE * score.value()) : score);
        }
        Comparator<DialectScore> order =
                Comparator.comparingDouble(DialectScore::value).reversed();
        scores.sort(order);
        if (!text.others().isEmpty()) {
            List<DialectScore> finalists = scores.subList(0, Math.min(FINALISTS, scores.size()));
            finalists.replaceAll(score -> verified(score, text));
            finalists.sort(order);
        }
        return new DialectChoice(text, withRightQuote(withDividedHeader(scores)));
    }

    private static DialectScore verified(DialectScore score, SampleText text) {
        double others = 0;
        for (int i = 0; i < text.others().size(); i++) {
            others += text.score(score.dialect(), i).value();
        }
        return score.withValue(WEIGHT_OF_HEAD * score.value()
                + (1 - WEIGHT_OF_HEAD) * others / text.others().size());
    }

    /**
     * What divides all records but the first stands in lists within cells, if a usual delimiter divides the first and all
     * others alike.
     */
    private static List<DialectScore> withDividedHeader(List<DialectScore> scores) {
        DialectScore best = scores.get(0);
        if (best.firstWidth() > 1 || best.width() == 1 || best.records() < 3) {
            return scores;
        }
        for (DialectScore score : scores) {
            String delimiter = score.dialect().delimiter();
            if (score.dividesAll() && delimiter.length() == 1 && USUAL.contains(delimiter)) {
                return withFirst(score, scores);
            }
        }
        return scores;
    }

    private static List<DialectScore> withFirst(DialectScore first, List<DialectScore> scores) {
        List<DialectScore> changed = new ArrayList<>(scores);
        changed.remove(first);
        changed.add(0, first);
        return changed;
    }

    /**
     * A quote that stands at the start of some cells and around none is no quote; and one around a few cells that would be
     * divided without it is one, even if few records are no statistics.
     */
    private static List<DialectScore> withRightQuote(List<DialectScore> scores) {
        DialectScore best = scores.get(0);
        if (best.quotedCells() > 0) {
            return scores;
        }
        for (DialectScore score : scores) {
            Dialect dialect = score.dialect();
            boolean none = dialect.quote() == Dialect.NONE && best.strayQuotes() > 0;
            boolean needed = score.quotedCells() > 0
                    && score.strayQuotes() == 0
                    && score.width() == best.width()
                    && score.ofWidth() > best.ofWidth();
            if (dialect.delimiter().equals(best.dialect().delimiter()) && (none || needed)) {
                return withFirst(score, scores);
            }
        }
        return scores;
    }

    /** The dialect that splits the text best. */
    DialectScore best() {
        return ranked.get(0);
    }

    Finding delimiter() {
        DialectScore best = best();
        Optional<DialectScore> other = ranked.stream()
                .filter(score ->
                        !score.dialect().delimiter().equals(best.dialect().delimiter()))
                .findFirst();
        if (best.records() == 0) {
            return Finding.of("','", 0.1, "there is no record");
        }
        // The same delimiter with a space behind it is nearly the same answer.
        double rival = ranked.stream()
                .filter(score -> !score.dialect().isKinOf(best.dialect()))
                .mapToDouble(DialectScore::value)
                .findFirst()
                .orElse(0);
        double margin = 1 - rival / Math.max(best.value(), 1e-9);
        double confidence = (0.4 + 0.6 * Math.min(1, Math.max(0, margin) / 0.4)) * (0.5 + 0.5 * best.uniformity());
        Finding finding = Finding.of(
                Dialect.shown(best.dialect().delimiter()),
                best.records() <= 2 ? 0.8 * confidence : 0.99 * confidence,
                best.dialect().isOfOneColumn() ? "no character divides the lines alike" : evidence(best));
        return other.map(score -> finding.orElse(Dialect.shown(score.dialect().delimiter())))
                .orElse(finding);
    }

    private static String evidence(DialectScore best) {
        return Wording.number(best.ofWidth()) + " of " + Wording.number(best.records())
                + (best.records() == 1 ? " record has " : " records have ")
                + Wording.number(best.width()) + " cells, and these look like values to "
                + Wording.percent(best.kinds());
    }

    Finding quote() {
        DialectScore best = best();
        char quote = best.dialect().quote();
        if (quote == Dialect.NONE) {
            return Finding.of("none", 0.7, "quotes stand in cells, and around none")
                    .orElse("'\"'");
        }
        if (best.quotedCells() == 0) {
            return Finding.of(Dialect.shown(quote), 0.8, "no cell of the sample is in quotes")
                    .orElse("none");
        }
        String other = quote == '"' ? "'" : "\"";
        String stray = best.strayQuotes() == 0
                ? ""
                : ", and " + Wording.number(best.strayQuotes())
                        + (best.strayQuotes() == 1 ? " record has stray ones" : " records have stray ones");
        double share = 1 - (double) best.strayQuotes() / Math.max(1, best.records());
        return Finding.of(
                        Dialect.shown(quote),
                        0.99 * share,
                        Wording.number(best.quotedCells()) + (best.quotedCells() == 1 ? " cell is" : " cells are")
                                + " in quotes" + stray)
                .orElse(Dialect.shown(other));
    }

    Finding escape() {
        Dialect dialect = best().dialect();
        if (dialect.quote() == Dialect.NONE) {
            return Finding.of("none", 1, "there is no quote");
        }
        String quote = String.valueOf(dialect.quote());
        if (dialect.escape() != dialect.quote()) {
            return Finding.of(Dialect.shown(dialect.escape()), 0.95, "it stands before quotes within cells")
                    .orElse("doubled quotes");
        }
        boolean doubled = best().quotedCells() > 0 && text.head().contains(quote + quote);
        return Finding.of(
                        "doubled quotes",
                        doubled ? 0.95 : 0.7,
                        doubled ? "quotes are doubled in the sample" : "no quoted cell of the sample holds a quote")
                .orElse("'\\'");
    }
}
