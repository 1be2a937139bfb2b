package io.millrace.benchmarks;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The command that asks every question of every system in turns: {@code SideBySide [rows] [file for JSON] [word...]},
 * ten million rows when not said. The words {@code groups}, {@code joins}, {@code sorts}, {@code csv}, {@code csvspark}, {@code profile},
 * {@code memory} and {@code planning} choose works, all of them when none is said; {@code without} leaves Spark out. Prints a line a
 * work, and in the end all of them as a table.
 */
public final class SideBySide {
    private static final int ROWS = 10_000_000;
    private static final String WITHOUT = "without";

    private SideBySide() {}

    /** Some works, timed. */
    @FunctionalInterface
    interface Works {
        void time(PairedRun runs, int rows, boolean withSpark) throws Exception;
    }

    /** Runs and prints. */
    public static void main(String[] args) throws Exception {
        int rows = args.length > 0 ? Integer.parseInt(args[0]) : ROWS;
        Path file = Path.of(args.length > 1 ? args[1] : "side-by-side.json");
        List<String> words = List.of(args).subList(Math.min(2, args.length), args.length);
        boolean all = words.stream().allMatch(WITHOUT::equals);
        Map<String, Works> works = works();
        for (String word : words) {
            if (!works.containsKey(word) && !word.equals(WITHOUT)) {
                throw new IllegalArgumentException("no work '" + word + "'; there are " + works.keySet());
            }
        }
        PairedRun runs = new PairedRun();
        for (Map.Entry<String, Works> work : works.entrySet()) {
            if (all || words.contains(work.getKey())) {
                work.getValue().time(runs, rows, !words.contains(WITHOUT));
            }
        }
        System.out.println(runs.table());
        Files.writeString(file, runs.json(), StandardCharsets.UTF_8);
    }

    private static Map<String, Works> works() {
        Map<String, Works> works = new LinkedHashMap<>();
        // First, for it is told how long it takes in a new process.
        works.put("planning", new Planning());
        works.put("groups", asking(new GroupByBenchmark(), PairedRun.Times.USUAL));
        works.put("joins", asking(new JoinBenchmark(), PairedRun.Times.FEW));
        works.put("sorts", asking(new SortBenchmark(), PairedRun.Times.FEW));
        works.put("csv", new CsvBeside());
        works.put("csvspark", new CsvOnSpark());
        works.put("profile", new ProfileBeside());
        works.put("memory", new TightMemory());
        return works;
    }

    private static Works asking(Questions asked, PairedRun.Times often) {
        return (runs, rows, withSpark) -> {
            try (Systems systems = new Systems(asked.tables(rows), withSpark)) {
                for (Questions.Question question : asked.questions(systems)) {
                    runs.time(question.name(), systems.sides(question.dataflow(), question.sql()), often);
                }
            }
        };
    }
}
