package io.millrace.dataflow.csv.detect;

import io.millrace.dataflow.csv.detect.SampleSplitter.End;
import java.util.ArrayList;
import java.util.List;

/**
 * The text of a sample.
 *
 * @param head the text of the beginning
 * @param end what comes after it
 * @param others whole lines of the other blocks, in order
 */
record SampleText(String head, End end, List<String> others) {
    /** More records of the beginning are not looked at. */
    static final int MOST_RECORDS = 1_500;

    static SampleText of(Sample sample, EncodingJudge.Verdict encoding) {
        List<String> others = new ArrayList<>();
        for (byte[] block : sample.others()) {
            String text = EncodingJudge.decode(block, 0, encoding.charset());
            int begin = text.indexOf('\n') + 1;
            int last = text.lastIndexOf('\n') + 1;
            if (begin == 0) {
                begin = text.indexOf('\r') + 1;
                last = text.lastIndexOf('\r') + 1;
            }
            if (last > begin) {
                others.add(text.substring(begin, last));
            }
        }
        return new SampleText(
                EncodingJudge.decode(sample.head(), encoding.markLength(), encoding.charset()), sample.end(), others);
    }

    /** The records of the beginning under a dialect. */
    List<SampleRow> rows(Dialect dialect) {
        return SampleSplitter.rows(head, dialect, end, MOST_RECORDS);
    }

    /** How well a dialect splits the beginning. */
    DialectScore score(Dialect dialect) {
        return DialectScore.of(dialect, rows(dialect));
    }

    /**
     * How well a dialect splits a block that begins anywhere: outside of quotes or inside, whichever is better.
     *
     * @param block the position of the block
     */
    DialectScore score(Dialect dialect, int block) {
        String text = others.get(block);
        DialectScore outside = DialectScore.of(dialect, SampleSplitter.rows(text, dialect, End.CUT, MOST_RECORDS));
        if (dialect.quote() == Dialect.NONE || text.indexOf(dialect.quote()) < 0) {
            return outside;
        }
        DialectScore inside =
                DialectScore.of(dialect, SampleSplitter.rows(dialect.quote() + text, dialect, End.CUT, MOST_RECORDS));
        return inside.value() > outside.value() ? inside : outside;
    }
}
