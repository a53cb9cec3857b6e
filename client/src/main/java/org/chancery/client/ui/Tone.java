package org.chancery.client.ui;

import com.formdev.flatlaf.FlatLaf;
import java.awt.Color;

/// A colour by what it means, in the light theme and in the dark one.
///
/// Text tones keep a contrast of 4.5:1 (WCAG AA) on every ground they are used on; a test computes it.
enum Tone {
    GROUND(0xffffff, 0x14181c),
    SIDE(0xf4f6f8, 0x1a1f24),
    LINE(0xe3e7eb, 0x2a3138),
    INK(0x16202a, 0xe6ebef),
    DIM(0x56626d, 0x9aa6b1),
    FAINT(0x66717c, 0x8b97a1),
    ACCENT(0x0b6e5f, 0x5cc7b2),
    ON_ACCENT(0xffffff, 0x14181c),
    ACCENT_GROUND(0xe3f3ef, 0x12332e),
    MINE(0xdff1ec, 0x17392f),
    THEIRS(0xf1f4f7, 0x20272e),
    SELECTED(0xe2ecea, 0x22302f),
    MARKED(0xa8d8cc, 0x2d6357),
    WARN(0x8a5000, 0xf0b860),
    WARN_GROUND(0xfff4e0, 0x33270f),
    BAD(0xb3261e, 0xff8a80),
    BAD_GROUND(0xfdecea, 0x3a1d1b),
    PRESENT(0x2e9e6b, 0x2e9e6b),
    ABSENT(0x98a3ae, 0x6d7983);

    private final Color light;
    private final Color dark;

    Tone(int light, int dark) {
        this.light = new Color(light);
        this.dark = new Color(dark);
    }

    /// In the theme that is installed now.
    Color color() {
        return in(FlatLaf.isLafDark());
    }

    Color in(boolean darkTheme) {
        return darkTheme ? dark : light;
    }

    /// `#rrggbb`, the way FlatLaf's defaults are written.
    String css(boolean darkTheme) {
        return "#%06x".formatted(in(darkTheme).getRGB() & 0xffffff);
    }
}
