package io.millrace.dataflow.csv.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * A table of orders as a file that has one thing wrong with it.
 *
 * @param text the text of the file
 * @param delimiter what stands between its cells
 * @param quote the character around cells; 0 for none
 * @param pollution what is wrong
 * @param names the names of the columns; empty where the file has none
 * @param clean the rows that nothing is wrong with, in order
 */
record PollutedTable(
        String text, String delimiter, char quote, Pollution pollution, List<String> names, List<List<String>> clean) {
    private static final List<String> NAMES =
            List.of("DATE", "TIME", "Quantity", "Product Id", "Price", "Kind", "Description", "Page", "Comments");
    private static final List<String> KINDS = List.of("Radio", "Television", "Toaster oven", "Lamp");
    private static final List<String> COMMENTS =
            List.of("", "good", "as new", "broken in transit", "bought again", "5 stars");

    /** What can be wrong with a file. */
    enum Pollution {
        NONE,
        NO_HEADER,
        HEADER_TWICE,
        HEADER_OF_THREE_ROWS,
        PREAMBLE,
        PREAMBLE_OF_CELLS,
        COMMENTS_BEFORE,
        BLANK_LINES,
        NO_LAST_LINE_END,
        SHORT_ROW,
        LONG_ROW,
        EXTRA_QUOTE_BEFORE,
        EXTRA_QUOTE_WITHIN,
        EXTRA_QUOTE_AFTER,
        OTHER_DELIMITER_IN_A_ROW,
        SAME_TABLE_AGAIN,
        OTHER_TABLE_BELOW,
        FOOTER
    }

    /** How a file is written. */
    record Form(String delimiter, char quote, boolean quotesAll, String lineEnd) {}

    static PollutedTable of(Form form, Pollution pollution, int rows, long seed) {
        return new Writing(form, pollution, new Random(seed)).table(rows);
    }

    private static final class Writing {
        private final Form form;
        private final Pollution pollution;
        private final Random random;

        Writing(Form form, Pollution pollution, Random random) {
            this.form = form;
            this.pollution = pollution;
            this.random = random;
        }

        PollutedTable table(int rows) {
            List<List<String>> table = new ArrayList<>();
            for (int i = 0; i < rows; i++) {
                table.add(row(i));
            }
            List<String> lines = new ArrayList<>(before());
            boolean named = pollution != Pollution.NO_HEADER;
            if (named) {
                lines.addAll(header());
            }
            int chosen = random.nextInt(rows);
            List<List<String>> clean = new ArrayList<>();
            for (int i = 0; i < rows; i++) {
                boolean polluted = i == chosen && isOfOneRow();
                lines.add(polluted ? polluted(table.get(i)) : line(table.get(i)));
                if (!polluted) {
                    clean.add(table.get(i).stream().map(this::content).toList());
                }
            }
            lines.addAll(below(table));
            String text = String.join(form.lineEnd(), lines)
                    + (pollution == Pollution.NO_LAST_LINE_END ? "" : form.lineEnd());
            return new PollutedTable(
                    text, form.delimiter(), form.quote(), pollution, named ? names() : List.of(), clean);
        }

        private List<String> names() {
            List<String> names = NAMES.stream().map(this::content).toList();
            return switch (pollution) {
                case HEADER_TWICE ->
                    names.stream().map(name -> name + " " + name).toList();
                case HEADER_OF_THREE_ROWS ->
                    names.stream().map(name -> name + " (all) text").toList();
                default -> names;
            };
        }

        /** A text without what cannot be written. */
        private String content(String text) {
            return form.quote() == 0 ? text.replace(form.delimiter(), "_") : text;
        }

        private List<String> row(int i) {
            boolean tricky = form.quote() != 0 && (random.nextInt(4) == 0 || pollution == Pollution.EXTRA_QUOTE_BEFORE);
            return List.of(
                    String.format(Locale.ROOT, "%02d/%02d/2023", 1 + random.nextInt(28), 1 + random.nextInt(12)),
                    String.format(
                            Locale.ROOT, "%02d:%02d:%02d", random.nextInt(24), random.nextInt(60), random.nextInt(60)),
                    String.valueOf(1 + random.nextInt(500)),
                    "P" + (1_000 + random.nextInt(9_000)),
                    String.format(Locale.ROOT, "%d.%02d", random.nextInt(900), random.nextInt(100)),
                    KINDS.get(random.nextInt(KINDS.size())),
                    "The " + KINDS.get(random.nextInt(KINDS.size())) + " number " + i
                            + (tricky ? form.delimiter() + " with " + form.quote() + "case" + form.quote() : ""),
                    "https://example.org/item?id=" + random.nextInt(10_000),
                    COMMENTS.get(random.nextInt(COMMENTS.size())));
        }

        private List<String> header() {
            String header = line(NAMES);
            return switch (pollution) {
                case HEADER_TWICE -> List.of(header, header);
                case HEADER_OF_THREE_ROWS ->
                    List.of(
                            header,
                            line(NAMES.stream().map(name -> "(all)").toList()),
                            line(NAMES.stream().map(name -> "text").toList()));
                default -> List.of(header);
            };
        }

        private List<String> before() {
            return switch (pollution) {
                case PREAMBLE -> List.of("List of orders", "Made on 2 May 2024 by the office in Oslo", "");
                case PREAMBLE_OF_CELLS ->
                    List.of(
                            "Orders" + form.delimiter().repeat(8),
                            form.delimiter().repeat(8));
                case COMMENTS_BEFORE -> List.of("# List of orders", "# made on 2 May 2024", "# all of them");
                case BLANK_LINES -> List.of("", "");
                default -> List.of();
            };
        }

        private List<String> below(List<List<String>> table) {
            return switch (pollution) {
                case SAME_TABLE_AGAIN -> {
                    List<String> lines = new ArrayList<>(List.of("", line(NAMES)));
                    table.forEach(row -> lines.add(line(row)));
                    yield lines;
                }
                case OTHER_TABLE_BELOW -> {
                    List<String> lines = new ArrayList<>(List.of("", line(List.of("Customer", "Town", "Age"))));
                    for (int i = 0; i < 40; i++) {
                        lines.add(line(List.of("Customer " + i, "Oslo", String.valueOf(20 + i))));
                    }
                    yield lines;
                }
                case FOOTER -> List.of("", "End of list");
                case BLANK_LINES -> List.of("", "");
                default -> List.of();
            };
        }

        private boolean isOfOneRow() {
            return switch (pollution) {
                case SHORT_ROW,
                        LONG_ROW,
                        EXTRA_QUOTE_BEFORE,
                        EXTRA_QUOTE_WITHIN,
                        EXTRA_QUOTE_AFTER,
                        OTHER_DELIMITER_IN_A_ROW -> true;
                default -> false;
            };
        }

        private String polluted(List<String> row) {
            int column = random.nextInt(row.size());
            while (opens(cell(row.get(column)))) {
                column = random.nextInt(row.size());
            }
            char extra = form.quote() == 0 ? '"' : form.quote();
            List<String> cells = new ArrayList<>(row.stream().map(this::cell).toList());
            String cell = cells.get(column);
            switch (pollution) {
                case SHORT_ROW -> cells.remove(column);
                case LONG_ROW -> cells.add(column, cell("extra"));
                case EXTRA_QUOTE_BEFORE -> cells.set(column, extra + cell);
                case EXTRA_QUOTE_WITHIN ->
                    cells.set(column, cell.substring(0, cell.length() / 2) + extra + cell.substring(cell.length() / 2));
                case EXTRA_QUOTE_AFTER -> cells.set(column, cell + extra);
                default -> {
                    return String.join(form.delimiter().equals(" ") ? "," : " ", cells);
                }
            }
            return String.join(form.delimiter(), cells);
        }

        /** Whether an extra quote would make a quoted cell of what follows, so that nobody could tell where it ends. */
        private boolean opens(String cell) {
            boolean isQuoted = form.quote() != 0 && cell.indexOf(form.quote()) == 0;
            return switch (pollution) {
                case EXTRA_QUOTE_BEFORE -> form.quote() != 0 && !isQuoted;
                case EXTRA_QUOTE_AFTER -> isQuoted;
                default -> false;
            };
        }

        private String line(List<String> cells) {
            return cells.stream().map(this::cell).collect(Collectors.joining(form.delimiter()));
        }

        private String cell(String text) {
            char quote = form.quote();
            if (quote == 0) {
                return content(text);
            }
            boolean needed = text.contains(form.delimiter()) || text.indexOf(quote) >= 0;
            boolean all = form.quotesAll() && pollution != Pollution.EXTRA_QUOTE_AFTER;
            return (all && !text.isEmpty()) || needed
                    ? quote + text.replace(String.valueOf(quote), String.valueOf(quote) + quote) + quote
                    : text;
        }
    }
}
