package io.millrace.dataflow.csv.detect;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.StringReader;

/** The delimiter that Univocity's own detection finds among ours. */
final class UnivocityVote {
    private static final int CHARACTERS = 1 << 16;
    private static final int MOST_CELLS = 1 << 16;

    private UnivocityVote() {}

    /** The delimiter; empty where it finds none that divides the text. */
    static String of(String text) {
        char[] delimiters = Candidates.DELIMITERS.toCharArray();
        CsvParserSettings settings = new CsvParserSettings();
        settings.detectFormatAutomatically(delimiters);
        settings.setReadInputOnSeparateThread(false);
        settings.setMaxCharsPerColumn(-1);
        settings.setMaxColumns(MOST_CELLS);
        settings.setErrorContentLength(0);
        CsvParser parser = new CsvParser(settings);
        try {
            String begin = text.substring(0, Math.min(text.length(), CHARACTERS));
            parser.beginParsing(new StringReader(begin));
            char delimiter = parser.getDetectedFormat().getDelimiter();
            return begin.indexOf(delimiter) >= 0 ? String.valueOf(delimiter) : "";
        } catch (TextParsingException | IllegalArgumentException confused) {
            return "";
        } finally {
            parser.stopParsing();
        }
    }
}
