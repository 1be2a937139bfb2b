package io.millrace.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * Checks of a CSV reader as documents list them, in the part of YAML that they use: an input, the records that it holds, and
 * settings of the document.
 *
 * @param comments what a line that begins with a hash sign is
 * @param skipsBlankLines whether blank lines are no records
 * @param allowsFailure whether the reader may fail in place of giving the records
 * @param checks in the order of the document
 */
record CsvChecks(Comments comments, boolean skipsBlankLines, boolean allowsFailure, List<Check> checks) {
    CsvChecks {
        checks = List.copyOf(checks);
    }

    /** What a line is that begins with a hash sign. */
    enum Comments {
        NONE,
        SKIP,
        READ
    }

    /** One check. */
    record Check(String id, String input, List<List<String>> records) {
        Check {
            records = List.copyOf(records);
        }

        /** The check for each line end that the text stands for. */
        List<Check> variants() {
            if (!input.contains("\u23ce")) {
                return List.of(of("\n"));
            }
            return List.of(of("\n"), of("\r"), of("\r\n"));
        }

        private Check of(String lineEnd) {
            List<List<String>> changed = new ArrayList<>();
            for (List<String> record : records) {
                changed.add(record.stream().map(cell -> text(cell, lineEnd)).toList());
            }
            return new Check(id, text(input, lineEnd), changed);
        }

        private static String text(String marked, String lineEnd) {
            return marked.replace("\u240d", "\r")
                    .replace("\u240a", "\n")
                    .replace("\u2424", "\r\n")
                    .replace("\u2420", " ")
                    .replace("\u23ce", lineEnd);
        }
    }

    /** The checks of a document. */
    static CsvChecks of(List<String> lines) {
        Comments comments = Comments.NONE;
        boolean skips = false;
        boolean allows = false;
        List<Check> checks = new ArrayList<>();
        for (String line : lines) {
            String words = line.strip();
            if (words.startsWith("commentMode:")) {
                comments = Comments.valueOf(value(words));
            } else if (words.startsWith("skipEmptyLines:")) {
                skips = Boolean.parseBoolean(value(words));
            } else if (words.startsWith("exceptionAllowed:")) {
                allows = Boolean.parseBoolean(value(words));
            } else if (words.startsWith("- id:")) {
                checks.add(new Check(value(words), "", List.of()));
            } else if (words.startsWith("input:")) {
                Check last = checks.remove(checks.size() - 1);
                checks.add(new Check(last.id(), strings(value(words)).get(0), List.of()));
            } else if (words.startsWith("- [")) {
                Check last = checks.remove(checks.size() - 1);
                List<List<String>> more = new ArrayList<>(last.records());
                more.add(strings(words));
                checks.add(new Check(last.id(), last.input(), more));
            }
        }
        return new CsvChecks(comments, skips, allows, checks);
    }

    private static String value(String line) {
        return line.substring(line.indexOf(':') + 1).strip();
    }

    /** The quoted texts of a line. */
    private static List<String> strings(String line) {
        List<String> found = new ArrayList<>();
        int at = 0;
        while (at < line.length()) {
            char quote = line.charAt(at++);
            if (quote != '\'' && quote != '"') {
                continue;
            }
            StringBuilder text = new StringBuilder();
            while (line.charAt(at) != quote || (at + 1 < line.length() && line.charAt(at + 1) == quote)) {
                at += line.charAt(at) == quote || (quote == '"' && line.charAt(at) == '\\') ? 1 : 0;
                text.append(line.charAt(at++));
            }
            at++;
            found.add(text.toString());
        }
        return found;
    }
}
