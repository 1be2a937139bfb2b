package io.millrace.benchmarks;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The command that asks every question of every system in turns: {@code SideBySide [rows] [file for JSON] [without]},
 * ten million rows when not said; {@code without} leaves Spark out.
 */
public final class SideBySide {
    private static final int ROWS = 10_000_000;

    private SideBySide() {}

    /** Runs and prints. */
    public static void main(String[] args) throws Exception {
        int rows = args.length > 0 ? Integer.parseInt(args[0]) : ROWS;
        Path file = Path.of(args.length > 1 ? args[1] : "side-by-side.json");
        boolean withSpark = args.length < 3 || !args[2].equals("without");
        PairedRun runs = new PairedRun();
        for (Questions asked : List.of(new GroupByBenchmark(), new JoinBenchmark(), new SortBenchmark())) {
            try (Systems systems = new Systems(asked.tables(rows), withSpark)) {
                for (Questions.Question question : asked.questions(systems)) {
                    runs.time(question.name(), systems.sides(question.dataflow(), question.sql()));
                }
            }
        }
        Files.writeString(file, runs.json(), StandardCharsets.UTF_8);
    }
}
