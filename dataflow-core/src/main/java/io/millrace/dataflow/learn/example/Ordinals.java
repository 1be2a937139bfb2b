package io.millrace.dataflow.learn.example;

import java.util.List;

/** How one of several is called. */
final class Ordinals {
    private static final List<String> NAMES = List.of("first", "second", "third", "fourth", "fifth", "sixth");

    private Ordinals() {}

    /** The thing of a number from 1 to 6, or from -1 to -3 counted from the end. */
    static String words(int number, String thing) {
        if (number > 0) {
            return "the " + NAMES.get(number - 1) + " " + thing;
        }
        return "the last " + thing + (number == -1 ? "" : number == -2 ? " but one" : " but two");
    }
}
