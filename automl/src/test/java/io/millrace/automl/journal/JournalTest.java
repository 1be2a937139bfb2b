package io.millrace.automl.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.automl.learner.Parameters;
import io.millrace.automl.trial.Candidate;
import io.millrace.automl.trial.Outcome;
import io.millrace.dataflow.error.DataflowException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final Candidate CANDIDATE =
            new Candidate("lightgbm", Parameters.of(Map.of("learning_rate", 0.05, "num_leaves", 31)));

    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("journal.millrace");
    }

    private List<Entry> write() {
        List<Entry> entries = new ArrayList<>(List.of(
                new Entry.SessionStarted("{\"trials\":3}"),
                new Entry.DataRead(100, "abc"),
                new Entry.TrialStarted(1, CANDIDATE),
                new Entry.FitStarted(1, 0)));
        try (Journal journal = Journal.create(file(), "about")) {
            entries.forEach(journal::append);
            Stored stored = journal.appendFit(1, 0, 250, 900, new byte[] {1, 2, 3});
            entries.add(new Entry.FitEnded(1, 0, 250, 900, stored));
            List<Entry> rest = List.of(
                    new Entry.TrialEnded(1, new Outcome.Scored(0.9, List.of(0.8, 1.0))),
                    new Entry.TrialEnded(2, new Outcome.Skipped("no")),
                    new Entry.TrialEnded(3, new Outcome.Failed("fold 1", "trace")),
                    new Entry.SessionEnded(1_000));
            rest.forEach(journal::append);
            entries.addAll(rest);
        }
        return entries;
    }

    @Test
    void recordsComeBackInOrder() {
        List<Entry> written = write();
        List<Entry> read = new ArrayList<>();

        try (Journal journal = Journal.open(file(), read::add)) {
            assertThat(journal.description()).isEqualTo("about");
            assertThat(read).isEqualTo(written);
            Entry.FitEnded fit = (Entry.FitEnded) read.get(4);
            assertThat(journal.read(fit.result())).containsExactly(1, 2, 3);
        }
    }

    @Test
    void aTornTailIsCutWhereverItIs() throws IOException {
        List<Entry> written = write();
        byte[] bytes = Files.readAllBytes(file());
        int shortest = 8 + 8 + 1 + "about".length();

        for (int length = shortest; length < bytes.length; length++) {
            Files.write(file(), Arrays.copyOf(bytes, length));
            List<Entry> read = new ArrayList<>();
            try (Journal journal = Journal.open(file(), read::add)) {
                assertThat(read).isEqualTo(written.subList(0, read.size()));
                journal.append(new Entry.SessionEnded(5));
            }
            List<Entry> again = new ArrayList<>();
            Journal.open(file(), again::add).close();
            assertThat(again).hasSize(read.size() + 1).endsWith(new Entry.SessionEnded(5));
        }
    }

    @Test
    void whatFollowsADamagedRecordIsCut() throws IOException {
        List<Entry> written = write();
        byte[] bytes = Files.readAllBytes(file());
        bytes[bytes.length - 2] ^= 1;
        Files.write(file(), bytes);

        List<Entry> read = new ArrayList<>();
        Journal.open(file(), read::add).close();

        assertThat(read).isEqualTo(written.subList(0, written.size() - 1));
    }

    @Test
    void aFileOfAnotherKindIsRefused() throws IOException {
        Files.writeString(file(), "a,b,c\n1,2,3\n", StandardCharsets.UTF_8);

        assertThatThrownBy(() -> Journal.open(file(), entry -> {}))
                .isInstanceOf(DataflowException.class)
                .hasMessage("NOT_AN_EXPERIMENT: Cannot resume from '" + file()
                        + "': it is not a journal: it does not begin like one");
    }

    @Test
    void aNewerJournalIsRefused() throws IOException {
        write();
        byte[] bytes = Files.readAllBytes(file());
        bytes[7] = 2;
        Files.write(file(), bytes);

        assertThatThrownBy(() -> Journal.description(file()))
                .isInstanceOf(DataflowException.class)
                .hasMessage("NOT_AN_EXPERIMENT: Cannot resume from '" + file()
                        + "': it is of version 2, and this Millrace reads up to 1\n  Install a newer Millrace");
    }

    @Test
    void anExistingJournalIsNotBegunAgain() {
        write();

        assertThatThrownBy(() -> Journal.create(file(), "other"))
                .isInstanceOf(DataflowException.class)
                .hasMessage("OUTPUT_EXISTS: Cannot begin an experiment: '" + file() + "' exists\n"
                        + "  Resume the experiment that it belongs to, or choose another directory");
    }

    @Test
    void oneRunAtATimeWorksOnAJournal() {
        write();

        try (Journal journal = Journal.open(file(), entry -> {})) {
            assertThat(journal.description()).isEqualTo("about");
            assertThatThrownBy(() -> Journal.open(file(), entry -> {}))
                    .isInstanceOf(DataflowException.class)
                    .hasMessage("IO_FAILED: Cannot work on '" + file() + "': another run is working on it");
        }
    }
}
