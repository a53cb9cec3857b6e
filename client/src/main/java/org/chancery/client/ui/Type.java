package org.chancery.client.ui;

import java.awt.Font;
import java.awt.font.TextAttribute;
import java.util.Map;
import java.util.Objects;
import javax.swing.UIManager;

/// The type scale: few sizes, two weights of Inter, one fixed-width face for what is compared letter by letter.
enum Type {
    TEXT(14f, false),
    STRONG(14f, true),
    TITLE(16f, true),
    PREVIEW(13f, false),
    PREVIEW_STRONG(13f, true),
    SMALL(12f, false),
    TINY(11f, false),
    TINY_STRONG(11f, true),
    SECTION(11f, true),
    FIXED(13f, false);

    private final float size;
    private final boolean strong;

    Type(float size, boolean strong) {
        this.size = size;
        this.strong = strong;
    }

    /// From the look and feel's own fonts, which carry a fallback for letters Inter does not have.
    Font font() {
        return switch (this) {
            case FIXED -> new Font(Font.MONOSPACED, Font.PLAIN, (int) size);
            case SECTION -> sized().deriveFont(Map.of(TextAttribute.TRACKING, 0.05f));
            default -> sized();
        };
    }

    private Font sized() {
        String key = strong ? "semibold.font" : "defaultFont";
        return Objects.requireNonNull(UIManager.getFont(key), key).deriveFont(size);
    }

    /// The same face in another size, for initials in an avatar.
    static Font strong(float size) {
        return STRONG.font().deriveFont(size);
    }
}
