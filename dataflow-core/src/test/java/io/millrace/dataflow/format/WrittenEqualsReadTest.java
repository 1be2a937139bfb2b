package io.millrace.dataflow.format;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.local.LocalEngine;
import io.millrace.dataflow.output.Output;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.JsonLinesOptions;
import io.millrace.dataflow.testing.NestedRows;
import io.millrace.dataflow.testing.WrittenRows;
import java.io.IOException;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Rows that are written and read with the same columns are the same rows, in every format that can be written. */
class WrittenEqualsReadTest {
    private final LocalEngine engine = LocalEngine.create();

    @Property(tries = 150, seed = "11")
    void inJsonLines(@ForAll("nested") NestedRows rows) throws IOException {
        WrittenRows.assertReadAgain(
                rows,
                Output::jsonLines,
                path -> Dataflow.read(path, JsonLinesOptions.defaults().schema(rows.schema())),
                engine);
    }

    @Property(tries = 150, seed = "12")
    void inArrow(@ForAll("nested") NestedRows rows) throws IOException {
        WrittenRows.assertReadAgain(rows, Output::arrow, Dataflow::readArrow, engine);
    }

    @Property(tries = 150, seed = "13")
    void inCsv(@ForAll("flat") NestedRows rows) throws IOException {
        WrittenRows.assertReadAgain(
                rows,
                Output::csv,
                path -> Dataflow.read(path, CsvOptions.defaults().schema(rows.schema())),
                engine);
    }

    @Provide
    Arbitrary<NestedRows> nested() {
        return NestedRows.any();
    }

    @Provide
    Arbitrary<NestedRows> flat() {
        return NestedRows.flat();
    }
}
