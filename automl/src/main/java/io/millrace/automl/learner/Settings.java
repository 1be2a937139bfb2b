package io.millrace.automl.learner;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The parameters that a learner hands to a native library under the same names, with the values each may have. */
final class Settings {
    private interface Check {
        /** Throws unless the parameter of that name is as it must be. */
        void accept(Parameters parameters, String name);
    }

    private final Map<String, Check> checks = new LinkedHashMap<>();

    Settings number(String name, double least, double most) {
        checks.put(name, (parameters, key) -> parameters.number(key, least, least, most));
        return this;
    }

    Settings integer(String name, int least, int most) {
        checks.put(name, (parameters, key) -> parameters.integer(key, least, least, most));
        return this;
    }

    Settings flag(String name) {
        checks.put(name, (parameters, key) -> parameters.flag(key, false));
        return this;
    }

    Settings oneOf(String name, String... texts) {
        Set<String> known = Set.of(texts);
        checks.put(name, (parameters, key) -> {
            String text = parameters.text(key, texts[0]);
            if (!known.contains(text)) {
                throw new IllegalArgumentException(
                        "Cannot set '" + key + "' to '" + text + "': it must be one of " + String.join(", ", texts));
            }
        });
        return this;
    }

    Set<String> names() {
        return checks.keySet();
    }

    /**
     * The parameters of those names that are set, checked, as the library reads them.
     *
     * @throws IllegalArgumentException if one has an impossible value
     */
    Map<String, String> of(Parameters parameters) {
        Map<String, String> texts = new LinkedHashMap<>();
        parameters.values().forEach((name, value) -> {
            Check check = checks.get(name);
            if (check != null) {
                check.accept(parameters, name);
                texts.put(name, String.valueOf(value));
            }
        });
        return texts;
    }
}
