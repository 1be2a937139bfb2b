package io.millrace.dataflow.format;

/** What ends the lines of a text file that is written. */
public enum LineEnd {
    /** A line feed, the default. */
    LF("\n"),
    /** A carriage return and a line feed, as RFC 4180 has it and some programs want it. */
    CRLF("\r\n");

    private final String text;

    LineEnd(String text) {
        this.text = text;
    }

    /** The characters. */
    public String text() {
        return text;
    }
}
