package io.millrace.dataflow.kernel;

import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.table.CellError;
import io.millrace.dataflow.table.CellErrors;
import io.millrace.dataflow.table.Cells;
import io.millrace.dataflow.table.Positions;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.jspecify.annotations.Nullable;

/** What a kernel reads: columns and constants of one batch, and where the errors it makes are said to come from. */
final class Arguments {
    private final Cells[] cells;
    private final boolean[] constant;
    private final int rows;
    private final @Nullable Positions positions;
    private final String step;

    /**
     * @param constant which of the cells hold one row that stands for all
     * @param step the step in whose name errors are made
     */
    Arguments(Cells[] cells, boolean[] constant, int rows, @Nullable Positions positions, String step) {
        this.cells = cells;
        this.constant = constant;
        this.rows = rows;
        this.positions = positions;
        this.step = step;
    }

    /** The number of rows of the result. */
    int rows() {
        return rows;
    }

    /** The number of arguments. */
    int size() {
        return cells.length;
    }

    FieldVector vector(int argument) {
        return cells[argument].values();
    }

    DataType type(int argument) {
        return cells[argument].type();
    }

    /** Whether the argument has one row that stands for all. */
    boolean isConstant(int argument) {
        return constant[argument];
    }

    /** The row of the argument's vector that belongs to a row of the batch. */
    int row(int argument, int row) {
        return constant[argument] ? 0 : row;
    }

    /** The value of an int64 argument in a row where it has one. */
    long int64(int argument, int row) {
        return ((BigIntVector) cells[argument].values()).get(row(argument, row));
    }

    /** The value of a float64 argument in a row where it has one. */
    double float64(int argument, int row) {
        return ((Float8Vector) cells[argument].values()).get(row(argument, row));
    }

    /** The value of a text argument in a row where it has one. */
    String string(int argument, int row) {
        return new String(((VarCharVector) cells[argument].values()).get(row(argument, row)), StandardCharsets.UTF_8);
    }

    /** Whether the argument is null or an error in that row. */
    boolean isAbsent(int argument, int row) {
        return cells[argument].values().isNull(row(argument, row));
    }

    /** Whether every argument has a value in that row. */
    boolean arePresent(int row) {
        for (int argument = 0; argument < cells.length; argument++) {
            if (isAbsent(argument, row)) {
                return false;
            }
        }
        return true;
    }

    /** The error of the argument in that row, or empty. */
    Optional<CellError> error(int argument, int row) {
        return cells[argument].errors().at(row(argument, row));
    }

    /** Whether some argument has an error in some row. */
    boolean haveErrors() {
        for (Cells each : cells) {
            if (!each.errors().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** The errors of the arguments; in a row where several have one, that of the first. */
    CellErrors errors() {
        CellErrors all = CellErrors.none();
        for (Cells each : cells) {
            all = all.or(each.errors());
        }
        return all;
    }

    /**
     * Where the rows came from.
     *
     * @throws IllegalStateException when that is not known
     */
    Positions positions() {
        if (positions == null) {
            throw new IllegalStateException("rows of " + step + " have lost their positions");
        }
        return positions;
    }

    /** The value of an argument as messages show it. */
    String text(int argument, int row) {
        return CellText.format(type(argument), vector(argument), row(argument, row));
    }

    /** An error made in that row. */
    CellError failure(CellError.Code code, String text, int row) {
        return positions == null
                ? new CellError(code, text, "", 0, step)
                : new CellError(code, text, positions.file(row), positions.record(row), step);
    }
}
