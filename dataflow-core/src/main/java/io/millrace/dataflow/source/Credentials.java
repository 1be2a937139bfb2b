package io.millrace.dataflow.source;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.error.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The signatures that an engine knows, by name. Immutable; prints names only. */
public final class Credentials {
    private final Map<String, SasToken> tokens;

    private Credentials(Map<String, SasToken> tokens) {
        this.tokens = tokens;
    }

    /** No signatures. */
    public static Credentials none() {
        return new Credentials(Map.of());
    }

    /** These and one more; a later one of the same name wins. */
    public Credentials with(String name, SasToken token) {
        Map<String, SasToken> extended = new TreeMap<>(tokens);
        extended.put(name, token);
        return new Credentials(extended);
    }

    /** The names known, in order. */
    public Set<String> names() {
        return tokens.keySet();
    }

    /**
     * The signature to send for {@code credential}; empty for an anonymous one. A named one known here goes before the
     * signature that a {@link Credential.Sas} of the same name carries, so that a renewed one is used.
     *
     * @throws DataflowException {@code UNKNOWN_CREDENTIAL}
     */
    public Optional<SasToken> resolve(Credential credential) {
        if (credential instanceof Credential.Anonymous) {
            return Optional.empty();
        }
        if (credential instanceof Credential.Sas sas) {
            return Optional.of(tokens.getOrDefault(sas.name(), sas.token()));
        }
        String name = ((Credential.Named) credential).name();
        SasToken token = tokens.get(name);
        if (token == null) {
            List<String> details = new ArrayList<>(Suggestion.lines(name, "Credentials known", tokens.keySet()));
            details.add("Pass it with --credential " + name + "=ENVIRONMENT_VARIABLE, or with engine.credential(\""
                    + name + "\", token)");
            throw DataflowException.of(ErrorCode.UNKNOWN_CREDENTIAL, "Cannot find credential '" + name + "'", details);
        }
        return Optional.of(token);
    }

    @Override
    public String toString() {
        return "Credentials" + tokens.keySet();
    }
}
