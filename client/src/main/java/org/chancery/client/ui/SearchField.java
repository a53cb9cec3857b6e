package org.chancery.client.ui;

import com.formdev.flatlaf.FlatClientProperties;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.event.ActionEvent;
import java.awt.event.KeyEvent;
import java.util.function.Consumer;
import javax.swing.AbstractAction;
import javax.swing.BorderFactory;
import javax.swing.Icon;
import javax.swing.JTextField;
import javax.swing.KeyStroke;
import javax.swing.Timer;
import javax.swing.event.DocumentEvent;
import javax.swing.event.DocumentListener;

/// Where one types whom to write to. The search follows the typing at a pause of the fingers; Enter takes the first
/// person found, Escape ends it.
final class SearchField extends JTextField implements DocumentListener {
    private static final int PAUSE_MILLIS = 150;

    private final Timer pause;

    /// @param search told what to look for, empty for nothing
    /// @param take called on Enter
    SearchField(Consumer<String> search, Runnable take) {
        pause = new Timer(PAUSE_MILLIS, _ -> search.accept(getText()));
        pause.setRepeats(false);
        putClientProperty(FlatClientProperties.PLACEHOLDER_TEXT, "Find a name or address");
        putClientProperty(FlatClientProperties.TEXT_FIELD_LEADING_ICON, new FindIcon());
        putClientProperty(FlatClientProperties.TEXT_FIELD_TRAILING_COMPONENT, keyHint());
        setFont(Type.TEXT.font());
        getAccessibleContext().setAccessibleName("Find somebody, or start a conversation");
        setToolTipText("Part of a name, or an address (Ctrl+K)");
        getDocument().addDocumentListener(this);
        addActionListener(_ -> {
            search.accept(getText());
            pause.stop();
            take.run();
        });
        getInputMap().put(KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0), "end search");
        getActionMap().put("end search", new AbstractAction() {
            @Override
            public void actionPerformed(ActionEvent event) {
                setText("");
            }
        });
    }

    private static Component keyHint() {
        Words hint = new Words(Type.TINY, Tone.FAINT, "Ctrl K");
        hint.setBorder(BorderFactory.createEmptyBorder(0, 0, 0, 8));
        return hint;
    }

    @Override
    public Dimension getPreferredSize() {
        return new Dimension(super.getPreferredSize().width, 38);
    }

    @Override
    public void insertUpdate(DocumentEvent event) {
        pause.restart();
    }

    @Override
    public void removeUpdate(DocumentEvent event) {
        pause.restart();
    }

    @Override
    public void changedUpdate(DocumentEvent event) {
        // attributes only, the letters are the same
    }

    private static final class FindIcon implements Icon {
        @Override
        public void paintIcon(Component component, Graphics graphics, int x, int y) {
            Mark.FIND.paint(graphics, x + 6.0, y, 16, Tone.FAINT.color());
        }

        @Override
        public int getIconWidth() {
            return 26;
        }

        @Override
        public int getIconHeight() {
            return 16;
        }
    }
}
