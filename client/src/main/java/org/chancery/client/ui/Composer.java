package org.chancery.client.ui;

import java.awt.BorderLayout;
import java.awt.event.FocusAdapter;
import java.awt.event.FocusEvent;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.swing.BorderFactory;
import javax.swing.JComponent;
import javax.swing.JScrollPane;
import javax.swing.event.DocumentEvent;
import javax.swing.event.DocumentListener;
import net.miginfocom.swing.MigLayout;
import org.chancery.client.chat.Command;

/// The foot of a conversation: the field, its button, and a line about what the keys do.
final class Composer implements DocumentListener {
    private final Predicate<String> send;
    private final Consumer<String> typed;
    private final Pane pane =
            new Pane(Tone.GROUND, new MigLayout("insets 12 20 12 20, fillx, gap 0, wrap 2", "[grow, fill, 0::][]"));
    private final Pane box = new Pane(Tone.GROUND, 12, new BorderLayout(12, 0));
    private final MessageField field = new MessageField(this::send);
    private final AccentButton button = new AccentButton("Send");
    private final Words hint = new Words(Type.SMALL, Tone.DIM, "");
    private final Words keys = new Words(Type.SMALL, Tone.FAINT, "Enter sends · Shift+Enter new line");
    private Composing state = Composing.closed("");
    private boolean replacing;

    /// @param send told what to send; answers whether it was taken
    /// @param typed told what stands in the field whenever somebody has typed
    Composer(Predicate<String> send, Consumer<String> typed) {
        Edt.require();
        this.send = send;
        this.typed = typed;
        button.addActionListener(_ -> send());
        field.getDocument().addDocumentListener(this);
        field.addFocusListener(new FocusAdapter() {
            @Override
            public void focusGained(FocusEvent event) {
                box.line(state.open() ? Tone.ACCENT : Tone.LINE);
            }

            @Override
            public void focusLost(FocusEvent event) {
                box.line(Tone.LINE);
            }
        });
        JScrollPane scroll = new JScrollPane(
                field, JScrollPane.VERTICAL_SCROLLBAR_AS_NEEDED, JScrollPane.HORIZONTAL_SCROLLBAR_NEVER);
        scroll.setBorder(BorderFactory.createEmptyBorder());
        scroll.setOpaque(false);
        scroll.getViewport().setOpaque(false);
        box.line(Tone.LINE);
        box.setBorder(BorderFactory.createEmptyBorder(8, 14, 8, 10));
        box.add(scroll, BorderLayout.CENTER);
        Pane foot = new Pane(Tone.GROUND, new MigLayout("insets 0, gap 0", "", "[bottom]"));
        foot.add(button);
        box.add(foot, BorderLayout.EAST);
        pane.setBorder(new Edge(Edge.Side.TOP));
        pane.add(box, "span 2, growx");
        pane.add(hint, "gaptop 7, gapleft 2, wmin 0");
        pane.add(keys, "gaptop 7, gapright 2");
    }

    JComponent component() {
        return pane;
    }

    void show(Composing shown) {
        Edt.require();
        if (!shown.open() && field.isFocusOwner()) {
            field.transferFocusBackward(); // to the messages: they can still be read
        }
        state = shown;
        field.placeholder(shown.placeholder());
        field.setEnabled(shown.open());
        box.line(shown.open() && field.isFocusOwner() ? Tone.ACCENT : Tone.LINE);
        field.setToolTipText(shown.open() ? null : shown.placeholder());
        refresh();
    }

    /// Puts what was typed earlier into the field.
    void draft(String text) {
        Edt.require();
        replacing = true;
        field.setText(text);
        replacing = false;
        refresh();
    }

    void focus() {
        field.requestFocusInWindow();
    }

    private void send() {
        if (send.test(field.getText())) {
            draft("");
        }
    }

    private void refresh() {
        int length = field.getDocument().getLength();
        boolean tooLong = length > Command.MAX_TEXT_LENGTH;
        button.setEnabled(state.open() && !field.getText().isBlank() && !tooLong);
        hint.setText(
                tooLong ? "Too long: %,d of %,d characters".formatted(length, Command.MAX_TEXT_LENGTH) : state.hint());
        hint.tone(tooLong ? Tone.BAD : Tone.DIM);
        keys.setVisible(state.open());
        pane.revalidate(); // the field may have grown
        pane.repaint();
    }

    private void changed() {
        refresh();
        if (!replacing) {
            typed.accept(field.getText());
        }
    }

    @Override
    public void insertUpdate(DocumentEvent event) {
        changed();
    }

    @Override
    public void removeUpdate(DocumentEvent event) {
        changed();
    }

    @Override
    public void changedUpdate(DocumentEvent event) {
        // attributes only, the letters are the same
    }
}
