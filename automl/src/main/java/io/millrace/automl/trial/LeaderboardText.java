package io.millrace.automl.trial;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A leaderboard as a table for people. */
final class LeaderboardText {
    private static final int MOST_REASONS = 10;
    private static final MathContext SIX_DIGITS = new MathContext(6, RoundingMode.HALF_EVEN);

    private LeaderboardText() {}

    static String write(Leaderboard board) {
        Leaderboard.Summary summary = board.summary();
        boolean timed = !board.times().total().isZero();
        StringBuilder text = new StringBuilder("Leaderboard: ")
                .append(summary.metric().text())
                .append(summary.metric().direction() == Metric.Direction.MAXIMIZE ? ", higher" : ", lower")
                .append(" is better, ")
                .append(summary.validation().text())
                .append(", ")
                .append(board.trials().size())
                .append(board.trials().size() == 1 ? " trial" : " trials");
        if (timed) {
            text.append(" in ").append(seconds(board.times().total()));
        }
        text.append(", seed ").append(summary.seed());
        for (String line : table(board, timed)) {
            text.append('\n').append(line);
        }
        reasons(text, "skipped", board.skipped());
        reasons(text, "failed", board.failed());
        if (summary.rowsWithoutTarget() > 0) {
            text.append(String.format(
                    Locale.ROOT,
                    "\n%,d of %,d rows were left out: their target '%s' is not known",
                    summary.rowsWithoutTarget(),
                    summary.rowsWithoutTarget() + summary.rows(),
                    summary.task().target()));
        }
        return text.toString();
    }

    private static List<String> table(Leaderboard board, boolean timed) {
        List<List<String>> cells = new ArrayList<>();
        List<String> heads = new ArrayList<>(
                List.of("rank", "trial", "learner", board.summary().metric().text(), "± folds", "weight"));
        if (timed) {
            heads.add("fit");
        }
        heads.add("parameters");
        cells.add(heads);
        for (Leaderboard.Row row : board.ranked()) {
            List<String> line = new ArrayList<>();
            line.add(String.valueOf(row.rank()));
            line.add(row.trial().isPresent() ? String.valueOf(row.trial().getAsInt()) : "");
            line.add(row.name());
            line.add(number(row.score()));
            line.add(Double.isNaN(row.spread()) ? "" : number(row.spread()));
            line.add(
                    row.weight() == 0 || row.trial().isEmpty() ? "" : String.format(Locale.ROOT, "%.2f", row.weight()));
            if (timed) {
                Duration fit = row.trial().isEmpty()
                        ? null
                        : board.times().fits().get(row.trial().getAsInt());
                line.add(fit == null ? "" : seconds(fit));
            }
            line.add(row.trial().isEmpty() ? "" : parameters(board, row.trial().getAsInt()));
            cells.add(line);
        }
        int columns = heads.size();
        List<String> lines = new ArrayList<>();
        for (List<String> line : cells) {
            StringBuilder text = new StringBuilder();
            for (int column = 0; column < columns; column++) {
                String cell = line.get(column);
                int width = 0;
                for (List<String> other : cells) {
                    width = Math.max(width, other.get(column).length());
                }
                boolean left = column == 2 || column == columns - 1;
                text.append(column == 0 ? "" : "  ")
                        .append(left ? cell : " ".repeat(width - cell.length()))
                        .append(left ? " ".repeat(width - cell.length()) : cell);
            }
            lines.add(text.toString().stripTrailing());
        }
        return lines;
    }

    private static String parameters(Leaderboard board, int number) {
        return board.trial(number)
                .map(trial -> trial.candidate().parameters().values().entrySet().stream()
                        .map(LeaderboardText::setting)
                        .reduce((a, b) -> a + " " + b)
                        .orElse(""))
                .orElse("");
    }

    private static String setting(Map.Entry<String, Object> setting) {
        Object value = setting.getValue();
        return setting.getKey() + "=" + (value instanceof Double real ? number(real) : value);
    }

    private static void reasons(StringBuilder text, String head, List<Trial> trials) {
        int shown = 0;
        for (Trial trial : trials) {
            if (shown == MOST_REASONS) {
                text.append("\n         and ").append(trials.size() - shown).append(" more");
                break;
            }
            text.append('\n')
                    .append(String.format(Locale.ROOT, "%-9s", shown == 0 ? head + " " + trials.size() : ""))
                    .append(" trial ")
                    .append(trial.number())
                    .append(", ")
                    .append(trial.candidate().learner())
                    .append(": ")
                    .append(reason(trial.outcome()));
            shown++;
        }
    }

    private static String reason(Outcome outcome) {
        return outcome.accept(new Outcome.Visitor<>() {
            @Override
            public String visit(Outcome.Scored scored) {
                return "";
            }

            @Override
            public String visit(Outcome.Skipped skipped) {
                return skipped.reason();
            }

            @Override
            public String visit(Outcome.Failed failed) {
                return failed.reason();
            }
        });
    }

    /** Six significant digits, without an exponent, and at least four places where they fit. */
    private static String number(double value) {
        if (!Double.isFinite(value)) {
            return String.valueOf(value);
        }
        BigDecimal rounded = new BigDecimal(value).round(SIX_DIGITS);
        if (rounded.scale() > 6) {
            rounded = rounded.setScale(6, RoundingMode.HALF_EVEN);
        }
        return rounded.scale() <= 0
                ? rounded.toPlainString()
                : rounded.stripTrailingZeros().toPlainString();
    }

    private static String seconds(Duration duration) {
        return duration.toMinutes() > 0
                ? duration.toMinutes() + "m " + duration.toSecondsPart() + "s"
                : String.format(Locale.ROOT, "%.1fs", duration.toMillis() / 1000.0);
    }
}
