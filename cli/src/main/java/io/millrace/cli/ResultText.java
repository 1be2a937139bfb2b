package io.millrace.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.automl.Result;
import io.millrace.automl.trial.Leaderboard;
import java.io.PrintStream;
import java.nio.file.Path;

/** What an experiment prints when it ends. */
final class ResultText {
    private ResultText() {}

    /** Prints the leaderboard and the files written, for people or as one JSON document. */
    static void print(PrintStream out, Result result, CommonArguments common) {
        if (common.isJson()) {
            Json.print(out, document(result));
            return;
        }
        out.println(result.leaderboard().toString().stripTrailing());
        out.println();
        out.println("Wrote");
        for (Path file : result.files()) {
            out.println("  " + file);
        }
        out.flush();
    }

    private static ObjectNode document(Result result) {
        Leaderboard leaderboard = result.leaderboard();
        ObjectNode document = Json.object()
                .put("target", leaderboard.summary().task().target())
                .put("task", leaderboard.summary().task().text())
                .put("metric", leaderboard.summary().metric().text());
        leaderboard.ranked().stream().findFirst().ifPresent(best -> document.put("score", best.score()));
        document.put("cancelled", result.isCancelled());
        ObjectNode files = document.putObject("files");
        for (Path file : result.files()) {
            String name = file.getFileName().toString();
            files.put(name.substring(0, name.indexOf('.')), file.toString());
        }
        try {
            document.set("leaderboard", new ObjectMapper().readTree(leaderboard.toJson()));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a leaderboard is written as JSON", impossible);
        }
        return document;
    }
}
