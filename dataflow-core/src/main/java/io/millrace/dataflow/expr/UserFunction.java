package io.millrace.dataflow.expr;

import io.millrace.dataflow.schema.DataType;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A function of a row that a user wrote in Java, for {@link Expr#user}. An exception, or a value that is not of the type,
 * is an error value with the name of the function and the message. It is called once or more for each row, on several
 * threads, and must always give the same for the same.
 *
 * <p>A dataflow that uses it can be saved when it is registered, see {@link UserFunctions}. On Spark a registered
 * function is found by its name on every executor; one that is not registered travels with the task, for which its body
 * must be serializable: it may hold serializable values only.
 */
public final class UserFunction {
    private final String name;
    private final DataType type;
    private final RowFunction body;
    private final String identity;

    private UserFunction(String name, DataType type, RowFunction body, String identity) {
        this.identity = Objects.requireNonNull(identity, "identity");
        this.name = Objects.requireNonNull(name, "name");
        this.type = Objects.requireNonNull(type, "type");
        this.body = Objects.requireNonNull(body, "body");
    }

    /**
     * A function.
     *
     * @param name how messages and saved plans name it
     * @param type the type of what it gives
     * @throws IllegalArgumentException for a blank name
     */
    public static UserFunction of(String name, DataType type, RowFunction body) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a user function needs a name");
        }
        return new UserFunction(name, type, body, UUID.randomUUID().toString());
    }

    /**
     * A function that came from another process.
     *
     * @param identity the identity it has there
     */
    public static UserFunction received(String name, DataType type, RowFunction body, String identity) {
        return new UserFunction(name, type, body, identity);
    }

    /** The name. */
    public String name() {
        return name;
    }

    /** The type of what it gives. */
    public DataType type() {
        return type;
    }

    /** What it does. */
    public RowFunction body() {
        return body;
    }

    /** Tells it from every other one, also in other processes it is sent to. */
    public String identity() {
        return identity;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof UserFunction function && identity.equals(function.identity);
    }

    @Override
    public int hashCode() {
        return identity.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
