package org.chancery.pki.name;

/// Text that ends on a screen beside other text.
final class DisplayText {
    private DisplayText() {}

    /// Refuses what could pass for other text: controls, line ends, unpaired surrogates, and the marks that turn the
    /// direction of what follows them. U+FFFD stands where a decoder could not read, so nobody is called that.
    static String check(String what, String text, int maxCharacters) throws MalformedNameException {
        int length = text.codePointCount(0, text.length());
        if (length > maxCharacters) {
            throw new MalformedNameException(
                    NameFailure.TOO_LONG, "%s of %d characters, at most %d".formatted(what, length, maxCharacters));
        }
        if (text.isBlank() || !text.equals(text.strip()) || !text.codePoints().allMatch(DisplayText::isShown)) {
            throw new MalformedNameException(NameFailure.MALFORMED, what + " is blank, padded or not printable");
        }
        return text;
    }

    private static boolean isShown(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            // Joiners belong to names and emoji; direction overrides and isolates do not.
            case Character.FORMAT -> codePoint == 0x200c || codePoint == 0x200d;
            default -> codePoint != 0xfffd;
        };
    }
}
