package org.chancery.client.ui;

import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Toolkit;
import java.awt.font.FontRenderContext;
import java.util.Map;

/// A graphics context for shapes and text drawn by hand: smooth edges, the desktop's own text smoothing where it names
/// one.
final class Canvas {
    /// What text is measured for outside of painting: smoothed, and spaced in whole pixels like the text of Swing's own
    /// components.
    static final FontRenderContext TEXT = new FontRenderContext(
            null, RenderingHints.VALUE_TEXT_ANTIALIAS_ON, RenderingHints.VALUE_FRACTIONALMETRICS_OFF);

    private Canvas() {}

    /// A copy to draw with; the caller disposes of it.
    static Graphics2D of(Graphics graphics) {
        Graphics2D canvas = (Graphics2D) graphics.create();
        canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        canvas.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        canvas.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        if (Toolkit.getDefaultToolkit().getDesktopProperty("awt.font.desktophints") instanceof Map<?, ?> hints) {
            canvas.addRenderingHints(hints);
        }
        return canvas;
    }

    /// `words`, or as much of them as `width` holds and an ellipsis.
    static String fit(FontMetrics metrics, String words, int width) {
        if (metrics.stringWidth(words) <= width) {
            return words;
        }
        int room = width - metrics.stringWidth("…");
        int end = 0;
        int used = 0;
        while (end < words.length()) {
            int next = words.offsetByCodePoints(end, 1);
            used += metrics.stringWidth(words.substring(end, next));
            if (used > room) {
                break;
            }
            end = next;
        }
        return words.substring(0, end).stripTrailing() + "…";
    }
}
