package io.millrace.dataflow.spark;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.expr.RowFunction;
import io.millrace.dataflow.expr.UserFunction;
import io.millrace.dataflow.expr.UserFunctions;
import io.millrace.dataflow.kernel.RowProgram;
import io.millrace.dataflow.schema.DataTypes;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** The user functions that travel with a task, as executors know them by no name. */
final class CarriedFunctions {
    private CarriedFunctions() {}

    /**
     * The functions of a program that are not registered.
     *
     * @throws DataflowException {@code UNSUPPORTED_BY_ENGINE} for one that cannot be sent
     */
    static List<Carried> of(RowProgram program) {
        List<Carried> carried = new ArrayList<>();
        for (UserFunction function : program.userFunctions()) {
            if (!UserFunctions.isRegistered(function)) {
                requireSerializable(function);
                carried.add(
                        new Carried(function.name(), function.type().toString(), function.body(), function.identity()));
            }
        }
        return carried;
    }

    /** What travels of a function. */
    record Carried(String name, String type, RowFunction body, String identity) implements Serializable {
        /** Makes the function known where the task runs, and gives it, to be held while the program is read. */
        UserFunction unpack() {
            UserFunction function = UserFunction.received(name, DataTypes.parse(type), body, identity);
            UserFunctions.carry(function);
            return function;
        }
    }

    private static void requireSerializable(UserFunction function) {
        try (ObjectOutputStream out = new ObjectOutputStream(OutputStream.nullOutputStream())) {
            out.writeObject(function.body());
        } catch (NotSerializableException holder) {
            throw DataflowException.of(
                            ErrorCode.UNSUPPORTED_BY_ENGINE,
                            "Cannot send user function '" + function.name() + "' to Spark's executors: it holds a "
                                    + holder.getMessage() + ", which is not serializable",
                            "Let its lambda use nothing but its row and serializable values, or register it by name on"
                                    + " every executor with a UserFunctionProvider")
                    .causedBy(holder);
        } catch (IOException failed) {
            throw DataflowException.of(
                            ErrorCode.UNSUPPORTED_BY_ENGINE,
                            "Cannot send user function '" + function.name() + "' to Spark's executors: "
                                    + failed.getMessage())
                    .causedBy(failed);
        }
    }
}
