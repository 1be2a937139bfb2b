package io.millrace.dataflow.spark.csv;

import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.ErrorPolicy;
import io.millrace.dataflow.source.FileColumns;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The options of the data source that say how files are read: the names of the command's, and those that Spark's own have. */
enum CsvSetting {
    DELIMITER("delimiter", "sep") {
        @Override
        CsvOptions set(CsvOptions options, String text) {
            return options.delimiter(text.equals("\\t") || text.equals("tab") ? "\t" : text);
        }
    },
    QUOTE("quote") {
        @Override
        CsvOptions set(CsvOptions options, String text) {
            return text.equals("none") ? options.withoutQuote() : options.quote(character(text));
        }
    },
    ESCAPE("escape") {
        @Override
        CsvOptions set(CsvOptions options, String text) {
            return options.escape(character(text));
        }
    },
    ENCODING("encoding", "charset") {
        @Override
        CsvOptions set(CsvOptions options, String text) {
            try {
                return options.encoding(Charset.forName(text));
            } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
                throw new IllegalArgumentException("no encoding has that name", unknown);
            }
        }
    },
    HEADER_ROWS("headerRows") {
        @Override
        CsvOptions set(CsvOptions options, String text) {
            return options.headerRows((int) Math.min(whole(text), Integer.MAX_VALUE));
        }
    },
    HEADER("header") {
        @Override
        CsvOptions set(CsvOptions options, String text) {
            return flag(text) ? options : options.withoutHeader();
        }
    },
    SKIP_ROWS("skipRows") {
        @Override
        CsvOptions set(CsvOptions options, String text) {
            return options.skipRows(whole(text));
        }
    },
    COMMENT("comment") {
        @Override
        CsvOptions set(CsvOptions options, String text) {
            return options.comment(character(text));
        }
    },
    NULL_TOKENS("nullTokens", "nullValue") {
        @Override
        CsvOptions set(CsvOptions options, String text) {
            return options.nullTokens(TextList.of(text).toArray(new String[0]));
        }
    },
    NULL_TOKENS_OF("nullTokensOf") {
        @Override
        CsvOptions set(CsvOptions options, String text) {
            Map<String, List<String>> tokens = new LinkedHashMap<>();
            for (String pair : TextList.of(text)) {
                int equals = pair.indexOf('=');
                if (equals < 1) {
                    throw new IllegalArgumentException("it must be COLUMN=TEXT, or a JSON list of such texts");
                }
                tokens.computeIfAbsent(pair.substring(0, equals), column -> new ArrayList<>())
                        .add(pair.substring(equals + 1));
            }
            CsvOptions changed = options;
            for (Map.Entry<String, List<String>> column : tokens.entrySet()) {
                changed =
                        changed.nullTokensOf(column.getKey(), column.getValue().toArray(new String[0]));
            }
            return changed;
        }
    },
    QUOTED_EMPTY_AS_NULL("quotedEmptyAsNull") {
        @Override
        CsvOptions set(CsvOptions options, String text) {
            return flag(text) ? options.quotedEmptyAsNull() : options;
        }
    },
    FIRST_TABLE_ONLY("firstTableOnly") {
        @Override
        CsvOptions set(CsvOptions options, String text) {
            return flag(text) ? options.firstTableOnly() : options;
        }
    },
    PAD_SHORT_ROWS("padShortRows") {
        @Override
        CsvOptions set(CsvOptions options, String text) {
            return flag(text) ? options.padShortRows() : options;
        }
    },
    OVERFLOW_COLUMN("overflowColumn") {
        @Override
        CsvOptions set(CsvOptions options, String text) {
            return options.overflowColumn(text);
        }
    },
    COLUMNS("columns") {
        @Override
        CsvOptions set(CsvOptions options, String text) {
            for (FileColumns columns : FileColumns.values()) {
                if (columns.name().equalsIgnoreCase(text)) {
                    return options.columns(columns);
                }
            }
            throw new IllegalArgumentException("it must be strict, union, intersection or position");
        }
    },
    PATH_COLUMN("pathColumn") {
        @Override
        CsvOptions set(CsvOptions options, String text) {
            return options.pathColumn(text);
        }
    },
    RECORD_COLUMN("recordColumn") {
        @Override
        CsvOptions set(CsvOptions options, String text) {
            return options.recordColumn(text);
        }
    },
    ALL_TEXT("allText") {
        @Override
        CsvOptions set(CsvOptions options, String text) {
            return flag(text) ? options.allText() : options;
        }
    },
    INFER_SCHEMA("inferSchema") {
        @Override
        CsvOptions set(CsvOptions options, String text) {
            return flag(text) ? options : options.allText();
        }
    },
    INFER_FROM("inferFrom") {
        @Override
        CsvOptions set(CsvOptions options, String text) {
            return options.inferFrom(whole(text));
        }
    },
    ERRORS("errors") {
        @Override
        CsvOptions set(CsvOptions options, String text) {
            String policy = text.toLowerCase(Locale.ROOT);
            if (policy.startsWith("drop:")) {
                return options.errors(ErrorPolicy.drop(whole(policy.substring("drop:".length()))));
            }
            return switch (policy) {
                case "fail" -> options.errors(ErrorPolicy.fail());
                case "keep" -> options.errors(ErrorPolicy.keep());
                case "drop" -> options.errors(ErrorPolicy.drop(Long.MAX_VALUE));
                default -> throw new IllegalArgumentException("it must be fail, keep, drop or drop:NUMBER");
            };
        }
    };

    private final String preferred;
    private final String alias;

    CsvSetting(String name) {
        this(name, name);
    }

    CsvSetting(String preferred, String alias) {
        this.preferred = preferred;
        this.alias = alias;
    }

    /**
     * The options with what {@code text} says.
     *
     * @throws IllegalArgumentException when it says nothing that this option can be, with the reason
     */
    abstract CsvOptions set(CsvOptions options, String text);

    /** The one of a name, in any case; empty for a name that none has. */
    static Optional<CsvSetting> named(String name) {
        for (CsvSetting setting : values()) {
            if (name.equalsIgnoreCase(setting.preferred) || name.equalsIgnoreCase(setting.alias)) {
                return Optional.of(setting);
            }
        }
        return Optional.empty();
    }

    /** The names of all, those of Spark after ours. */
    static List<String> allNames() {
        List<String> all = new ArrayList<>();
        for (CsvSetting setting : values()) {
            all.add(setting.preferred);
        }
        for (CsvSetting setting : values()) {
            if (!setting.alias.equals(setting.preferred)) {
                all.add(setting.alias);
            }
        }
        return all;
    }

    private static char character(String text) {
        if (text.equals("\\t") || text.equals("tab")) {
            return '\t';
        }
        if (text.length() != 1 || text.charAt(0) == '\n' || text.charAt(0) == '\r') {
            throw new IllegalArgumentException("it must be one character, or tab");
        }
        return text.charAt(0);
    }

    private static boolean flag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("it must be true or false");
        };
    }

    private static long whole(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException notWhole) {
            throw new IllegalArgumentException("it must be a whole number", notWhole);
        }
    }
}
