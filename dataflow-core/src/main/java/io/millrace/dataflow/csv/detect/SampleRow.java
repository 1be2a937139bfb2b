package io.millrace.dataflow.csv.detect;

import java.util.List;

/**
 * One record of the sample under some dialect.
 *
 * @param cells its cells, without their quotes
 * @param quoted how many of them were in quotes, well closed
 * @param strayQuotes the quotes that are neither around a cell nor escaped in it
 * @param line the line on which it begins, the first of the block being 1
 */
record SampleRow(List<Cell> cells, int quoted, int strayQuotes, long line) {
    /** A cell, and whether it was in quotes. */
    record Cell(String text, Form form) {
        boolean isQuoted() {
            return form == Form.QUOTED;
        }
    }

    /** How a cell is written. */
    enum Form {
        PLAIN,
        QUOTED
    }

    int width() {
        return cells.size();
    }

    boolean isBlank() {
        return cells.size() == 1
                && !cells.get(0).isQuoted()
                && cells.get(0).text().isBlank();
    }

    /** The number of cells that are not empty. */
    int filled() {
        int filled = 0;
        for (Cell cell : cells) {
            filled += cell.text().isBlank() ? 0 : 1;
        }
        return filled;
    }

    /** The same without cells that are empty and not quoted. */
    SampleRow withoutEmpty() {
        List<Cell> filled = cells.stream()
                .filter(cell -> cell.isQuoted() || !cell.text().isEmpty())
                .toList();
        return filled.isEmpty() || filled.size() == cells.size()
                ? this
                : new SampleRow(filled, quoted, strayQuotes, line);
    }

    /** The texts of the cells, without blanks around them. */
    List<String> texts() {
        return cells.stream().map(cell -> cell.text().strip()).toList();
    }
}
