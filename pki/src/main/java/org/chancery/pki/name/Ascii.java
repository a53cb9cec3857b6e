package org.chancery.pki.name;

/// ASCII only, checked before folding: `toLowerCase` would turn the Kelvin sign (U+212A) into a `k`.
final class Ascii {
    private Ascii() {}

    static boolean isPrintable(String text) {
        return text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    /// The text with A-Z folded and nothing else touched.
    static String lowerCase(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            folded.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
        }
        return folded.toString();
    }
}
