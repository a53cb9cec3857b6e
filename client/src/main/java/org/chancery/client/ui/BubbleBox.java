package org.chancery.client.ui;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A message in its bubble: one's own at the right, the other's at the left beside their portrait; time and delivery at
/// the end of the last row where there is room, else below it.
final class BubbleBox implements LineBox {
    /// Longer texts are shown to here: to shape more letters than anybody reads would hold up the window. Copying gives
    /// all.
    static final int SHOWN_CHARACTERS = 12_000;

    private static final double WIDEST = 0.76;
    private static final int FACE = 32;
    private static final int FACE_GAP = 10;
    private static final int PADDING = 12;
    private static final int PADDING_ABOVE = 8;
    private static final int META_GAP = 10;
    private static final int META_ROW = 16;
    private static final int SIGN = 13;
    private static final int RADIUS = 14;
    private static final int AUTHOR_RADIUS = 4;

    private final Line.Bubble line;
    private final Portrait portrait;
    private final TextBlock text;
    private final Rectangle2D bubble;
    private final Rectangle2D meta;
    private final int height;

    BubbleBox(Line.Bubble line, Portrait portrait, int width) {
        this.line = line;
        this.portrait = portrait;
        boolean mine = line.message().mine();
        int left = mine ? MARGIN : MARGIN + FACE + FACE_GAP;
        double widest = Math.max(160, (width - MARGIN - MARGIN_RIGHT) * WIDEST - (mine ? 0 : FACE + FACE_GAP));
        this.text = new TextBlock(shown(line.message().text()), Type.TEXT.font(), (float) widest - 2 * PADDING);
        double metaWidth = metaWidth();
        boolean inline = text.lastRowWidth() + META_GAP + metaWidth <= widest - 2 * PADDING;
        double lastRow = inline ? text.lastRowWidth() + META_GAP + metaWidth : metaWidth;
        double boxWidth = Math.ceil(Math.max(text.width(), lastRow)) + 2 * PADDING;
        double boxHeight = text.height() + 2 * PADDING_ABOVE + (inline ? 0 : META_ROW);
        double x = mine ? width - MARGIN_RIGHT - boxWidth : left;
        int gap = line.opensGroup() ? 10 : 3;
        this.bubble = new Rectangle2D.Double(x, gap, boxWidth, boxHeight);
        double metaX = inline ? x + PADDING + text.lastRowWidth() + META_GAP : x + boxWidth - PADDING - metaWidth;
        this.meta = new Rectangle2D.Double(metaX, gap + boxHeight - PADDING_ABOVE - 18, metaWidth, 18);
        this.height = gap + (int) boxHeight;
    }

    private static String shown(String text) {
        String clean = text.replace("\r", "").replace('\t', ' ');
        if (clean.length() <= SHOWN_CHARACTERS) {
            return clean;
        }
        return clean.substring(0, SHOWN_CHARACTERS) + "\n… and " + (clean.length() - SHOWN_CHARACTERS)
                + " characters more";
    }

    private double metaWidth() {
        double time = Type.TINY.font().getStringBounds(line.time(), Canvas.TEXT).getWidth();
        return Math.ceil(time) + (line.message().mine() ? SIGN + 3 : 0);
    }

    @Override
    public Line.Bubble line() {
        return line;
    }

    @Override
    public int height() {
        return height;
    }

    /// Whether a point of this box lies on the words.
    boolean onText(double x, double y) {
        return bubble.contains(x, y) && !meta.contains(x, y);
    }

    /// What a point of this box is about, for a tooltip.
    Optional<String> explains(double x, double y) {
        return meta.contains(x, y) ? line.delivery().map(Delivery::words) : Optional.empty();
    }

    int textAt(double x, double y) {
        return text.at(x - bubble.getX() - PADDING, y - bubble.getY() - PADDING_ABOVE);
    }

    @Override
    public void paint(Graphics2D canvas) {
        paint(canvas, null);
    }

    /// @param marked the letters that are selected, if any are
    void paint(Graphics2D canvas, @Nullable Span marked) {
        boolean mine = line.message().mine();
        if (!mine && line.opensGroup()) {
            portrait.paint(canvas, MARGIN, (int) bubble.getY(), FACE);
        }
        canvas.setColor((mine ? Tone.MINE : Tone.THEIRS).color());
        canvas.fill(outline(mine));
        double textX = bubble.getX() + PADDING;
        double textY = bubble.getY() + PADDING_ABOVE;
        if (marked != null) {
            canvas.setColor(Tone.MARKED.color());
            text.mark(canvas, textX, textY, marked.from(), marked.to());
        }
        canvas.setColor(Tone.INK.color());
        text.paint(canvas, textX, textY);
        paintMeta(canvas);
    }

    private void paintMeta(Graphics2D canvas) {
        Font font = Type.TINY.font();
        canvas.setFont(font);
        canvas.setColor(Tone.DIM.color());
        float baseline = (float) (meta.getY() + 13);
        canvas.drawString(line.time(), (float) meta.getX(), baseline);
        line.delivery().ifPresent(delivery -> {
            Color colour = delivery == Delivery.NOT_SENT ? Tone.BAD.color() : Tone.DIM.color();
            delivery.mark().paint(canvas, meta.getMaxX() - SIGN, meta.getY() + 2.5, SIGN, colour);
        });
    }

    /// Round, but for the corner that points at the author.
    private Path2D outline(boolean mine) {
        double leftTop = !mine && line.opensGroup() ? AUTHOR_RADIUS : RADIUS;
        double rightTop = mine && line.opensGroup() ? AUTHOR_RADIUS : RADIUS;
        double x = bubble.getX();
        double y = bubble.getY();
        double right = bubble.getMaxX();
        double bottom = bubble.getMaxY();
        Path2D path = new Path2D.Double();
        path.moveTo(x + leftTop, y);
        path.lineTo(right - rightTop, y);
        path.quadTo(right, y, right, y + rightTop);
        path.lineTo(right, bottom - RADIUS);
        path.quadTo(right, bottom, right - RADIUS, bottom);
        path.lineTo(x + RADIUS, bottom);
        path.quadTo(x, bottom, x, bottom - RADIUS);
        path.lineTo(x, y + leftTop);
        path.quadTo(x, y, x + leftTop, y);
        path.closePath();
        return path;
    }
}
