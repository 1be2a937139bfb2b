package io.millrace.cli;

import io.millrace.dataflow.execution.Cancellation;
import java.lang.reflect.Constructor;
import picocli.CommandLine;

/** Makes the commands, and hands those that ask for it what they run in. */
record CommandFactory(Surroundings surroundings, Cancellation cancellation) implements CommandLine.IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == CommandFactory.class) {
                return type.cast(constructor.newInstance(this));
            }
        }
        return CommandLine.defaultFactory().create(type);
    }
}
