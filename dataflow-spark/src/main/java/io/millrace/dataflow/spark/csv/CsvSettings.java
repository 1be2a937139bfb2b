package io.millrace.dataflow.spark.csv;

import io.millrace.dataflow.csv.CsvHeader;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.error.Suggestion;
import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.format.Formats;
import io.millrace.dataflow.format.Reading;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.Credential;
import io.millrace.dataflow.source.Credentials;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.SasToken;
import io.millrace.dataflow.source.Source;
import io.millrace.dataflow.source.SourceAccess;
import io.millrace.dataflow.source.SourceFile;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the options of a read say. No option holds a signature: Spark prints them. What prints this prints none either.
 *
 * @param sources the addresses, in the order given
 * @param errorColumn the name of the column that lists the errors of a row, where one is wanted
 */
record CsvSettings(List<Source> sources, CsvOptions options, Optional<String> errorColumn, Credentials credentials) {
    static final String PATH = "path";
    private static final String PATHS = "paths";
    private static final String ERROR_COLUMN = "errorColumn";
    static final String CREDENTIAL = "credential";

    /** A name, which is not a signature, and perhaps a variable. */
    private static final Pattern CREDENTIAL_FORM = Pattern.compile("[^=?&\\s]+(=[A-Za-z_][A-Za-z0-9_]*)?");

    /** What Spark itself puts among the options of a table in its catalog. */
    private static final Set<String> OF_SPARK = Set.of("serialization.format");

    CsvSettings {
        sources = List.copyOf(sources);
    }

