package org.chancery.client.ui;

import java.awt.Cursor;
import java.awt.Toolkit;
import java.awt.datatransfer.StringSelection;
import java.awt.event.ActionEvent;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.text.BreakIterator;
import javax.swing.AbstractAction;
import javax.swing.JMenuItem;
import javax.swing.JPopupMenu;
import javax.swing.KeyStroke;
import javax.swing.SwingUtilities;
import org.jspecify.annotations.Nullable;

/// Marks letters of one message with the mouse and copies them: by drag, by double click on a word, by the menu.
final class MessageSelection extends MouseAdapter {
    private static final String COPY = "copy";

    private final MessageList list;
    private MessageList.@Nullable Placed pressed;
    private int from;

    private MessageSelection(MessageList list) {
        this.list = list;
    }

    static void install(MessageList list) {
        MessageSelection selection = new MessageSelection(list);
        list.addMouseListener(selection);
        list.addMouseMotionListener(selection);
        list.getInputMap().put(KeyStroke.getKeyStroke(KeyEvent.VK_C, menuMask()), COPY);
        list.getActionMap().put(COPY, new AbstractAction() {
            @Override
            public void actionPerformed(ActionEvent event) {
                selection.copyMarked();
            }
        });
    }

    /// Ctrl, or the command key of a Mac.
    private static int menuMask() {
        String system = System.getProperty("os.name", "");
        return system.startsWith("Mac") ? InputEvent.META_DOWN_MASK : InputEvent.CTRL_DOWN_MASK;
    }

    @Override
    public void mousePressed(MouseEvent event) {
        list.requestFocusInWindow();
        if (event.isPopupTrigger()) {
            menu(event);
            return;
        }
        if (!SwingUtilities.isLeftMouseButton(event)) {
            return;
        }
        list.mark(null);
        pressed = list.bubbleAt(event.getY())
                .filter(placed -> onText(placed, event))
                .orElse(null);
        if (pressed != null) {
            from = textAt(pressed, event);
            if (event.getClickCount() == 2) {
                markWord(pressed);
            }
        }
    }

    @Override
    public void mouseReleased(MouseEvent event) {
        if (event.isPopupTrigger()) {
            menu(event);
        }
    }

    @Override
    public void mouseDragged(MouseEvent event) {
        if (pressed != null) {
            list.mark(Span.between(pressed.box().line().key(), from, textAt(pressed, event)));
        }
    }

    @Override
    public void mouseMoved(MouseEvent event) {
        boolean text = list.bubbleAt(event.getY())
                .filter(placed -> onText(placed, event))
                .isPresent();
        list.setCursor(Cursor.getPredefinedCursor(text ? Cursor.TEXT_CURSOR : Cursor.DEFAULT_CURSOR));
    }

    private void markWord(MessageList.Placed placed) {
        String text = placed.box().line().message().text();
        BreakIterator words = BreakIterator.getWordInstance();
        words.setText(text);
        int at = Math.min(from, Math.max(0, text.length() - 1));
        int end = words.following(at);
        list.mark(Span.between(placed.box().line().key(), words.previous(), end));
    }

    private void menu(MouseEvent event) {
        JPopupMenu menu = new JPopupMenu();
        if (list.marked().isPresent()) {
            menu.add(item("Copy", this::copyMarked));
        }
        list.bubbleAt(event.getY())
                .ifPresent(placed -> menu.add(item(
                        "Copy message", () -> copy(placed.box().line().message().text()))));
        if (menu.getComponentCount() > 0) {
            menu.show(list, event.getX(), event.getY());
        }
    }

    private static JMenuItem item(String words, Runnable act) {
        JMenuItem item = new JMenuItem(words);
        item.addActionListener(_ -> act.run());
        return item;
    }

    private void copyMarked() {
        list.marked()
                .ifPresent(span -> list.lines().stream()
                        .filter(line -> line.key().equals(span.key()))
                        .forEach(line -> {
                            if (line instanceof Line.Bubble bubble) {
                                String text = bubble.message().text();
                                copy(text.substring(
                                        Math.min(span.from(), text.length()), Math.min(span.to(), text.length())));
                            }
                        }));
    }

    private static void copy(String text) {
        Toolkit.getDefaultToolkit().getSystemClipboard().setContents(new StringSelection(text), null);
    }

    private static boolean onText(MessageList.Placed placed, MouseEvent event) {
        return placed.box().onText(event.getX(), event.getY() - placed.top());
    }

    private static int textAt(MessageList.Placed placed, MouseEvent event) {
        return placed.box().textAt(event.getX(), event.getY() - placed.top());
    }
}
