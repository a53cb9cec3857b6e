package org.chancery.client.ui;

import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.Insets;
import java.awt.KeyboardFocusManager;
import java.awt.event.ActionEvent;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import javax.swing.AbstractAction;
import javax.swing.BorderFactory;
import javax.swing.JTextArea;
import javax.swing.KeyStroke;
import javax.swing.text.DefaultEditorKit;

/// Where a message is typed: Enter sends, Shift+Enter begins a new line, Tab leaves. Grows with the text.
final class MessageField extends JTextArea {
    private static final String SEND = "send";

    private String placeholder = "";

    MessageField(Runnable send) {
        setFont(Type.TEXT.font());
        setLineWrap(true);
        setWrapStyleWord(true);
        setOpaque(false);
        setBorder(BorderFactory.createEmptyBorder(6, 0, 6, 0));
        setFocusTraversalKeys(KeyboardFocusManager.FORWARD_TRAVERSAL_KEYS, null);
        setFocusTraversalKeys(KeyboardFocusManager.BACKWARD_TRAVERSAL_KEYS, null);
        getInputMap().put(KeyStroke.getKeyStroke(KeyEvent.VK_ENTER, 0), SEND);
        getInputMap()
                .put(
                        KeyStroke.getKeyStroke(KeyEvent.VK_ENTER, InputEvent.SHIFT_DOWN_MASK),
                        DefaultEditorKit.insertBreakAction);
        getActionMap().put(SEND, new AbstractAction() {
            @Override
            public void actionPerformed(ActionEvent event) {
                send.run();
            }
        });
    }

    void placeholder(String words) {
        placeholder = words;
        getAccessibleContext().setAccessibleName(words);
        repaint();
    }

    @Override
    public Dimension getPreferredScrollableViewportSize() {
        Insets insets = getInsets();
        int row = getRowHeight();
        int most = 6 * row + insets.top + insets.bottom;
        return new Dimension(100, Math.min(most, getPreferredSize().height));
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        super.paintComponent(graphics);
        if (getDocument().getLength() == 0) {
            Graphics2D canvas = Canvas.of(graphics);
            canvas.setFont(getFont());
            canvas.setColor(Tone.FAINT.color());
            canvas.drawString(
                    placeholder,
                    getInsets().left,
                    getInsets().top + canvas.getFontMetrics().getAscent());
            canvas.dispose();
        }
    }
}
