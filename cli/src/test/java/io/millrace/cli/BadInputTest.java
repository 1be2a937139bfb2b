package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people get wrong, by the whole message and the exit code. */
class BadInputTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void aFileThatIsNotThereIsNotFound() throws IOException {
        file("train.csv", "a\n1\n");

        assertRefused(2, """
                SOURCE_NOT_FOUND: Cannot find file 'DIR/trian.csv'
                  Did you mean 'train.csv'?
                  Files in 'DIR': train.csv
                """, "head", path("trian.csv"));
    }

    @Test
    void aPatternThatMatchesNothingIsNotFound() throws IOException {
        file("train.csv", "a\n1\n");

        assertRefused(2, """
                SOURCE_NOT_FOUND: Cannot find a file that matches 'DIR/*.tsv'
                  Files in 'DIR': train.csv
                """, "schema", path("*.tsv"));
    }

    @Test
    void aDirectoryIsNoSource() {
        assertRefused(2, """
                SOURCE_IS_DIRECTORY: Cannot read 'DIR': it is a directory
                  Use 'DIR/*.csv' to read the files in it
                """, "head", directory.toString());
    }

    @Test
    void anEmptyFileIsRefused() throws IOException {
        file("empty.csv", "");

        assertRefused(3, """
                EMPTY_SOURCE: Cannot read DIR/empty.csv: it is empty
                  A CSV file has at least a header record
                """, "head", path("empty.csv"));
    }

    @Test
    void aRecordWithTooFewCellsIsRefused() throws IOException {
        file("ragged.csv", "a,b\n1,2\n3\n");

        assertRefused(3, """
                MALFORMED_ROW: Cannot read record 2 of DIR/ragged.csv: it has 1 cell where the header has 2
                  The record begins on line 3
                  Check the delimiter and the quote, or set csv.errors(...) to keep or drop such records
                """, "schema", path("ragged.csv"));
    }

    @Test
    void bytesThatAreNotTextInTheEncodingAreRefused() throws IOException {
        Files.write(directory.resolve("latin.csv"), "a,b\n1,café\n".getBytes(StandardCharsets.ISO_8859_1));

        assertRefused(3, """
                INVALID_ENCODING: Cannot read line 2 of DIR/latin.csv: byte 0xE9 at offset 9 of the file is no UTF-8 text
                  Set the encoding of the file, for example windows-1252, or csv.errors(...) to go on without such records
                """, "head", path("latin.csv"));
    }

    @Test
    void aMistypedColumnInAPlanIsNamedWithItsStep() throws IOException {
        file("data.csv", "tenure,fee\n1,2\n");
        file("plan.json", """
                {"millrace": "plan", "version": 1, "steps": [
                  {"id": 0, "step": "read_csv", "source": {"file": "data.csv"}},
                  {"id": 1, "inputs": [0], "step": "drop", "columns": ["tenrue"]}
                ]}
                """);

        assertRefused(2, """
                UNKNOWN_COLUMN: Cannot find column 'tenrue' for drop(tenrue)
                  step 2 of 2
                  Did you mean 'tenure'?
                  Columns here: tenure, fee
                """, "run", path("plan.json"));
    }

    @Test
    void aFileThatIsNoPlanIsRefused() throws IOException {
        file("data.csv", "a\n1\n");
        file("other.json", "{\"steps\": []}");

        assertRefused(3, """
                NOT_A_PLAN: Cannot read the plan: line 1 is not JSON
                  in DIR/data.csv
                """, "explain", path("data.csv"));
        assertRefused(3, """
                NOT_A_PLAN: Cannot read the plan: it has no member "millrace": "plan"
                  in DIR/other.json
                """, "head", path("other.json"));
    }

    @Test
    void aPlanOfANewerMillraceIsRefused() throws IOException {
        file("plan.json", "{\"millrace\": \"plan\", \"version\": 99, \"steps\": []}");

        assertRefused(3, """
                NEWER_PLAN: Cannot read the plan: it has version 99, and this Millrace reads up to 1
                  in DIR/plan.json
                  Install a newer Millrace
                """, "run", path("plan.json"));
    }

    @Test
    void csvOptionsAreRefusedWithAPlan() throws IOException {
        file("plan.json", "{}");

        assertRefused(2, """
                INVALID_ARGUMENT: Cannot use --delimiter, --no-header with a saved plan
                  The plan says how its files are written
                """, "head", path("plan.json"), "--no-header", "--delimiter", ";");
    }

    @Test
    void aQuoteIsOneCharacter() {
        assertRefused(2, """
                INVALID_ARGUMENT: Cannot use '::' as --quote: it must be one character
                  Write tab for a tab
                """, "head", "x.csv", "--quote", "::");
    }

    @Test
    void csvArgumentsThatMeanNothingAreRefused() {
        assertRefused(2, """
                INVALID_ARGUMENT: Cannot use '' as --delimiter: a delimiter has 1 to 100 characters
                """, "head", "x.csv", "--delimiter", "");
        assertRefused(2, """
                INVALID_ARGUMENT: Cannot use --escape with --quote none: an escape stands before quotes
                """, "head", "x.csv", "--quote", "none", "--escape", "x");
        assertRefused(2, """
                INVALID_ARGUMENT: Cannot use '0' as --header-rows: it must be 1 to 100; for no header there is --no-header
                """, "head", "x.csv", "--header-rows", "0");
        assertRefused(2, """
                INVALID_ARGUMENT: Cannot use 'mass' as --null-in: it must be COLUMN=TEXT
                """, "head", "x.csv", "--null-in", "mass");
        assertRefused(2, """
                INVALID_ARGUMENT: Cannot use 'unoin' as --columns
                  Did you mean 'union'?
                  It is one of: strict, union, intersection, position
                """, "head", "x.csv", "--columns", "unoin");
    }

    @Test
    void anUnknownEncodingIsRefused() {
        assertRefused(2, """
                INVALID_ARGUMENT: Cannot use 'UTF-9' as --encoding: no encoding has that name
                  Did you mean 'UTF-8'?
                  Encodings: UTF-8, UTF-16, ISO-8859-1, ISO-8859-15, windows-1252, US-ASCII
                """, "head", "x.csv", "--encoding", "UTF-9");
    }

    @Test
    void aMistypedCommandIsSuggested() {
        assertRefused(2, """
                INVALID_ARGUMENT: Cannot find command 'shcema'
                  Did you mean 'schema'?
                  Commands: automl, predict, head, schema, detect, profile, explain, diff, run
                  See millrace --help
                """, "shcema", "x.csv");
    }

    @Test
    void aMistypedOptionIsSuggested() {
        assertRefused(2, """
                INVALID_ARGUMENT: Cannot find option '--delimeter' of millrace head
                  Did you mean '--delimiter'?
                  See millrace head --help
                """, "head", "x.csv", "--delimeter=;");
    }

    @Test
    void aMissingArgumentIsNamed() {
        assertRefused(2, """
                INVALID_ARGUMENT: Cannot run millrace head without SOURCE
                  See millrace head --help
                """, "head");
    }

    @Test
    void aFurtherArgumentIsShownWithoutItsQuery() {
        assertRefused(2, """
                INVALID_ARGUMENT: Cannot run millrace head: it takes no further argument 'https://host/b.csv'
                  See millrace head --help
                """, "head", "a.csv", "https://host/b.csv?sv=1&sig=secret");
    }

    @Test
    void anUnknownEngineIsSuggested() throws IOException {
        file("data.csv", "a\n1\n");

        assertRefused(2, """
                INVALID_ARGUMENT: Cannot find engine 'sparkk'
                  Did you mean 'spark'?
                  Engines: local, spark
                """, "head", path("data.csv"), "--engine", "sparkk");
    }

    @Test
    void aMasterNeedsSpark() throws IOException {
        file("data.csv", "a\n1\n");

        assertRefused(2, """
                INVALID_ARGUMENT: Cannot use --master with the local engine
                  Add --engine spark
                """, "head", path("data.csv"), "--master", "yarn");
    }

    @Test
    void aSignaturePastedAsACredentialIsNotShown() {
        assertRefused(2, """
                INVALID_ARGUMENT: Cannot use --credential raw: it is NAME=ENV_VARIABLE, where the variable holds the SAS
                """, "head", "x.csv", "--credential", "raw=sv=1&sig=secret");
    }

    @Test
    void aCredentialWhoseVariableIsNotSetIsRefused() {
        assertRefused(2, """
                UNKNOWN_CREDENTIAL: Cannot read a credential from environment variable 'NO_SUCH_VARIABLE': it is not set
                """, "head", "x.csv", "--credential", "raw=NO_SUCH_VARIABLE");
    }

    @Test
    void anExpiredSignatureIsRefusedBeforeAnyRequest() {
        assertRefused(
                4,
                """
                SAS_NOT_USABLE: Cannot read https://acme.blob.core.windows.net/raw/x.csv: the SAS expired 2020-01-01T00:00:00Z
                  Issue a new SAS with read permission and pass it with --credential acme-raw=ENVIRONMENT_VARIABLE, or with engine.credential("acme-raw", token)
                """,
                "head",
                "https://acme.blob.core.windows.net/raw/x.csv"
                        + "?sv=2022-11-02&sr=b&sp=r&se=2020-01-01T00%3A00%3A00Z&sig=secret");
    }

    private void assertRefused(int code, String message, String... arguments) {
        Ran ran = Ran.millrace(arguments);

        assertThat(ran.err().replace(directory.toString(), "DIR")).isEqualTo(message);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.code()).isEqualTo(code);
    }

    private void file(String name, String content) throws IOException {
        Files.writeString(directory.resolve(name), content);
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }
}
