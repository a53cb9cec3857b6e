package org.chancery.client.ui;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.font.LineBreakMeasurer;
import java.awt.font.TextAttribute;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.text.AttributedString;
import java.util.ArrayList;
import java.util.List;

/// Text broken into rows of at most a given width, that can be painted, pointed at and marked.
final class TextBlock {
    static final int ROW_HEIGHT = 20;

    private static final double BASELINE = 14.5; // puts Inter's x-height in the middle of the row

    /// `start` is where the row begins in the text.
    private record Row(TextLayout layout, int start) {}

    private final List<Row> rows = new ArrayList<>();
    private final int length;

    /// @param text may have several paragraphs, split by line feeds
    TextBlock(String text, Font font, float width) {
        length = text.length();
        int start = 0;
        for (String paragraph : text.split("\n", -1)) {
            breakUp(paragraph, start, font, width);
            start += paragraph.length() + 1;
        }
    }

    private void breakUp(String paragraph, int start, Font font, float width) {
        if (paragraph.isEmpty()) {
            rows.add(new Row(new TextLayout(" ", font, Canvas.TEXT), start));
            return;
        }
        AttributedString styled = new AttributedString(paragraph);
        styled.addAttribute(TextAttribute.FONT, font);
        LineBreakMeasurer measurer = new LineBreakMeasurer(styled.getIterator(), Canvas.TEXT);
        while (measurer.getPosition() < paragraph.length()) {
            int at = measurer.getPosition();
            rows.add(new Row(measurer.nextLayout(width), start + at));
        }
    }

    int height() {
        return rows.size() * ROW_HEIGHT;
    }

    float width() {
        float widest = 0;
        for (Row row : rows) {
            widest = Math.max(widest, row.layout.getVisibleAdvance());
        }
        return widest;
    }

    float lastRowWidth() {
        return rows.getLast().layout.getVisibleAdvance();
    }

    void paint(Graphics2D canvas, double x, double y) {
        for (int i = 0; i < rows.size(); i++) {
            rows.get(i).layout.draw(canvas, (float) x, (float) (y + i * ROW_HEIGHT + BASELINE));
        }
    }

    /// The place in the text nearest to a point.
    int at(double x, double y) {
        int index = (int) Math.clamp(Math.floor(y / ROW_HEIGHT), 0, rows.size() - 1);
        Row row = rows.get(index);
        return Math.min(length, row.start + row.layout.hitTestChar((float) x, 0).getInsertionIndex());
    }

    /// Fills the ground behind the letters from `from` to `to`.
    void mark(Graphics2D canvas, double x, double y, int from, int to) {
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            int begin = Math.clamp(from - row.start, 0, row.layout.getCharacterCount());
            int end = Math.clamp(to - row.start, 0, row.layout.getCharacterCount());
            if (begin < end) {
                Shape marked = row.layout.getLogicalHighlightShape(begin, end);
                AffineTransform place = AffineTransform.getTranslateInstance(x, y + i * ROW_HEIGHT + BASELINE);
                canvas.fill(place.createTransformedShape(marked));
            }
        }
    }
}
