package org.chancery.client.ui;

import java.awt.Graphics2D;
import java.awt.geom.RoundRectangle2D;

/// A note, centred on a ground of its own.
final class NoteBox implements LineBox {
    private static final int GAP = 10;
    private static final int PADDING = 12;
    private static final int PADDING_ABOVE = 5;

    private final Line.Note line;
    private final int width;
    private final TextBlock text;

    NoteBox(Line.Note line, int width) {
        this.line = line;
        this.width = width;
        this.text = new TextBlock(line.words(), Type.SMALL.font(), Math.max(120, width - 2 * MARGIN - 80));
    }

    @Override
    public Line.Note line() {
        return line;
    }

    @Override
    public int height() {
        return text.height() + 2 * PADDING_ABOVE + 2 * GAP;
    }

    @Override
    public void paint(Graphics2D canvas) {
        double boxWidth = text.width() + 2 * PADDING;
        double x = Math.round((width - boxWidth) / 2);
        canvas.setColor((line.loud() ? Tone.BAD_GROUND : Tone.ACCENT_GROUND).color());
        canvas.fill(new RoundRectangle2D.Double(x, GAP, boxWidth, height() - 2.0 * GAP, 16, 16));
        canvas.setColor((line.loud() ? Tone.BAD : Tone.ACCENT).color());
        text.paint(canvas, x + PADDING, GAP + PADDING_ABOVE);
    }
}
