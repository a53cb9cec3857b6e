package org.chancery.client.ui;

import java.awt.Graphics2D;

/// A [Line] measured for one width of the list, ready to be painted.
sealed interface LineBox permits DayBox, BubbleBox, NoteBox {
    /// From the list's edge to what stands in it.
    int MARGIN = 24;

    /// The scroll bar makes up for what is less than at the left.
    int MARGIN_RIGHT = 14;

    Line line();

    /// With the space above it.
    int height();

    /// Paints with the origin at the box's upper left corner.
    void paint(Graphics2D canvas);
}
