package example;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A page of documentation, to be compared with the program it shows. */
final class GuidePage {
    private static final Pattern BLOCK = Pattern.compile("```(\\w*)\n(.*?)\n?```", Pattern.DOTALL);

    private final String text;

    private GuidePage(String text) {
        this.text = text;
    }

    /** The page of this name in {@code docs/guides}. */
    static GuidePage read(String name) throws IOException {
        return new GuidePage(Files.readString(Path.of("../docs/guides", name)));
    }

    /** The blocks of a language, in order, without the end of their last line. */
    List<String> blocks(String language) {
        return BLOCK.matcher(text)
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }

    /** A program without white space, so that it may be indented and broken as its formatter likes. */
    static String squeezed(String code) {
        return code.replaceAll("\\s+", "");
    }

    /** See {@link #squeezed(String)}. */
    static String squeezed(Path program) throws IOException {
        return squeezed(Files.readString(program));
    }
}
