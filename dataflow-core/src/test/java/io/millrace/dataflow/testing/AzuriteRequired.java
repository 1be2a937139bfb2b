package io.millrace.dataflow.testing;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests an {@link AzuriteServer} as a parameter, one for the whole run. Where there is no Azurite the tests are
 * skipped and one line says how to get it; with {@code MILLRACE_AZURITE_REQUIRED=true} they fail instead.
 */
public final class AzuriteRequired implements ExecutionCondition, ParameterResolver {
    static final String HOW_TO_GET = "Azurite tests skipped: install Node 20 and run"
            + " npm install --prefix ~/.cache/millrace/azurite azurite@3.35.0";

    private static final AtomicBoolean SAID = new AtomicBoolean();

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (AzuriteServer.executable().isPresent()) {
            return ConditionEvaluationResult.enabled("Azurite is installed");
        }
        if (Boolean.parseBoolean(System.getenv("MILLRACE_AZURITE_REQUIRED"))) {
            throw new IllegalStateException("MILLRACE_AZURITE_REQUIRED is set, and there is no Azurite; " + HOW_TO_GET);
        }
        if (SAID.compareAndSet(false, true)) {
            System.out.println(HOW_TO_GET);
        }
        return ConditionEvaluationResult.disabled(HOW_TO_GET);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == AzuriteServer.class;
    }

    @Override
    public AzuriteServer resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(AzuriteServer.class))
                .getOrComputeIfAbsent(AzuriteServer.class, key -> AzuriteServer.start(), AzuriteServer.class);
    }
}
