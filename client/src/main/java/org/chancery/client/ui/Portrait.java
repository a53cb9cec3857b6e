package org.chancery.client.ui;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.util.List;
import java.util.Locale;
import org.chancery.client.chat.Contact;
import org.chancery.client.chat.Trust;
import org.chancery.pki.name.Address;

/// A person without a picture: initials on a colour that belongs to the address, the same on every machine and every
/// day.
record Portrait(String initials, Color colour) {
    /// White initials read on each of them with a contrast of at least 4.5:1.
    static final List<Color> COLOURS = List.of(
            new Color(0x8b3fae),
            new Color(0x1f6fb2),
            new Color(0xb84f14),
            new Color(0x6f4fe8),
            new Color(0x0b6e5f),
            new Color(0xb3345f),
            new Color(0x5f6a12),
            new Color(0x4a5f78));

    static final Color REVOKED = new Color(0x68727c);

    /// `displayName` may be the address itself where the certificate names nobody.
    static Portrait of(Address address, String displayName) {
        int hash = address.value().hashCode(); // specified by the language, so stable between machines
        return new Portrait(initialsOf(displayName), COLOURS.get(Math.floorMod(hash ^ (hash >>> 15), COLOURS.size())));
    }

    /// Grey for somebody whose certificates are all revoked.
    static Portrait of(Contact contact) {
        Portrait portrait = of(contact.address(), contact.displayName());
        return contact.trust() == Trust.REVOKED ? new Portrait(portrait.initials, REVOKED) : portrait;
    }

    private static String initialsOf(String name) {
        String[] words = name.strip().split("[\\s._@-]+", -1);
        String first = firstLetter(words[0]);
        boolean person = name.contains(" ") && words.length > 1;
        return (person ? first + firstLetter(words[words.length - 1]) : first).toUpperCase(Locale.ROOT);
    }

    private static String firstLetter(String word) {
        return word.isEmpty() ? "" : word.substring(0, word.offsetByCodePoints(0, 1));
    }

    /// Draws a disc of `size` with its upper left corner at `x`, `y`.
    void paint(Graphics graphics, int x, int y, int size) {
        Graphics2D canvas = Canvas.of(graphics);
        try {
            canvas.setColor(colour);
            canvas.fill(new Ellipse2D.Double(x, y, size, size));
            Font font = Type.strong(Math.round(size * 0.37f));
            FontMetrics metrics = canvas.getFontMetrics(font);
            double capHeight = font.createGlyphVector(canvas.getFontRenderContext(), "H")
                    .getVisualBounds()
                    .getHeight();
            canvas.setFont(font);
            canvas.setColor(Color.WHITE);
            canvas.drawString(
                    initials, x + (size - metrics.stringWidth(initials)) / 2f, (float) (y + (size + capHeight) / 2));
        } finally {
            canvas.dispose();
        }
    }

    /// Draws whether the person is there, as a dot at the lower right of a disc of `size`, set off by a ring of
    /// `ground`.
    static void paintPresence(Graphics graphics, int x, int y, int size, boolean online, Color ground) {
        Graphics2D canvas = Canvas.of(graphics);
        try {
            double dot = Math.max(8, size * 0.22);
            double left = x + size - dot;
            double top = y + size - dot;
            canvas.setColor(ground);
            canvas.fill(new Ellipse2D.Double(left - 2, top - 2, dot + 4, dot + 4));
            if (online) {
                canvas.setColor(Tone.PRESENT.color());
                canvas.fill(new Ellipse2D.Double(left, top, dot, dot));
            } else {
                // a ring, so that absence is not told by colour alone
                canvas.setColor(Tone.ABSENT.color());
                canvas.setStroke(new BasicStroke(2f));
                canvas.draw(new Ellipse2D.Double(left + 1, top + 1, dot - 2, dot - 2));
            }
        } finally {
            canvas.dispose();
        }
    }
}