    /**
     * The settings that options say, whatever the case of their names.
     *
     * @throws DataflowException {@code INVALID_ARGUMENT}, naming every option that is not known or cannot be what it is;
     *     {@code INVALID_ADDRESS}; {@code UNKNOWN_CREDENTIAL}
     */
    static CsvSettings of(Map<String, String> given) {
        List<String> problems = new ArrayList<>();
        Map<String, String> others = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        // In the order of the settings, for some change what others say.
        Map<CsvSetting, String> names = new EnumMap<>(CsvSetting.class);
        for (String name : new TreeMap<>(given).keySet()) {
            Optional<CsvSetting> setting = CsvSetting.named(name);
            if (setting.isPresent()) {
                String before = names.putIfAbsent(setting.get(), name);
                if (before != null) {
                    problems.add("'" + before + "' and '" + name + "' are the same option");
                }
            } else if (isOther(name)) {
                others.put(name, given.get(name));
            } else if (!OF_SPARK.contains(name)) {
                problems.add(unknown(name));
            }
        }
        CsvOptions options = CsvOptions.defaults();
        for (Map.Entry<CsvSetting, String> setting : names.entrySet()) {
            String name = setting.getValue();
            options = changed(options, setting.getKey(), Map.entry(name, given.get(name)), problems);
        }
        Optional<String> errorColumn = Optional.ofNullable(others.get(ERROR_COLUMN));
        if (errorColumn.filter(String::isBlank).isPresent()) {
            problems.add("'" + ERROR_COLUMN + "' is not the name of a column");
        }
        List<String> paths = new ArrayList<>();
        Optional.ofNullable(others.get(PATH)).ifPresent(paths::add);
        Optional.ofNullable(others.get(PATHS)).map(TextList::of).ifPresent(paths::addAll);
        if (paths.isEmpty()) {
            problems.add("there is no path: use load(path), or the option 'path'");
        }
        String credential = others.get(CREDENTIAL);
        if (credential != null && !CREDENTIAL_FORM.matcher(credential).matches()) {
            // Not repeated in the message: somebody may have put the signature itself there.
            problems.add(
                    "'" + CREDENTIAL + "' must be NAME=ENVIRONMENT_VARIABLE, or the name of one that this program has"
                            + " given with MillraceCsv.credential(name, token)");
        }
        if (!problems.isEmpty()) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT, "Cannot use the options of " + CsvDataSource.NAME, problems);
        }
        List<Source> sources = new ArrayList<>();
        paths.forEach(path -> sources.add(source(path, credential)));
        return new CsvSettings(sources, options, errorColumn, credentials(credential));
    }

    private static Source source(String path, @Nullable String credential) {
        if (credential != null) {
            return Source.blob(path, Credential.named(name(credential)));
        }
        Source source = Source.of(path);
        if (source instanceof Source.Blob blob && blob.credential() instanceof Credential.Sas) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    "Cannot take the signature in the path of " + source.display()
                            + ": Spark prints paths in plans and events",
                    "Use MillraceCsv.reader(session, address).load(), which keeps it apart",
                    "Or leave it out, and say where it is with the option credential=NAME=ENVIRONMENT_VARIABLE");
        }
        return source;
    }

    private static Credentials credentials(@Nullable String credential) {
        if (credential == null) {
            return Credentials.none();
        }
        String name = name(credential);
        if (credential.length() > name.length()) {
            return Credentials.none().with(name, SasToken.fromEnvironment(credential.substring(name.length() + 1)));
        }
        SasToken token = MillraceCsv.token(name).orElse(null);
        if (token == null) {
            List<String> details = new ArrayList<>(Suggestion.lines(name, "Credentials known", MillraceCsv.names()));
            details.add("Give it with MillraceCsv.credential(name, token), or with the option credential=" + name
                    + "=ENVIRONMENT_VARIABLE");
            throw DataflowException.of(ErrorCode.UNKNOWN_CREDENTIAL, "Cannot find credential '" + name + "'", details);
        }
        return Credentials.none().with(name, token);
    }

    private static String name(String credential) {
        int equals = credential.indexOf('=');
        return equals < 0 ? credential : credential.substring(0, equals);
    }

    private static boolean isOther(String name) {
        return List.of(PATH, PATHS, ERROR_COLUMN, CREDENTIAL).stream().anyMatch(name::equalsIgnoreCase);
    }

    private static CsvOptions changed(
            CsvOptions options, CsvSetting setting, Map.Entry<String, String> option, List<String> problems) {
        try {
            return setting.set(options, option.getValue());
        } catch (IllegalArgumentException wrong) {
            problems.add("'" + option.getKey() + "' cannot be '" + option.getValue() + "': " + wrong.getMessage());
            return options;
        }
    }

    private static String unknown(String name) {
        List<String> names = new ArrayList<>(CsvSetting.allNames());
        names.add(ERROR_COLUMN);
        names.add(CREDENTIAL);
        return "'" + name + "' is not an option. "
                + Suggestion.closest(name, names)
                        .map(match -> "Did you mean '" + match + "'?")
                        .orElseGet(() -> "Options: " + String.join(", ", names));
    }

    /** The options by which the files of a table of these columns are read. Without a header, declared names are given in order. */
    CsvOptions fileOptions(CsvColumns columns) {
        List<String> names = columns.ofFiles().names();
        boolean named = options.hasHeader() || names.equals(CsvHeader.numbered(names.size()));
        return named ? options.bound(columns.schema()) : options.schema(columns.ofFiles());
    }

    /** Access to the sources from the driver. */
    SourceAccess access() {
        return SourceAccess.with(credentials);
    }

    /** The files now, in the order of the addresses. */
    List<SourceFile> files() {
        SourceAccess access = access();
        Cancellation cancellation = Cancellation.create();
        List<SourceFile> files = new ArrayList<>();
        sources.forEach(source -> files.addAll(access.list(source, cancellation)));
        return files;
    }

    /**
     * The columns of the files, by the rules of every engine.
     *
     * @throws DataflowException {@code INVALID_ARGUMENT} for several addresses, whose values would have to be judged
     *     together; what reading throws
     */
    Schema infer() {
        if (sources.size() > 1 && !options.isAllText()) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    "Cannot judge the types of columns from several paths",
                    "Name the files by one path with *, or give their columns with .schema(...)");
        }
        int threads = Runtime.getRuntime().availableProcessors();
        Reading reading = new Reading(access(), Cancellation.create(), threads);
        return Formats.named(options.format()).infer(sources.get(0), options, reading);
    }

    /** The addresses as messages and plans show them. */
    String display() {
        return sources.stream().map(Source::display).collect(Collectors.joining(", "));
    }

    /** Without the values of options, which may be anything. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s(%s)", CsvDataSource.NAME, display());
    }
}
