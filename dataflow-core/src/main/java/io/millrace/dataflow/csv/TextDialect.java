package io.millrace.dataflow.csv;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.source.CsvOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The characters that divide the text of a file into cells, as {@link DecodedText} gives them.
 *
 * @param delimiter the delimiter, or what stands for one of several characters
 * @param longDelimiter the delimiter where it has several characters
 * @param quote the quote, or {@link #NONE}
 * @param escape what stands before a quote in a quoted cell
 */
record TextDialect(char delimiter, Optional<String> longDelimiter, char quote, char escape) {
    /** A character that {@link DecodedText} never gives. */
    static final char NONE = '\0';

    static TextDialect of(CsvOptions options) {
        boolean isLong = options.delimiter().length() > 1;
        return new TextDialect(
                isLong ? DecodedText.DELIMITER : options.delimiter().charAt(0),
                isLong ? Optional.of(options.delimiter()) : Optional.empty(),
                options.quote().orElse(NONE),
                options.escape().orElse(NONE));
    }

    /**
     * Refuses options whose characters cannot be told from each other.
     *
     * @throws DataflowException {@code INVALID_ARGUMENT}, with all that is wrong
     */
    static void require(CsvOptions options) {
        List<String> problems = new ArrayList<>();
        String delimiter = options.delimiter();
        options.quote().filter(quote -> delimiter.indexOf(quote) >= 0).ifPresent(quote -> {
            problems.add("the quote '" + quote + "' is part of the delimiter '" + shown(delimiter) + "'");
        });
        options.escape()
                .filter(escape -> !options.quote().equals(Optional.of(escape)) && delimiter.indexOf(escape) >= 0)
                .ifPresent(escape -> {
                    problems.add("the escape '" + escape + "' is part of the delimiter '" + shown(delimiter) + "'");
                });
        options.comment().ifPresent(comment -> {
            if (delimiter.charAt(0) == comment) {
                problems.add("the delimiter '" + shown(delimiter) + "' begins like a comment");
            }
            if (options.quote().equals(Optional.of(comment))) {
                problems.add("the quote '" + comment + "' begins a comment");
            }
        });
        if (!problems.isEmpty()) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    "Cannot tell the cells of a CSV file apart: " + String.join("; ", problems),
                    "Set different characters as delimiter, quote, escape and comment");
        }
    }

    private static String shown(String delimiter) {
        return delimiter.replace("\t", "\\t");
    }
}
