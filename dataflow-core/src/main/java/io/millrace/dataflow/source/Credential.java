package io.millrace.dataflow.source;

import java.util.Objects;

/** How a source is opened. A written plan holds at most the name of one. */
public sealed interface Credential {
    /** No credential: the address is public. */
    static Credential anonymous() {
        return new Anonymous();
    }

    /** A credential that the engine knows under {@code name}. */
    static Credential named(String name) {
        return new Named(name);
    }

    /** A signature held in memory only. A saved plan asks for it by {@link Sas#name}. */
    static Credential sas(String name, SasToken token) {
        return new Sas(name, token);
    }

    /** See {@link #anonymous}. */
    record Anonymous() implements Credential {}

    /** See {@link #named}. */
    record Named(String name) implements Credential {
        public Named {
            Objects.requireNonNull(name, "name");
        }
    }

    /**
     * See {@link #sas}. Two are equal when their names are: renewing a signature changes no plan.
     *
     * @param name what a saved plan calls it, {@code ACCOUNT-CONTAINER} for one that was pasted into an address
     */
    record Sas(String name, SasToken token) implements Credential {
        public Sas {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(token, "token");
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Sas sas && name.equals(sas.name);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }

        @Override
        public String toString() {
            return "Sas[name=" + name + "]";
        }
    }
}
