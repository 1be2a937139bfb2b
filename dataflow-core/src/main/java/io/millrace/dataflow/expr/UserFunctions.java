package io.millrace.dataflow.expr;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The user functions that this process knows by name: those registered, and those of every {@link UserFunctionProvider}
 * on the class path. Thread-safe.
 */
public final class UserFunctions {
    private static final Map<String, UserFunction> REGISTERED = new ConcurrentHashMap<>();
    private static final Map<String, WeakReference<UserFunction>> CARRIED = new ConcurrentHashMap<>();

    private UserFunctions() {}

    /** The providers are asked once, when somebody first needs them. */
    private static final class Provided {
        static {
            for (UserFunctionProvider provider : ServiceLoader.load(UserFunctionProvider.class)) {
                provider.functions().forEach(function -> REGISTERED.putIfAbsent(function.name(), function));
            }
        }

        static Map<String, UserFunction> all() {
            return REGISTERED;
        }
    }

    /**
     * Makes a function known by its name; a plan that uses it can be saved, and opened where a function of that name is
     * registered.
     *
     * @throws DataflowException {@code INVALID_ARGUMENT} when another function has the name
     */
    public static void register(UserFunction function) {
        UserFunction known = Provided.all().putIfAbsent(function.name(), function);
        if (known != null && !known.equals(function)) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    "Cannot register user function '" + function.name() + "': another has that name",
                    "Give it another name, or register it once");
        }
    }

    /** The function registered under a name, or empty. */
    public static Optional<UserFunction> named(String name) {
        return Optional.ofNullable(Provided.all().get(name));
    }

    /** The names of all registered functions, in order. */
    public static List<String> names() {
        return List.copyOf(new TreeSet<>(Provided.all().keySet()));
    }

    /** Whether this very function is registered. */
    public static boolean isRegistered(UserFunction function) {
        return function.equals(Provided.all().get(function.name()));
    }

    /** Makes a function that came with a task known by its identity, for as long as the task holds it. */
    public static void carry(UserFunction function) {
        CARRIED.values().removeIf(reference -> reference.get() == null);
        CARRIED.put(function.identity(), new WeakReference<>(function));
    }

    /** A function that came with a task, or empty. */
    public static Optional<UserFunction> carried(String identity) {
        return Optional.ofNullable(CARRIED.get(identity)).map(WeakReference::get);
    }
}
