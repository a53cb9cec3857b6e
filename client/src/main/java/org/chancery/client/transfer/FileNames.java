package org.chancery.client.transfer;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/// Names of files that others have chosen, made into names that do no harm: no path, nothing that a terminal or a file
/// system takes for more than a letter, nothing hidden, nothing that turns text around.
public final class FileNames {
    /// File systems take 255; there is room for a number or a suffix.
    private static final int MAX_OCTETS = 200;

    /// An ending that is kept where a name is cut.
    private static final int MAX_ENDING = 16;

    private static final String NOT_IN_NAMES = "<>:\"/\\|?*";
    private static final String NAMELESS = "file";

    /// Devices, on Windows, whatever their ending.
    private static final Set<String> RESERVED = Set.of(
            "con", "prn", "aux", "nul", "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
            "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "conin$", "conout$");

    private FileNames() {}

    /// A name to write a file under, whatever the text.
    public static String safe(String name) {
        StringBuilder safe = new StringBuilder();
        Normalizer.normalize(lastSegment(name), Normalizer.Form.NFC)
                .codePoints()
                .forEach(point -> safe.appendCodePoint(isHarmless(point) ? point : '_'));
        String cut = cut(trimmed(safe.toString()));
        int dot = cut.indexOf('.');
        String stem = (dot < 0 ? cut : cut.substring(0, dot)).strip().toLowerCase(Locale.ROOT);
        if (cut.isEmpty()) {
            return NAMELESS;
        }
        return RESERVED.contains(stem) ? "_" + cut : cut;
    }

    private static String lastSegment(String name) {
        return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    }

    private static boolean isHarmless(int point) {
        return switch (Character.getType(point)) {
            // Cf is what turns text around or is not seen; Co and Cn show as anything.
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> point == ' ';
            default -> NOT_IN_NAMES.indexOf(point) < 0;
        };
    }

    /// Not hidden, no option of a command, and with an end that is seen.
    private static String trimmed(String name) {
        int from = 0;
        while (from < name.length() && ". -~".indexOf(name.charAt(from)) >= 0) {
            from++;
        }
        int to = name.length();
        while (to > from && ". ".indexOf(name.charAt(to - 1)) >= 0) {
            to--;
        }
        return name.substring(from, to);
    }

    private static String cut(String name) {
        if (octets(name) <= MAX_OCTETS) {
            return name;
        }
        int dot = name.lastIndexOf('.');
        String ending = dot > 0 && octets(name.substring(dot)) <= MAX_ENDING ? name.substring(dot) : "";
        StringBuilder cut = new StringBuilder();
        int left = MAX_OCTETS - octets(ending);
        for (int at = 0; at < name.length(); at = name.offsetByCodePoints(at, 1)) {
            String point = Character.toString(name.codePointAt(at));
            left -= octets(point);
            if (left < 0) {
                break;
            }
            cut.append(point);
        }
        return trimmed(cut.toString()) + ending;
    }

    private static int octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
