package io.millrace.cli;

/** Says on standard error what people should know, unless they asked for quiet. */
record Notes(Surroundings surroundings, CommonArguments common) {
    /** Says one sentence, given without a capital and a full stop. */
    void say(String sentence) {
        if (!common.isQuiet()) {
            surroundings.err().println("note: " + sentence);
        }
    }
}
