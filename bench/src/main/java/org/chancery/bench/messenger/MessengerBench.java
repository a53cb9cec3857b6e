package org.chancery.bench.messenger;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Measures, prints Markdown, and writes the page.
public final class MessengerBench {
    private static final String CATCH_UP = "catchup";
    private static final String UPLOAD = "upload";

    private static final int LETTERS = 10_000;
    private static final int RUNS = 3;
    private static final int PEOPLE = 350;

    private MessengerBench() {}

    /// `[--quick] [--page FILE] [catchup] [upload]`, in the project's directory; both where none is named.
    public static void main(String[] arguments) throws Exception {
        List<String> words = new ArrayList<>(List.of(arguments));
        boolean quick = words.remove("--quick");
        Path page = null;
        int at = words.indexOf("--page");
        if (at >= 0) {
            page = Path.of(words.remove(at + 1));
            words.remove(at);
        }
        run(words.isEmpty() ? List.of(CATCH_UP, UPLOAD) : words, quick, page);
        System.exit(0); // relays have ended; threads of a messenger may not have
    }

    private static void run(List<String> wanted, boolean quick, @Nullable Path page) throws Exception {
        Path home = Path.of("").toAbsolutePath();
        List<String> parts = new ArrayList<>();
        for (String part : wanted) {
            parts.add(
                    switch (part) {
                        case CATCH_UP -> CatchUp.measure(home, quick ? LETTERS / 10 : LETTERS, quick ? 1 : RUNS);
                        case UPLOAD -> Upload.measure(home, quick ? PEOPLE / 10 : PEOPLE);
                        default -> throw new IllegalArgumentException("there are catchup and upload, not " + part);
                    });
        }
        String text =
                """
                # Whole messengers at a relay

                Written by `bin/bench messenger`; what it means is in [performance.md](performance.md). Messengers and relay are processes of their
                own on one machine of %d processors, with stores and log on its disk; Java %s.

                """.formatted(Runtime.getRuntime().availableProcessors(), Runtime.version()) + String.join("\n", parts);
        System.out.print(text);
        if (page != null) {
            Files.writeString(page, text);
        }
    }
}
