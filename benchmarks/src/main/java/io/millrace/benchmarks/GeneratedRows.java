package io.millrace.benchmarks;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SplittableRandom;

/**
 * A CSV file of ten mixed columns, the same for the same number of rows: long, int, timestamp, quoted text, double with
 * 5 % nulls, int, boolean, text, double, and a label that depends on some of them. The quoted text holds a delimiter and
 * doubled quotes, and in some rows, where that is asked for, a line feed in place of a space.
 */
final class GeneratedRows {
    private static final long SEED = 20_240_301;
    private static final String[] REGIONS = {"north", "south", "east", "west", "centre", "coast", "hills", "islands"};
    private static final Instant START = Instant.parse("2020-01-01T00:00:00Z");

    private GeneratedRows() {}

    static void write(Path file, int rows) throws IOException {
        write(file, rows, 0);
    }

    /** With a line feed in the quoted text of so many rows of ten, in place of a space: as many bytes. */
    static void write(Path file, int rows, int linesOfTen) throws IOException {
        SplittableRandom random = new SplittableRandom(SEED);
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            out.write("id,quantity,at,comment,price,visits,member,region,weight,churned\n");
            for (int row = 0; row < rows; row++) {
                String region = REGIONS[random.nextInt(REGIONS.length)];
                int quantity = random.nextInt(1_000);
                boolean member = random.nextBoolean();
                double weight = random.nextDouble() * 100;
                double odds =
                        (member ? -1 : 0.5) + quantity / 1_000.0 + (region.equals("coast") ? 1 : 0) - weight / 100;
                boolean churned = random.nextDouble() < 1 / (1 + Math.exp(-odds));
                out.write((1_000_000_000L + row) + "," + quantity + ","
                        + START.plus(random.nextInt(100_000_000), ChronoUnit.SECONDS) + ",\"order"
                        + (row % 10 < linesOfTen ? '\n' : ' ') + row + ", \"\"gift\"\"\","
                        + (random.nextInt(20) == 0 ? "" : random.nextInt(1_000_000) / 100.0) + ","
                        + random.nextInt(50) + "," + member + "," + region + "," + weight + ","
                        + (churned ? "yes" : "no") + "\n");
            }
        }
    }
}
