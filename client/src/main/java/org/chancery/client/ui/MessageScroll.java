package org.chancery.client.ui;

import java.awt.Color;
import java.awt.Point;
import java.util.List;
import javax.swing.BorderFactory;
import javax.swing.JScrollPane;
import org.jspecify.annotations.Nullable;

/// Keeps the reader's place: at the foot it follows what comes, elsewhere the line that was at the top stays there,
/// whatever is added above or below and however wide the window becomes.
final class MessageScroll extends JScrollPane {
    /// Nearer to the foot than this counts as being there.
    private static final int NEAR = 24;

    private final MessageList list;
    private @Nullable Place kept;

    /// @param atBeginning called when the reader reaches the first line
    MessageScroll(MessageList list, Runnable atBeginning) {
        super(list, VERTICAL_SCROLLBAR_ALWAYS, HORIZONTAL_SCROLLBAR_NEVER);
        this.list = list;
        setBorder(BorderFactory.createEmptyBorder());
        getVerticalScrollBar().addAdjustmentListener(event -> {
            if (event.getValue() == 0 && list.getHeight() > getViewport().getHeight()) {
                atBeginning.run();
            }
        });
    }

    /// A line and how far above the upper edge it begins; no line means the foot.
    private record Place(@Nullable String key, int above) {}

    /// @param fresh another conversation: begin at its foot
    void show(List<Line> lines, Portrait other, boolean fresh) {
        Edt.require();
        kept = fresh || saidByMe(lines) ? new Place(null, 0) : place();
        list.show(lines, other);
        validate();
    }

    /// Whether the last line is one's own and new: who sends wants to see it.
    private boolean saidByMe(List<Line> lines) {
        return !lines.isEmpty()
                && lines.getLast() instanceof Line.Bubble last
                && last.message().mine()
                && list.topOf(last.key()) < 0;
    }

    private Place place() {
        Point view = getViewport().getViewPosition();
        int index = list.indexAt(view.y);
        boolean foot = view.y + getViewport().getHeight() >= list.getHeight() - NEAR;
        if (foot || index < 0) {
            return new Place(null, 0);
        }
        String key = list.lines().get(index).key();
        return new Place(key, view.y - list.topOf(key));
    }

    @Override
    protected void validateTree() {
        Place place = kept == null ? place() : kept;
        kept = null;
        super.validateTree();
        int foot = Math.max(0, list.getHeight() - getViewport().getHeight());
        int top = place.key == null ? foot : list.topOf(place.key);
        getViewport()
                .setViewPosition(new Point(0, top < 0 || place.key == null ? foot : Math.min(foot, top + place.above)));
    }

    @Override
    public Color getBackground() {
        return Tone.GROUND.color();
    }
}
