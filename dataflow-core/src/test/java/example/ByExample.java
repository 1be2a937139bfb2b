package example;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Engine;
import io.millrace.dataflow.learn.ColumnTypes;
import io.millrace.dataflow.learn.DerivedColumn;
import io.millrace.dataflow.learn.DerivedColumnBuilder;
import io.millrace.dataflow.learn.Learn;
import io.millrace.dataflow.learn.SplitColumn;

/** The program of {@code docs/guides/by-example.md}. */
final class ByExample {
    private ByExample() {}

    static ColumnTypes types(Dataflow people, Engine engine) {
        return Learn.from(people).columnTypes().learn(engine);
    }

    static DerivedColumn initials(Dataflow people, Engine engine) {
        return Learn.from(people)
                .column("initials")
                .from("name")
                .example("Ada Lovelace", "A.L.")
                .learn(engine);
    }

    static DerivedColumn clearInitials(Dataflow people, Engine engine) {
        return Learn.from(people)
                .column("initials")
                .from("name")
                .example("Ada Lovelace", "A.L.")
                .example("Grace Brewster Hopper", "G.H.")
                .learn(engine);
    }

    static DerivedColumn birthdays(Dataflow people, Engine engine) {
        return Learn.from(people)
                .column("birthday")
                .from("born")
                .example("10/12/1815", "10 December")
                .learn(engine);
    }

    static SplitColumn addresses(Dataflow people, Engine engine) {
        return Learn.from(people)
                .split("address")
                .example("12 St James Sq, London", "12", "St James Sq", "London")
                .into("number", "street", "city")
                .learn(engine);
    }

    static Dataflow all(Dataflow people, Engine engine) {
        return people.apply(clearInitials(people, engine).toRecipe())
                .apply(birthdays(people, engine).toRecipe())
                .apply(addresses(people, engine).toRecipe())
                .select("initials", "birthday", "number", "street", "city");
    }

    static DerivedColumnBuilder contradicting(Dataflow people) {
        return Learn.from(people)
                .column("x")
                .from("name")
                .example("Ada Lovelace", "Ada")
                .example("Alan Turing", "Turing");
    }
}
