package org.chancery.client.ui;

import java.awt.Component;
import java.awt.Dimension;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.geom.RoundRectangle2D;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.ListCellRenderer;
import org.jspecify.annotations.Nullable;

/// Paints one person of the list: portrait, presence, name, time, the second line, how many messages are unread.
final class ContactCell extends JPanel implements ListCellRenderer<ContactRow> {
    static final int HEIGHT = 60;

    private static final int FACE = 36;
    private static final int FACE_LEFT = 18;
    private static final int TEXT_LEFT = 64;
    private static final int RIGHT = 18;
    private static final int BADGE = 18;

    private @Nullable ContactRow row;
    private boolean selected;
    private boolean focused;

    ContactCell() {
        setOpaque(false);
    }

    @Override
    public Component getListCellRendererComponent(
            JList<? extends ContactRow> list, ContactRow shown, int index, boolean isSelected, boolean hasFocus) {
        row = shown;
        selected = isSelected;
        focused = hasFocus;
        getAccessibleContext().setAccessibleName(shown.spoken());
        return this;
    }

    @Override
    public Dimension getPreferredSize() {
        return new Dimension(TEXT_LEFT + RIGHT, HEIGHT);
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        if (row == null) {
            return;
        }
        Graphics2D canvas = Canvas.of(graphics);
        try {
            paintGround(canvas);
            paintFace(canvas, row);
            paintText(canvas, row);
        } finally {
            canvas.dispose();
        }
    }

    private void paintGround(Graphics2D canvas) {
        RoundRectangle2D ground = new RoundRectangle2D.Double(6, 1, getWidth() - 12.0, HEIGHT - 2.0, 18, 18);
        if (selected) {
            canvas.setColor(Tone.SELECTED.color());
            canvas.fill(ground);
        }
        if (focused) {
            canvas.setColor(Tone.ACCENT.color());
            canvas.draw(new RoundRectangle2D.Double(6.5, 1.5, getWidth() - 13.0, HEIGHT - 3.0, 18, 18));
        }
    }

    private void paintFace(Graphics2D canvas, ContactRow shown) {
        Portrait portrait = Portrait.of(shown.contact());
        int top = (HEIGHT - FACE) / 2;
        portrait.paint(canvas, FACE_LEFT, top, FACE);
        if (shown.kind() != ContactRow.Kind.DISTRUST) {
            Tone ground = selected ? Tone.SELECTED : Tone.SIDE;
            Portrait.paintPresence(
                    canvas, FACE_LEFT, top, FACE + 1, shown.contact().online(), ground.color());
        }
    }

    private void paintText(Graphics2D canvas, ContactRow shown) {
        canvas.setFont(Type.SMALL.font());
        canvas.setColor((selected ? Tone.DIM : Tone.FAINT).color());
        int timeWidth = canvas.getFontMetrics().stringWidth(shown.time());
        canvas.drawString(shown.time(), getWidth() - RIGHT - timeWidth, 25);

        boolean distrusted = shown.kind() == ContactRow.Kind.DISTRUST;
        canvas.setFont(Type.STRONG.font());
        canvas.setColor((distrusted ? Tone.DIM : Tone.INK).color());
        canvas.drawString(
                Canvas.fit(
                        canvas.getFontMetrics(),
                        shown.contact().displayName(),
                        getWidth() - TEXT_LEFT - RIGHT - timeWidth - 8),
                TEXT_LEFT,
                25);

        int badge = paintBadge(canvas, shown.contact().unread());
        canvas.setFont(Type.PREVIEW.font());
        canvas.setColor(previewTone(shown.kind()).color());
        canvas.drawString(
                Canvas.fit(canvas.getFontMetrics(), shown.preview(), getWidth() - TEXT_LEFT - RIGHT - badge),
                TEXT_LEFT,
                45);
    }

    /// Gives the width it took.
    private int paintBadge(Graphics2D canvas, int unread) {
        if (unread == 0) {
            return 0;
        }
        String words = unread > 99 ? "99+" : Integer.toString(unread);
        canvas.setFont(Type.TINY_STRONG.font());
        FontMetrics metrics = canvas.getFontMetrics();
        int width = Math.max(BADGE, metrics.stringWidth(words) + 10);
        int x = getWidth() - RIGHT - width;
        canvas.setColor(Tone.ACCENT.color());
        canvas.fill(new RoundRectangle2D.Double(x, 32, width, BADGE, BADGE, BADGE));
        canvas.setColor(Tone.ON_ACCENT.color());
        canvas.drawString(words, x + (width - metrics.stringWidth(words)) / 2f, 45);
        return width + 8;
    }

    private static Tone previewTone(ContactRow.Kind kind) {
        return switch (kind) {
            case LAST_MESSAGE, ADDRESS -> Tone.DIM;
            case DRAFT -> Tone.ACCENT;
            case DISTRUST -> Tone.BAD;
        };
    }
}
