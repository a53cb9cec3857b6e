package org.chancery.client.ui;

import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.event.MouseEvent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.accessibility.Accessible;
import javax.accessibility.AccessibleContext;
import javax.accessibility.AccessibleRole;
import javax.swing.JComponent;
import javax.swing.JViewport;
import javax.swing.Scrollable;
import javax.swing.ToolTipManager;
import org.jspecify.annotations.Nullable;

/// The lines of a conversation, painted by hand: each is measured once for a width and kept, only what the clip shows
/// is painted. Few lines stand at the foot, as a conversation does.
final class MessageList extends JComponent implements Scrollable, Accessible {
    private static final int FOOT = 14;
    private static final int STEP = 40;

    private List<Line> lines = List.of();
    private Portrait portrait = new Portrait("", Portrait.REVOKED);
    private Map<String, LineBox> boxes = new HashMap<>();
    /// Where each line begins, and behind the last one where it ends, from the top of the first.
    private int[] tops = {0};
    /// The width that `tops` is true for, -1 when lines have come or gone since.
    private int measuredWidth = -1;

    private int boxesWidth = -1;
    private @Nullable Span marked;

    MessageList() {
        setFocusable(true);
        ToolTipManager.sharedInstance().registerComponent(this);
        MessageSelection.install(this);
    }

    /// @param shown oldest first
    /// @param other the portrait beside the other's messages
    void show(List<Line> shown, Portrait other) {
        Edt.require();
        if (!other.equals(portrait)) {
            boxes.clear();
        }
        lines = shown;
        portrait = other;
        measuredWidth = -1;
        revalidate();
        repaint();
    }

    List<Line> lines() {
        return lines;
    }

    /// The letters that are selected.
    Optional<Span> marked() {
        return Optional.ofNullable(marked);
    }

    void mark(@Nullable Span span) {
        marked = span == null || span.empty() ? null : span;
        repaint();
    }

    /// The bubble at a point of this component, with where the box begins.
    Optional<Placed> bubbleAt(int y) {
        int index = indexAt(y - offset());
        return index >= 0 && boxes.get(lines.get(index).key()) instanceof BubbleBox box
                ? Optional.of(new Placed(box, offset() + tops[index]))
                : Optional.empty();
    }

    /// A bubble and the y at which its box begins.
    record Placed(BubbleBox box, int top) {}

    /// The line at the upper edge of what is visible, -1 when there is none.
    int indexAt(int y) {
        if (lines.isEmpty() || y < 0 || y >= tops[lines.size()]) {
            return -1;
        }
        int found = Arrays.binarySearch(tops, 0, lines.size(), y);
        return found >= 0 ? found : -found - 2;
    }

    /// Where the line with that key begins, -1 when it is not shown.
    int topOf(String key) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).key().equals(key)) {
                return offset() + tops[i];
            }
        }
        return -1;
    }

    /// What is left above when the lines do not fill the view.
    int offset() {
        return Math.max(0, getHeight() - FOOT - tops[lines.size()]);
    }

    private void measure(int width) {
        if (width == measuredWidth || width <= 0) {
            return;
        }
        boolean sameWidth = width == boxesWidth;
        Map<String, LineBox> measured = new HashMap<>();
        tops = new int[lines.size() + 1];
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            LineBox kept = sameWidth ? boxes.get(line.key()) : null;
            LineBox box = kept != null && kept.line().equals(line) ? kept : box(line, width);
            measured.put(line.key(), box);
            tops[i + 1] = tops[i] + box.height();
        }
        boxes = measured;
        boxesWidth = width;
        measuredWidth = width;
    }

    private LineBox box(Line line, int width) {
        return switch (line) {
            case Line.Day day -> new DayBox(day, width);
            case Line.Bubble bubble -> new BubbleBox(bubble, portrait, width);
            case Line.Note note -> new NoteBox(note, width);
        };
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        measure(getWidth());
        Graphics2D canvas = Canvas.of(graphics);
        try {
            Rectangle clip = graphics.getClipBounds();
            canvas.setColor(Tone.GROUND.color());
            canvas.fill(clip);
            canvas.translate(0, offset());
            int index = Math.max(0, indexAt(clip.y - offset()));
            int bottom = clip.y + clip.height - offset();
            for (; index < lines.size() && tops[index] < bottom; index++) {
                Graphics2D line = (Graphics2D) canvas.create();
                line.translate(0, tops[index]);
                paint(line, lines.get(index));
                line.dispose();
            }
        } finally {
            canvas.dispose();
        }
    }

    private void paint(Graphics2D canvas, Line line) {
        switch (boxes.get(line.key())) {
            case BubbleBox bubble
            when marked != null && marked.key().equals(line.key()) -> bubble.paint(canvas, marked);
            case LineBox box -> box.paint(canvas);
            case null -> throw new IllegalStateException("line not measured: " + line.key());
        }
    }

    @Override
    public @Nullable String getToolTipText(MouseEvent event) {
        return bubbleAt(event.getY())
                .flatMap(placed -> placed.box().explains(event.getX(), event.getY() - placed.top()))
                .orElse(null);
    }

    @Override
    public Dimension getPreferredSize() {
        int width = getParent() instanceof JViewport viewport ? viewport.getWidth() : getWidth();
        measure(width);
        return new Dimension(width, tops[tops.length - 1] + FOOT);
    }

    @Override
    public Dimension getPreferredScrollableViewportSize() {
        return getPreferredSize();
    }

    @Override
    public int getScrollableUnitIncrement(Rectangle visible, int orientation, int direction) {
        return STEP;
    }

    @Override
    public int getScrollableBlockIncrement(Rectangle visible, int orientation, int direction) {
        return Math.max(STEP, visible.height - STEP);
    }

    @Override
    public boolean getScrollableTracksViewportWidth() {
        return true;
    }

    @Override
    public boolean getScrollableTracksViewportHeight() {
        return getParent() instanceof JViewport viewport && getPreferredSize().height < viewport.getHeight();
    }

    @Override
    public AccessibleContext getAccessibleContext() {
        if (accessibleContext == null) {
            accessibleContext = new AccessibleLines();
            accessibleContext.setAccessibleName("Messages");
        }
        return accessibleContext;
    }

    /// Each line as a child that says its words.
    private final class AccessibleLines extends AccessibleJComponent {
        @Override
        public AccessibleRole getAccessibleRole() {
            return AccessibleRole.LIST;
        }

        @Override
        public int getAccessibleChildrenCount() {
            return lines.size();
        }

        @Override
        public @Nullable Accessible getAccessibleChild(int index) {
            return index >= 0 && index < lines.size()
                    ? new AccessibleLine(MessageList.this, lines.get(index), index)
                    : null;
        }
    }
}
