package org.chancery.client.ui;

import java.awt.Dimension;
import java.awt.Graphics;
import java.util.Optional;
import javax.swing.JComponent;
import org.jspecify.annotations.Nullable;

/// A person's disc as a component. Decoration only: the name beside it is what screen readers say.
final class Face extends JComponent {
    private final int size;
    private final Tone ground;
    private @Nullable Portrait portrait;
    private @Nullable Boolean online;

    Face(int size, Tone ground) {
        this.size = size;
        this.ground = ground;
    }

    /// Without a presence dot, until [#present] is called.
    void show(Portrait shown) {
        portrait = shown;
        online = null;
        repaint();
    }

    /// @param present whether the presence dot says "there"
    void present(boolean present) {
        online = present;
        repaint();
    }

    @Override
    public Dimension getPreferredSize() {
        return new Dimension(size + 1, size + 1);
    }

    @Override
    public Dimension getMinimumSize() {
        return getPreferredSize();
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        Optional.ofNullable(portrait).ifPresent(shown -> shown.paint(graphics, 0, 0, size));
        if (online != null) {
            Portrait.paintPresence(graphics, 0, 0, size + 1, online, ground.color());
        }
    }
}
