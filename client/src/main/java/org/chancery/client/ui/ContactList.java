package org.chancery.client.ui;

import java.awt.Color;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.swing.DefaultListModel;
import javax.swing.JList;
import javax.swing.ListSelectionModel;
import org.chancery.pki.name.Address;
import org.jspecify.annotations.Nullable;

/// The people, one a row; choosing one opens the conversation.
final class ContactList extends JList<ContactRow> {
    private final DefaultListModel<ContactRow> shown = new DefaultListModel<>();
    private String emptyWords = "";
    private boolean refreshing;

    /// @param chosen told the address of the row somebody picks
    ContactList(Consumer<Address> chosen) {
        setModel(shown);
        setCellRenderer(new ContactCell());
        setFixedCellHeight(ContactCell.HEIGHT);
        setFixedCellWidth(1); // the view decides; spares measuring every row
        setSelectionMode(ListSelectionModel.SINGLE_SELECTION);
        getAccessibleContext().setAccessibleName("People");
        addListSelectionListener(event -> {
            ContactRow row = getSelectedValue();
            if (!refreshing && !event.getValueIsAdjusting() && row != null) {
                chosen.accept(row.contact().address());
            }
        });
    }

    /// @param selected whose conversation is shown, if one is
    /// @param whenEmpty the words instead of rows
    void show(List<ContactRow> rows, @Nullable Address selected, String whenEmpty) {
        Edt.require();
        refreshing = true;
        try {
            emptyWords = rows.isEmpty() ? whenEmpty : "";
            replace(rows);
            clearSelection();
            for (int i = 0; i < rows.size(); i++) {
                if (rows.get(i).contact().address().equals(selected)) {
                    setSelectedIndex(i);
                }
            }
        } finally {
            refreshing = false;
        }
        repaint();
    }

    private void replace(List<ContactRow> rows) {
        for (int i = 0; i < rows.size(); i++) {
            if (i == shown.size()) {
                shown.addElement(rows.get(i));
            } else if (!shown.get(i).equals(rows.get(i))) {
                shown.set(i, rows.get(i));
            }
        }
        shown.setSize(rows.size());
    }

    Optional<Address> first() {
        return shown.isEmpty()
                ? Optional.empty()
                : Optional.of(shown.get(0).contact().address());
    }

    @Override
    public Color getBackground() {
        return Tone.SIDE.color();
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        super.paintComponent(graphics);
        if (!emptyWords.isEmpty()) {
            Graphics2D canvas = Canvas.of(graphics);
            canvas.setColor(Tone.DIM.color());
            new TextBlock(emptyWords, Type.PREVIEW.font(), getWidth() - 36f).paint(canvas, 18, 8);
            canvas.dispose();
        }
    }
}
