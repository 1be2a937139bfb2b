package io.millrace.dataflow.testing;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Engine;
import io.millrace.dataflow.table.CellError;

/** What the parts of {@link EngineContract} share. */
interface EngineFixture {
    /** The engine under test. The tests do not close it. */
    Engine engine();

    /** Runs a dataflow and asserts on its rows. */
    default TableAssert run(Dataflow dataflow) {
        return TableAssert.assertThat(dataflow.collect(engine()));
    }

    /** An error made of a row that a plan holds. */
    static CellError error(CellError.Code code, String text, long row, String step) {
        return new CellError(code, text, "", row, step);
    }
}
