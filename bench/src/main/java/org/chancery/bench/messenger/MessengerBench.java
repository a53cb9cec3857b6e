package org.chancery.bench.messenger;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Measures, and prints Markdown.
public final class MessengerBench {
    private static final int LETTERS = 10_000;
    private static final int RUNS = 5;

    private MessengerBench() {}

    /// `[--quick] catchup`, in the project's directory.
    public static void main(String[] arguments) throws Exception {
        List<String> words = new ArrayList<>(List.of(arguments));
        boolean quick = words.remove("--quick");
        Path home = Path.of("").toAbsolutePath();
        System.out.print(CatchUp.measure(home, quick ? LETTERS / 10 : LETTERS, quick ? 1 : RUNS));
        System.exit(0);
    }
}
